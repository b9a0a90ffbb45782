"""Each slip that volunteers make in YAML is told in plain words, with the line as it should be."""

from __future__ import annotations

import pytest

from newsletter.nouns.problem import Problem, Severity
from newsletter.yaml_tree.tree import read_tree, read_what_can_be
from tests.any.work import ends

SLIPS = [
    # what she wrote, where it is told, a part of the message, what to type instead, what is then read
    ("t: Peru: x\n", "1:8", "colon", 't: "Peru: x"', "Peru: x"),
    ("t: text:\n", "1:8", "colon", 't: "text:"', "text:"),
    ("t: @name\n", "1:4", "starts with @", 't: "@name"', "@name"),
    ("t: *bold* x\n", "1:4", "starts with *", 't: "*bold* x"', "*bold* x"),
    ("t: & co\n", "1:4", "starts with &", 't: "& co"', "& co"),
    ("t: %5 of us\n", "1:4", "starts with %", 't: "%5 of us"', "%5 of us"),
    ("t: `code`\n", "1:4", "starts with `", 't: "`code`"', "`code`"),
    ("t: [x](u) y\n", "1:4", "starts with [", 't: "[x](u) y"', "[x](u) y"),
    ("t: {first_name|friend}, hi\n", "1:4", "starts with {", 't: "{first_name|friend}, hi"', "{first_name|friend}, hi"),
    ("t: {{name}}\n", "1:5", "brackets", 't: "{{name}}"', "{{name}}"),
    ("t: > 100 people\n", "1:4", "After >", 't: "> 100 people"', "> 100 people"),
    ("t: | hello\n", "1:4", "After |", 't: "| hello"', "| hello"),
    ('t "Fuji"\n', "1:2", "a colon is missing", 't: "Fuji"', "Fuji"),
    ("t: “Peru: x”\n", "1:9", "colon", 't: "Peru: x"', "Peru: x"),
    ('t: "Peru: x”\n', "1:4", "not closed", 't: "Peru: x"', "Peru: x"),
    ("t:\u00a0Fuji\n", "1:2", "space is missing", "t: Fuji", "Fuji"),
    ('t: {f: "a b, x: "c"}\n', "1:4", "Between {", 't: {f: "a b", x: "c"}', {"f": "a b", "x": "c"}),
    ('t: {f: "a" x: "c"}\n', "1:4", "Between {", 't: {f: "a", x: "c"}', {"f": "a", "x": "c"}),
    ("t: {f: #ff0000}\n", "1:4", "Between {", 't: {f: "#ff0000"}', {"f": "#ff0000"}),
    ("t: {f: “a: b”}\n", "1:4", "Between {", 't: {f: "a: b"}', {"f": "a: b"}),
    (
        't: {f: "C:\\Users\\Ana\\Pictures\\a.png"}\n',
        "1:11",
        "backslash",
        't: {f: "C:\\\\Users\\\\Ana\\\\Pictures\\\\a.png"}',
        {"f": "C:\\Users\\Ana\\Pictures\\a.png"},
    ),
    ("t: - x\n", "1:4", "starts with -", 't: "- x"', "- x"),
    ("t: , x\n", "1:4", "starts with ,", 't: ", x"', ", x"),
    ('t: "Peru" walks\n', "1:4", "one pair", "t: '\"Peru\" walks'", '"Peru" walks'),
    ('t: "He said "no" twice"\n', "1:4", "one pair", "t: 'He said \"no\" twice'", 'He said "no" twice'),
    ("t: 'Peru's way'\n", "1:4", "one pair", 't: "Peru\'s way"', "Peru's way"),
    ("t: 'Tis the season\n", "1:4", "not closed", 't: "\'Tis the season"', "'Tis the season"),
    ('t: "Fuji\n', "1:4", "not closed", 't: "Fuji"', "Fuji"),
    ('t: "C:\\path"\n', "1:7", "backslash", 't: "C:\\\\path"', "C:\\path"),
    ("t:Peru\n", "1:2", "space is missing", "t: Peru", "Peru"),
    ("t: [x, y\n", "1:4", "not closed", "t: [x, y]", ["x", "y"]),
    ("t: {f: a.png, x: A: b}\n", "1:4", "Between {", 't: {f: a.png, x: "A: b"}', {"f": "a.png", "x": "A: b"}),
    ("t: {f: 'a', x: [b] c, d}\n", "1:4", "Between {", "t: {f: 'a', x: \"[b] c, d\"}", {"f": "a", "x": "[b] c, d"}),
    ("t: {x: @b}\n", "1:4", "Between {", 't: {x: "@b"}', {"x": "@b"}),
    ("t： x\n", "1:2", "another script", "t: x", "x"),
    ("t: {x: y\n", "1:4", "not closed", "t: {x: y}", {"x": "y"}),
]


