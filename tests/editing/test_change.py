"""What is written is what a careful person would have typed, and what cannot be changed safely is left as it is."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from newsletter.drafting.order import order
from newsletter.drafting.types import read_types
from newsletter.editing.change import change
from newsletter.editing.changes import (
    AddItem,
    AddSection,
    Change,
    Duplicate,
    Move,
    Remove,
    SetValue,
    Unset,
)
from newsletter.editing.field_at import field_at
from newsletter.editing.not_safe import NotSafe
from newsletter.workspace import Workspace, shipped
from newsletter.yaml_tree.tree import read_tree
from newsletter.yaml_tree.write import Value
from tests.any.work import work

ORDER = order(read_types(Workspace(shipped()))[0], ("es",))
ISSUE = """\
# The newsletter of July.
subject: "Peru: a vote"
send_on: 2025-07-04

sections:
  # The letter opens every issue.
  - type: letter
    body: |
      Dear {first_name|friends},

      a word.

  - type: news
    title: A vote   # to be shorter
    # Where it stands at the end of the head.
    case: amnesty-law # ties
    significant: true
    standfirst: >-
      Congress has approved the bill on its first vote
      and hundreds of cases would end.
    body: |
      Text.
    image:
      file: vote.png
      # alt is read aloud
      alt: Hands
    sources:
      - {title: Statement, url: "https://example.org/a"}
      - title: Report
        publisher: A group # its own
