"""The loader: strings only, every one with its place, and nothing a file may hold can hurt it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.nouns.draft import Path
from newsletter.nouns.problem import Problem, Severity
from newsletter.yaml_tree.tree import DEEPEST, Data, Style, Tree, read_tree, read_what_can_be
from tests.any.work import work


def tree_of(text: str) -> Tree:
    """The tree of a text without errors."""
    tree, problems = read_tree(text, "f.yaml")
    assert tree is not None, problems
    return tree


def errors(text: str) -> list[Problem]:
    """The errors of a text; no tree comes with them."""
    tree, problems = read_tree(text, "f.yaml")
    assert tree is None
    return [one for one in problems if one.severity is Severity.ERROR]


def test_every_value_stays_as_it_was_typed() -> None:
    """Norway stays NO, 1.10 keeps its nought, 12:30 is no number of seconds, and a date no object."""
    text = "a: NO\nb: 1.10\nc: 12:30\nd: 010\ne: 2025-07-01\nf: ~\ng: 'true'\nh: [1, {i: null}]\n"
    wanted = {"a": "NO", "b": "1.10", "c": "12:30", "d": "010", "e": "2025-07-01", "f": "~", "g": "true"}
    assert tree_of(text).data == wanted | {"h": ["1", {"i": "null"}]}


def test_keys_and_values_have_their_places_and_styles() -> None:
    """Lines and columns count from 1."""
    tree = tree_of("a: x\nlist:\n  - b: 'y'\n    c: |\n      z\n  - [d]\nnone:\n")
    assert str(tree.place(("a",))) == "f.yaml:1:4"
    assert str(tree.place(("list", 0, "b"))) == "f.yaml:3:8"
    assert str(tree.key(("list", 0, "b"))) == "f.yaml:3:5"
    assert str(tree.key(("list", 1))) == "f.yaml:6:5"
    styles = [tree.styles[path] for path in [("a",), ("list",), ("list", 0, "b"), ("list", 0, "c"), ("list", 1)]]
    assert styles == [Style.PLAIN, Style.BLOCK, Style.SINGLE, Style.LITERAL, Style.FLOW]
    assert tree.left_out(("none",))
    assert not tree.left_out(("a",))
    assert str(tree.place(("list", 0, "missing"))) == "f.yaml:3:5"  # the nearest thing around it


def test_quotes_with_nothing_between_are_not_left_out() -> None:
    """``alt: ""`` says "decoration"; ``alt:`` says nothing."""
    tree = tree_of('a: ""\nb:\n')
    assert not tree.left_out(("a",))
    assert tree.left_out(("b",))


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("body: |\n  One line\n\n  and **word** here\n", "word", "4:9"),
        ("body: >\n  One line\n  and word here\n\n  more\n", "word", "3:7"),
        ("body: >-\n    folded\n    text with\n      more word\n", "word", "4:12"),
        ("a:\n  - body: |2\n        deep\n      word\n", "word", "4:7"),
        ("body: one\n  two word\n", "word", "2:7"),
        ("body: 'it''s a word'\n", "word", "1:16"),
        ("body: 'it\n\n  is a word'\n", "word", "3:8"),
        ('body: "a \\"b\\" \\u00e9 \\\n   word"\n', "word", "2:4"),
        ('body: "tab\\tword"\n', "word", "1:13"),
        ("body: |+\n\n\n  word\n\n", "word", "4:3"),
    ],
)
def test_a_word_inside_a_value_has_its_own_place(text: str, word: str, place: str) -> None:
    """A check that finds a word in a Markdown body can say in which line of the file it stands."""
    tree = tree_of(text)
    ((path, value),) = [(path, value) for path, value in strings(tree.data) if word in value]
    assert str(tree.place(path, value.index(word))) == f"f.yaml:{place}"


def strings(data: Data, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every string of a tree with the way to it."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, list):
        for number, one in enumerate(data):
            yield from strings(one, (*path, number))
    else:
        for key, one in data.items():
            yield from strings(one, (*path, key))


CHARACTERS = st.sampled_from("abcé🙂ñ  \n\n'\"\\:#-|>[]{}*&!%@`,?\t")
TEXTS = st.text(CHARACTERS, max_size=60)
KEYS = st.text("abcdefgh", min_size=1, max_size=5)
TREES = st.recursive(
    TEXTS, lambda one: st.lists(one, max_size=4) | st.dictionaries(KEYS, one, max_size=4), max_leaves=12
)


@settings(max_examples=300, deadline=None)
@given(
    data=st.dictionaries(KEYS, TREES, min_size=1, max_size=5),
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    flow=st.sampled_from([None, True, False]),
    width=st.sampled_from([20, 80, 1000]),
)
def test_every_character_stands_where_its_place_says(
    data: dict[str, Data],
    style: str | None,
    flow: bool | None,
    width: int,
) -> None:
    """Whatever is written in whatever style, it is read back as it is, and places point at it in the source."""
    source = yaml.safe_dump(
        data, default_style=style, default_flow_style=flow, width=width, allow_unicode=True, sort_keys=False
    )
    tree, problems = read_what_can_be(source, "f")
    assert tree is not None, problems
    lines = source.split("\n")
    for path, value in strings(tree.data):
        assert path in tree.places
        for offset, character in enumerate(value):
            place = tree.place(path, offset)
            there = lines[place.line - 1][place.column - 1 : place.column]
            assert there == character or character.isspace() or there == "\\" or (there, character) == ("'", "'")
    assert tree.data == data


@given(st.text())
def test_no_text_raises(text: str) -> None:
    """Bad content is told, never thrown."""
    tree, problems = read_tree(text, "f")
    assert (tree is None) == any(one.severity is Severity.ERROR for one in problems)


PIECES = st.sampled_from(
    ["a", "b: ", "- ", "\n", "\n  ", "\n    ", "\t", '"', "'", "[", "]", "{", "}", "*", "&", "!", "|", ">", "#", " ",
     ":", ",", "%", "@", "`", "\\", "? ", "---", "...", "<<: ", "\x85", "\x00", "\ufeff", "é", "body: |\n  "]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_broken_yaml_raises_and_every_place_is_in_the_file(text: str) -> None:
    """What is made of YAML's own signs in any order is read or told, at a line that there is."""
    tree, problems = read_tree(text, "f")
    assert (tree is None) == any(one.severity is Severity.ERROR for one in problems)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(1 <= one.place.line <= lines and one.place.column >= 1 for one in problems)