@pytest.mark.parametrize(("text", "place", "message", "line", "value"), SLIPS)
def test_a_slip_is_shown_mended(text: str, place: str, message: str, line: str, value: object) -> None:
    """What is wrong, where, and her own line corrected, which then reads as she meant it."""
    for after in ("b: c\n", 'b: "c"\nd: e\n'):
        (problem,) = errors(text + after)
        assert str(problem.place) == f"f.yaml:{place}"
        assert message in problem.message
        assert line in problem.hint
        tree, _ = read_tree(line + "\n" + after, "f.yaml")
        assert tree is not None
        assert isinstance(tree.data, dict)
        assert tree.data["t"] == value


def errors(text: str) -> list[Problem]:
    """The errors of a text; no tree comes with them."""
    tree, problems = read_tree(text, "f.yaml")
    assert tree is None
    return [one for one in problems if one.severity is Severity.ERROR]


STRUCTURE = [
    # slips of lines rather than of values: what she wrote, where, part of the message, part of the hint
    ("a: 1\ntitle\nb: c\n", "2:1", "a colon is missing", "title:"),
    ("a: 1\n  b: 2\nc: 3\n", "2:3", "starts after 2 spaces", "exactly under one another"),
    ("a:\n  - x: 1\n   y: 2\n", "3:4", "starts after 3 spaces", "Type 4 spaces before: y: 2"),
    ("a:\n  - x: 1\n  -y: 2\n", "3:3", "After the dash a space", "- y: 2"),
    ("s:\n  - type: a\n    x: 1\n  type: b\n    x: 2\n", "4:3", "its dash is missing", "- type: b"),
    ("body: |\n  hi\n there\nb: c\n", "3:2", "no name before a colon", "two spaces further right"),
    ("body: |\nhi there\nb: c\n", "2:1", "no name before a colon", "two spaces further right"),
    ("body:\n  Dear all: hi\n  there you\nb: c\n", "3:3", "several lines", "body: |"),
    ("a: 1\nbody: One\n\n  Dear all: hi\nb: c\n", "4:3", "line 2", "Write body: | in line 2"),
    ("a: x #1\n  more\nb: 2\n", "2:3", "The # in line 1", 'a: "x #1 more"'),
    ("# A comment of\n two lines.\na: 1\nb: 2\n", "2:2", "more of that comment", "# two lines."),
    ("a:\n\t- b\n", "2:1", "tab", "two spaces"),
    ("a:\n\t- b: c\n\t  d: e\n", "2:1", "as do 1 other lines", "two spaces"),
    ("Dear friends,\nhow are you: fine\nbye\n", "1:1", "not an issue file", "names and values"),
    ("<html>\n<p>a: b\n: c", "1:1", "web page", "names and values"),
]


@pytest.mark.parametrize(("text", "place", "message", "hint"), STRUCTURE)
def test_a_slip_of_lines_is_told(text: str, place: str, message: str, hint: str) -> None:
    """Tabs, indentation, dashes and texts without a bar."""
    problem = errors(text)[0]
    assert str(problem.place) == f"f.yaml:{place}"
    assert message in problem.message
    assert hint in problem.hint


def test_all_slips_are_told_at_once() -> None:
    """A volunteer mends the file in one go, not one run a mistake."""
    text = 'a: Peru: x\nb: @y\nc:\n\t- d: *x* y\n\t- e: "z\nf:Lima\n'
    tree, problems = read_what_can_be(text, "f.yaml")
    assert [one.place.line for one in problems] == [1, 2, 4, 4, 5, 6]
    assert tree is not None
    assert tree.data == {"a": "Peru: x", "b": "@y", "c": [{"d": "*x* y"}, {"e": "z"}], "f": "Lima"}