"""


def made(*changes: Change, text: str = ISSUE) -> str:
    return change(text, changes, ORDER)


def diff(*changes: Change, text: str = ISSUE) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    old, new = text.split("\n"), made(*changes, text=text).split("\n")
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return old, new


NEWS = ("sections", 1)


@pytest.mark.parametrize(
    ("path", "value", "lines"),
    [
        (("subject",), "Peru: an amnesty", ['subject: "Peru: an amnesty"']),
        (("send_on",), "2025-07-11", ["send_on: 2025-07-11"]),
        (("send_on",), dt.date(2025, 7, 11), ["send_on: 2025-07-11"]),
        ((*NEWS, "title"), "A second vote", ["    title: A second vote   # to be shorter"]),
        ((*NEWS, "title"), "Vote: what now?", ['    title: "Vote: what now?"   # to be shorter']),
        ((*NEWS, "title"), "", ['    title: ""   # to be shorter']),
        ((*NEWS, "case"), "a law of two", ['    case: "a law of two" # ties']),
        ((*NEWS, "significant"), False, ["    significant: false"]),
        ((*NEWS, "image", "alt"), "Raised hands", ["      alt: Raised hands"]),
        (("sections", 0, "body"), "Dear {first_name|friends},\n\na sentence.\n", ["      a sentence."]),
        ((*NEWS, "standfirst"), "Congress has approved the bill on its first vote and all ends.", ["      and all ends."]),
        ((*NEWS, "body"), "Text.\n\n- one\n- two\n", ["", "      - one", "      - two"]),
        ((*NEWS, "sources", 0, "title"), "A, b", ['      - {title: "A, b", url: "https://example.org/a"}']),
        ((*NEWS, "sources", 1, "publisher"), "Others", ["        publisher: Others # its own"]),
    ],
)  # fmt: skip
def test_a_value_is_written_as_the_old_one_stood(path: tuple[str | int, ...], value: object, lines: list[str]) -> None:
    """In its quotes, lines or brackets, with its note; quotes come where the text needs them."""
    assert diff(SetValue(path, value))[1] == lines  # type: ignore[arg-type]  # a table has values of every kind


@pytest.mark.parametrize(
    ("path", "value", "after", "lines"),
    [
        (("preheader",), "What else", 'subject: "Peru: a vote"', ["preheader: What else"]),
        ((*NEWS, "date"), "2025-06", "    title: A vote   # to be shorter", ["    date: 2025-06"]),
        ((*NEWS, "picture_at"), "left", "      alt: Hands", ["    picture_at: left"]),
        ((*NEWS, "featured"), True, "    significant: true", ["    featured: yes"]),
        ((*NEWS, "image", "credit"), "Photo: x", "      alt: Hands", ['      credit: "Photo: x"']),
        ((*NEWS, "sources", 1, "url"), "https://x.org", "        publisher: A group # its own", ["        url: https://x.org"]),
        ((*NEWS, "people", 0, "name"), "Rosa", "    significant: true", ["    people:", "      - name: Rosa"]),
        ((*NEWS, "sources", 0, "date"), "2025-06", "      alt: Hands", None),
    ],
)  # fmt: skip
def test_what_is_new_comes_where_the_types_fields_say(
    path: tuple[str | int, ...], value: object, after: str, lines: list[str] | None
) -> None:
    """After the field that comes before it, as the type lists them; between brackets behind a comma."""
    new = made(SetValue(path, value)).split("\n")  # type: ignore[arg-type]  # a table has values of every kind
    if lines is None:
        assert '      - {title: Statement, url: "https://example.org/a", date: 2025-06}' in new
        return
    start = new.index(after) + 1
    assert new[start : start + len(lines)] == lines
    assert [*new[:start], *new[start + len(lines) :]] == ISSUE.split("\n")


def test_a_name_that_goes_takes_its_line_and_leaves_the_notes_above() -> None:
    """The note at the end of the line goes with it."""
    assert diff(Unset((*NEWS, "case"))) == (["    case: amnesty-law # ties"], [])
    assert diff(Unset((*NEWS, "image", "alt"))) == (["      alt: Hands"], [])
    gone = ['      - {title: Statement, url: "https://example.org/a"}']
    assert diff(Unset((*NEWS, "sources", 0, "url")))[0] == gone
    assert diff(Unset((*NEWS, "sources", 1, "title"))) == (
        ["      - title: Report", "        publisher: A group # its own"],
        ["      - publisher: A group # its own"],
    )
    assert made(Unset((*NEWS, "place"))) == ISSUE
    assert made(SetValue((*NEWS, "sources"), [])) == made(Unset((*NEWS, "sources")))


def test_what_holds_only_what_goes_goes_too() -> None:
    """A picture without a file is no picture; the name of a list goes with its last member."""
    both = made(Unset((*NEWS, "image", "alt")), Unset((*NEWS, "image", "file")))
    assert "image" not in both
    none = made(Remove((*NEWS, "sources", 1)), Remove((*NEWS, "sources", 0)))
    assert none == made(Unset((*NEWS, "sources")))


def test_a_new_section_is_written_as_a_careful_person_types_it() -> None:
    """In the order of its type's fields, with a blank line between it and the others."""
    values: dict[str, Value] = {
        "url": "https://example.org/p",
        "body": "Sign it.\n\nNow: please.\n",
        "until": "2025-09-30",
        "title": "Who called the shots?",
        "id": "shots",
        "sources": [{"url": "https://x.org", "title": "1997"}],
        "people": [],
        "featured": True,
    }
    assert diff(AddSection(1, "petition", values))[1] == [
        "  - type: petition",
        "    id: shots",
        "    title: Who called the shots?",
        "    featured: yes",
        "    body: |",
        "      Sign it.",
        "",
        "      Now: please.",
        "    url: https://example.org/p",
        "    until: 2025-09-30",
        "    sources:",
        '      - title: "1997"',
        "        url: https://x.org",
        "",
    ]


@pytest.mark.parametrize(
    "none", ["", "sections:\n", "sections: []\n", "sections:  # none yet\n", "sections: [] # none yet\n"]
)
def test_the_first_section_of_a_file_without_any(none: str) -> None:
    """Its name is there, or not, or says that there are none; a note beside it stays."""
    text = made(AddSection(0, "letter", {"body": "Dear\n\nall\n"}), text=f"subject: x\n{none}")
    note = "  # none yet" if "  #" in none else " # none yet" if "#" in none else ""
    lines = "  - type: letter\n    body: |\n      Dear\n\n      all\n"
    assert text == f"subject: x\nsections:{note}\n{lines}"
    assert made(Remove(("sections", 0)), text=text) == f"subject: x\nsections: []{note}\n"