def test_a_duplicate_key_is_refused_and_the_first_named() -> None:
    """PyYAML keeps the last one in silence."""
    (error,) = errors("title: a\nbody: b\ntitle: c\n")
    assert str(error.place) == "f.yaml:3:1"
    assert "“title” stands twice; the first is in line 1" in error.message


@pytest.mark.parametrize("text", ["a: &x y\nb: *x\n", "a: &x {b: c}\nd:\n  <<: *x\n"])
def test_anchors_aliases_and_merge_keys_are_refused(text: str) -> None:
    """Nobody means them; whoever writes a star at the start of a text means a star."""
    found = errors(text)
    assert [one.message.split(" has ")[0] for one in found] == [
        "A text that starts with &",
        "A text that starts with *",
    ]


def test_tags_are_refused() -> None:
    """``!important`` is a word, and ``!!python/object`` never a command."""
    (error,) = errors("a: !important news\n")
    assert 'Type instead: a: "!important news"' in error.hint
    assert errors("a: !!python/object/apply:os.system [id]\n")


def test_billion_laughs_end_at_the_first_anchor() -> None:
    """Nine levels of nine: refused, at once, and never expanded."""
    levels = ["a0: &a0 [lol, lol]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert work(lambda: errors("\n".join(levels))) < 100_000
    assert errors("\n".join(levels))


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "{b: " * 100_000, "- " * 100_000, "[" * 39 + "]" * 38])
def test_no_depth_crashes_the_parser(text: str) -> None:
    """The C tree builder dies of this; ours stops at its limit."""
    assert errors(text)


def test_what_is_not_too_deep_is_read() -> None:
    """The limit is a limit for mistakes, not for issues."""
    assert tree_of("[" * DEEPEST + "]" * DEEPEST)
    (error,) = errors("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    assert f"more than {DEEPEST} deep" in error.message


def test_a_second_document_is_refused() -> None:
    """Three dashes in a text mean a line across to everybody but YAML."""
    (error,) = errors("a: 1\n---\nb: 2\n")
    assert str(error.place) == "f.yaml:2:1"
    assert "***" in error.hint


@pytest.mark.parametrize("text", ["", "   \n", "# only a comment\n", "---\n...\n"])
def test_an_empty_file_is_told(text: str) -> None:
    """An issue that was saved before it was written."""
    assert "empty" in errors(text)[0].message


@pytest.mark.parametrize("escape", ["\\0", "\\r\\nBcc: x", "\\x07", "\\u0085", "\\L"])
def test_control_characters_cannot_come_in_by_escapes(escape: str) -> None:
    """F11: to YAML a quoted value may hold a line break and a Bcc; to us it may not."""
    (error, *_) = errors(f'subject: "a{escape}"\n')
    assert str(error.place) == "f.yaml:1:12"


@pytest.mark.parametrize(
    ("line", "lost"),
    [("title: Case #1 x", "#1 x"), ("title: #MeToo", "#MeToo"), ("title: The vote # how", "# how")],
)
def test_text_that_a_hash_swallows_is_shown(line: str, lost: str) -> None:
    """``Case #1 x`` is "Case" to every parser, in silence; here the lost text is shown, and the line as it should be."""
    tree, problems = read_tree(f"{line}\nb: c\n", "f.yaml")
    assert tree is not None
    (problem,) = problems
    assert problem.severity is Severity.WARNING
    assert f"“{lost}” is not read" in problem.message
    assert f'"{line.partition(": ")[2]}"' in problem.hint


@pytest.mark.parametrize("line", ["a: x  # a comment", "# whole line", "a: peru # one word", 'a: "x" # x', "a: x#y"])
def test_comments_are_comments(line: str) -> None:
    """Nobody is warned of a comment that looks like one."""
    _, problems = read_tree(f"{line}\nb: c\n", "f.yaml")
    assert problems == []
