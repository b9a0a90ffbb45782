"""A member of a list is taken out as its author wrote it, with her notes, however it is laid out."""

from __future__ import annotations

from textwrap import dedent

import pytest

from newsletter.editing.change import change
from newsletter.editing.changes import SetValue
from newsletter.yaml_tree.excerpts import Excerpt, excerpts
from newsletter.yaml_tree.tree import read_tree

LIST = """\
subject: S
sections:
  # about the letter
  - type: letter
    body: |
      Dear,

      # not a note
    # the letter's last note
  # about the petition
  # in two lines
  - type: petition   # on its line
    title: "One
# still the title"

    # a note inside

    until: 2025-09-30
  # a note that stands alone

  - {type: event, title: "a, b",
 date: 2025-08-14}  # the evening
language: en
"""


def found(text: str) -> list[Excerpt]:
    tree, _ = read_tree(dedent(text), "")
    assert tree is not None
    return excerpts(tree, "sections")


def test_each_member_has_its_lines_and_notes() -> None:
    """Notes above a dash belong to it; those set in further belong to what stands above them."""
    letter, petition, event = found(LIST)
    assert letter.notes == ("# about the letter",)
    assert letter.lines[-1] == "  # the letter's last note"
    assert petition.notes == ("# about the petition", "# in two lines")
    assert petition.lines == (
        "- type: petition   # on its line",
        '  title: "One',
        '# still the title"',
        "",
        "  # a note inside",
        "",
        "  until: 2025-09-30",
    )
    assert event.notes == ()
    assert event.lines == ('- {type: event, title: "a, b",', "date: 2025-08-14}  # the evening")


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n...\n", "\n  # after it\n", "\nlanguage: en\n"])
@pytest.mark.parametrize(
    "value", ["b: c", "b: |\n      c\n\n      d", "b: >-\n      c", "b: 'c'", "b: [c, d]", "b:", "b:\n    - c"]
)
def test_the_last_ends_where_it_ends(value: str, end: str) -> None:
    """With or without a line end, before another name, before the end of the document."""
    (only,) = found(f"sections:\n  - a: x\n    {value}{end}")
    assert "\n".join(only.lines) == f"- a: x\n  {value}".replace("\n    ", "\n  ")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("sections:\n- a: x\n  b: y\n", ("- a: x", "  b: y")),
        ("sections:\n    -   a: x\n        b: y\n", ("-   a: x", "    b: y")),
        ("sections:\n  -\n    a: x\n", ("-", "  a: x")),
        ("sections:\n  -  # first\n\n    # second\n    a: x\n", ("-  # first", "", "  # second", "  a: x")),
        ("sections: [{a: x}, {b: y}]\n", ("- {a: x}",)),
        ("sections: [{a: x,\n  b: y}, {c: z}]\n", ("- {a: x,", "  b: y}")),
        ("sections:\n  - a: x\n    b: |4\n          c\n", ("- a: x", "  b: |4", "        c")),
    ],
)
def test_any_dash_comes_to_the_margin(text: str, lines: tuple[str, ...]) -> None:
    """Whatever the indentation, a lone dash, brackets."""
    assert found(text)[0].lines == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("sections:\n  - a: x\n    b: y\n", ("- a: x", "  b: y", "  closed: unsure")),
        (
            "sections:\n  - a: x\n    closed: no  # looked\n    b: y\n",
            ("- a: x", "  closed: unsure  # looked", "  b: y"),
        ),
        ("sections:\n  - a: x\n    closed:\n    b: y\n", ("- a: x", "  closed: unsure", "  b: y")),
        ("sections:\n  - closed: |\n      no\n\n    # n\n    b: y\n", ("- closed: unsure", "", "  # n", "  b: y")),
        ("sections:\n  - {a: x}\n", ("- {a: x, closed: unsure}",)),
        ("sections:\n  - {a: x, closed: 'no', b: y} # n\n", ("- {a: x, closed: 'unsure', b: y} # n",)),
        ("sections: [{a: x}, {b: y}]\n", ("- {a: x, closed: unsure}",)),
        ("sections:\n  -\n    a: x\n", ("-", "  a: x", "  closed: unsure")),
    ],
)
def test_one_value_is_changed_or_added(text: str, lines: tuple[str, ...]) -> None:
    """In its place and quotes, with the note beside it; else as one more line."""
    changed = change(text, [SetValue(("sections", 0, "closed"), "unsure")])
    assert found(changed)[0].lines == lines


def test_no_list_no_members() -> None:
    """Another name, no list, no names at all."""
    assert found("other:\n  - a: x\n") == found("sections: x\n") == found("- a: x\n") == []