def test_indentation_and_line_ends_are_those_of_the_file() -> None:
    """Dashes at the margin, names four further in, lines that end as on Windows, a byte-order mark."""
    text = "\ufeffsubject: x\r\nsections:\r\n-   type: news\r\n    title: a\r\n    sources:\r\n    - title: b\r\n"
    new = made(AddSection(1, "news", {"title": "c", "sources": [{"title": "d"}], "body": "e\nf\n"}), text=text)
    added = (
        "\r\n-   type: news\r\n    title: c\r\n    body: |\r\n      e\r\n      f\r\n    sources:\r\n    - title: d\r\n"
    )
    assert new == text + added
    assert made(Remove(("sections", 1)), text=new) == text


def test_notes_above_a_section_go_with_it_and_those_apart_stay() -> None:
    """What stands between two blank lines belongs to no section."""
    text = "sections:\n  # one\n  - type: a\n\n  # apart\n\n  # two\n  # still two\n  - type: b\n"
    moved = "sections:\n  # two\n  # still two\n  - type: b\n\n  # apart\n\n  # one\n  - type: a\n"
    assert made(Move(("sections", 0), 1), text=text) == moved
    assert made(Remove(("sections", 1)), text=text) == "sections:\n  # one\n  - type: a\n\n  # apart\n\n"
    assert made(Duplicate(("sections", 0)), text=text).count("  # one\n  - type: a\n\n") == 2


def test_parts_of_a_list_are_written_as_their_neighbours() -> None:
    """Between brackets beside one in brackets, else in lines."""
    source = {"title": "New, and old", "url": "https://example.org/n"}
    first = made(AddItem((*NEWS, "sources", 1), source)).split("\n")
    assert '      - {title: "New, and old", url: "https://example.org/n"}' in first
    last = made(AddItem((*NEWS, "sources", 2), source))
    assert last.endswith("      - title: New, and old\n        url: https://example.org/n\n")
    flow = "sections:\n  - {type: news, sources: [{title: a}, {title: b}]}\n"
    path = ("sections", 0, "sources")
    assert "[{title: a}, {title: c}, {title: b}]" in made(AddItem((*path, 1), {"title": "c"}), text=flow)
    assert "[{title: b}, {title: a}]" in made(Move((*path, 1), 0), text=flow)
    assert "[{title: b}]" in made(Remove((*path, 0)), text=flow)
    assert '{type: news, title: "[x]", sources' in made(SetValue(("sections", 0, "title"), "[x]"), text=flow)
    assert "sources: []}" in made(Remove((*path, 0)), Remove((*path, 0)), text=flow)


def test_a_note_between_brackets_stays() -> None:
    """Even where what it stood beside goes."""
    text = "sections:\n  - type: x\n    rows: [\n      {a: b}, # of b\n      {c: d}, # of d\n      {e: f}\n    ]\n"
    new = made(Remove(("sections", 0, "rows", 2)), Remove(("sections", 0, "rows", 1)), text=text)
    assert new == "sections:\n  - type: x\n    rows: [\n      {a: b}, # of b\n       # of d\n    ]\n"


def test_a_whole_list_given_back_changes_what_differs() -> None:
    """A form gives all rows; those that say the same keep their style and their notes."""
    rows = [
        {"title": "Statement", "url": "https://example.org/a"},
        {"title": "Between"},
        {"title": "Report", "publisher": "Others"},
    ]
    assert made(SetValue((*NEWS, "sources"), rows)) == ISSUE.replace(
        "      - title: Report\n        publisher: A group",
        "      - {title: Between}\n      - title: Report\n        publisher: Others",
    )
    assert diff(SetValue((*NEWS, "sources"), rows[:1]))[1] == []
    assert made(SetValue((*NEWS, "sources"), [rows[0], {"title": "Report", "publisher": "A group"}])) == ISSUE