def test_no_message_is_the_parser_s_own() -> None:
    """Nobody is told that a token was not found, even where no advice helps."""
    for problem in errors("a: [b, {c\nd: ]\n - x: }\n"):
        assert not any(word in problem.message for word in ("token", "expected", "scalar", "mapping"))


def test_a_very_long_line_is_not_repeated_whole() -> None:
    """The advice shows its start and its end."""
    (problem,) = errors("a: " + "word: " * 200 + "\n")
    assert len(problem.hint) < 300


@pytest.mark.parametrize("lines", [8_000, 150_000])
def test_a_huge_broken_file_is_told_soon(lines: int) -> None:
    """Slips at the end of a megabyte: the search for advice ends by itself, and so does the file."""
    with ends():
        assert errors("".join(f"k{n}: {'v' * 20}\n" for n in range(lines)) + "x: y: z\n" * 50)


@pytest.mark.parametrize(
    "run", [" ", "\t", '"', "'", ": ", "{", "\\", "- ", "- - ", "#", " #", "\n", "a: {b: ", "：", "|"]
)
def test_long_runs_of_one_sign_take_no_long_time(run: str) -> None:
    """No rule goes over a line again and again: 50,000 signs are read or told."""
    with ends():
        for text in (f"t: {run * 50_000}x: y\n", f"t: x{run * 50_000}\nb: @\n", f't: "{run * 50_000}\n  x"\n'):
            read_tree(text, "f.yaml")


@pytest.mark.parametrize("dash", ["–", "—", "•", "*"])
@pytest.mark.parametrize("where", ["all", "second"])
def test_a_hyphen_that_word_has_changed(dash: str, where: str) -> None:
    """One problem, however many lines start so, and whether or not YAML can read them."""
    text = "s:\n  - t: a\n    u: b\n  - t: c\n    u: d\n"
    wrong = text.replace("- ", f"{dash} ") if where == "all" else text.replace("- t: c", f"{dash} t: c")
    tree, problems = read_what_can_be(wrong, "f.yaml")
    assert [one.place.line for one in problems] == [2 if where == "all" else 4]
    assert f"starts with {dash}" in problems[0].message
    assert "Type instead: - t:" in problems[0].hint
    assert tree is not None
    assert tree.data == {"s": [{"t": "a", "u": "b"}, {"t": "c", "u": "d"}]}


def test_a_dash_forgotten_is_one_problem() -> None:
    """Not as many as there are fields in the part of the list whose dash it was."""
    (problem,) = errors("s:\n  - t: a\n    u: b\n    t: c\n    u: d\n")
    assert str(problem.place) == "f.yaml:4:5"
    assert "Type instead: - t: c with 2 spaces before the dash." in problem.hint


def test_spaces_that_are_none() -> None:
    """Pasted from a web page or from Word: one problem for all the lines that start so."""
    text = "s:\n  - t: a\n\u00a0\u00a0\u00a0 u: b\n\u00a0\u00a0\u00a0 v: c\n"
    tree, problems = read_what_can_be(text, "f.yaml")
    assert [(one.place.line, "as does another line" in one.message) for one in problems] == [(3, True)]
    assert tree is not None
    assert tree.data == {"s": [{"t": "a", "u": "b", "v": "c"}]}


def test_what_a_chat_puts_around_a_file() -> None:
    """Three marks before and after, told once."""
    (problem,) = errors("```yaml\nt: a\n```\n")
    assert problem.place.line == 1
    assert "Delete this line" in problem.hint


def test_marks_of_word_around_a_text_are_warned_of() -> None:
    """YAML reads “Peru” with its marks; who wants them seen puts straight quotes around."""
    tree, problems = read_tree("t: “Peru”\n", "f.yaml")
    assert tree is not None
    assert [one.severity for one in problems] == [Severity.WARNING]
    assert 'Type "Peru"' in problems[0].hint
    assert read_tree('t: "“Peru”"\nu: a “b” c\nv: “a” and “b”\n', "f.yaml")[1] == []


def test_an_empty_file_is_told_once() -> None:
    """Also where a line of dashes stands in it."""
    for text in ("", "---\n", "# later\n"):
        tree, problems = read_what_can_be(text, "f.yaml")
        assert tree is None
        assert len(problems) == 1