def test_what_is_wrong_elsewhere_does_not_hinder() -> None:
    """A field that no type knows, a type that is none, a date that is none: all that can be read can be changed."""
    text = "subjekt: x\nsend_on: soon\nsections:\n  - type: nws\n    titel: y\n"
    assert made(SetValue(("sections", 0, "titel"), "z"), text=text) == text.replace("titel: y", "titel: z")
    assert made(SetValue(("send_on",), "2025-07-04"), text=text) == text.replace("soon", "2025-07-04")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('subject: "x\nsections:\n  - type: news\n', "line"),
        ("subject: &a x\nb: *a\n", "& has to stand in quotes"),
        ("subject: !!str x\n", "! has to stand in quotes"),
        ("subject: x\nsubject: y\n", "stands twice"),
        ("subject: x\x07\n", "invisible control character"),
        ("", "empty"),
        ("a: b\n---\nc: d\n", "second document"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_changed(text: str, says: str) -> None:
    """It says where to look, in plain words."""
    with pytest.raises(NotSafe, match=says) as caught:
        made(SetValue(("subject",), "y"), text=text)
    assert caught.value.problem is not None
    assert caught.value.hint
    assert "Nothing was changed" in str(caught.value)


@pytest.mark.parametrize(
    "change_of",
    [
        SetValue(("sections", 9, "title"), "x"),
        SetValue(("subject", "deeper"), "x"),
        Remove(("sections", 2)),
        Move((*NEWS, "sources", 5), 0),
        Duplicate(("subject",)),
        Unset(("sections", 0)),
        AddItem((*NEWS, "title", 0), "x"),
    ],
)
def test_what_is_no_longer_there_is_not_changed(change_of: Change) -> None:
    """The file may have changed under the form."""
    with pytest.raises(NotSafe, match="no longer there"):
        made(change_of)


def test_what_would_change_something_else_is_refused() -> None:
    """A list within a list on one line: taking out the first would take the dash of the other."""
    text = "rows:\n  - - a\n    - b\n  - - c\n"
    with pytest.raises(NotSafe, match="not safely changed from here"):
        made(Remove(("rows", 0, 0)), text=text)


def test_where_a_problem_stands_tells_its_field() -> None:
    """From the value, the name, the note beside it, the dash, and the words of a long text."""
    tree, _ = read_tree(ISSUE, "")
    assert tree is not None
    lines = ISSUE.split("\n")

    def at(words: str) -> tuple[str | int, ...]:
        line = next(number for number, one in enumerate(lines) if words in one)
        return field_at(tree, line + 1, lines[line].index(words) + 1)

    assert at("a word.") == ("sections", 0, "body")
    assert at("- type: news") == NEWS
    assert at("to be shorter") == (*NEWS, "title")
    assert at("example.org/a") == (*NEWS, "sources", 0, "url")
    assert at("Statement") == (*NEWS, "sources", 0, "title")
    assert at("A group") == (*NEWS, "sources", 1, "publisher")
    assert at("read aloud") == (*NEWS, "image")
    assert at("# The newsletter") == ()
    assert field_at(tree, 999, 1) == ()


def test_five_hundred_sections_are_changed_at_once() -> None:
    """What a change costs beside reading the file twice, which is most of it: less than reading it once more."""
    one = ISSUE.partition("sections:\n")[2]
    text = "subject: x\nsections:\n" + (one + "\n") * 250
    read = work(partial(read_tree, text, ""))
    for what in (SetValue(("sections", 301, "title"), "y"), Move(("sections", 0), 499), Remove(("sections", 250))):
        assert work(partial(made, what, text=text)) < 3 * read, what


def test_a_text_begun_and_left_is_written_on() -> None:
    """Blanks that an editor set in are no text; a note below does not become part of one."""
    begun = "sections:\n  - type: letter\n    body: |\n      \n\n  - type: news\n"
    path = ("sections", 0, "body")
    written = begun.replace("      \n", "      Dear\n\n      all\n")
    assert made(SetValue(path, "Dear\n\nall\n"), text=begun) == written
    noted = "sections:\n  - type: letter\n    body:\n      # the greeting first\n"
    assert made(SetValue(path, "a\nb\n"), text=noted) == noted.replace("body:", 'body: "a\\nb\\n"')


def test_a_long_text_of_one_line_is_joined_from_several() -> None:
    """As the samples have it; an address stays in one."""
    long = "Congress has approved the bill, and those who serve a sentence go free: all of them. " * 2
    new = made(SetValue((*NEWS, "detail"), long.strip()))
    assert "    detail: >-\n      Congress has approved" in new
    assert all(len(line) <= 96 for line in new.split("\n"))
    assert f"    url: https://x.org/{'a' * 99}\n" in made(
        AddSection(0, "previous", {"url": f"https://x.org/{'a' * 99}"})
    )
