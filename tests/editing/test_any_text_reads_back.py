"""Any text of Unicode, in any of the ways in which a value can stand, reads back exactly."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newsletter.editing.change import change
from newsletter.editing.changes import AddItem, AddSection, SetValue
from newsletter.editing.not_safe import NotSafe
from newsletter.editing.source import read_source
from newsletter.nouns.draft import Path
from newsletter.yaml_tree.data import value_at
from newsletter.yaml_tree.text import FORBIDDEN
from newsletter.yaml_tree.write import Value

FILE = """\
subject: plain
sections:
  - type: news
    double: "in quotes" # a note
    single: 'in quotes'  # a note
    left:
    over: goes
      on
    lines: |
      one

      two

    kept: |+
      one

    joined: >-
      one
      two
    deep: |4
          one
    brackets: {plain: x, double: "x", list: [a, 'b', "c"], left: }
    rows:
      - first: x
      - second
    last: |-
      end
"""
WAYS: tuple[Path, ...] = (
    ("subject",),
    *(
        ("sections", 0, name)
        for name in ("double", "single", "left", "over", "lines", "kept", "joined", "deep", "last")
    ),
    *(("sections", 0, "brackets", name) for name in ("plain", "double", "left")),
    *(("sections", 0, "brackets", "list", number) for number in range(3)),
    *(("sections", 0, "rows", 0, "first"), ("sections", 0, "rows", 1), ("sections", 0, "new")),
)
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.lists(st.sampled_from((*"ab:#-'\"\\ \n\t|>[]{},&*!%@`?~", "\n\n", "  ", ": ", " #", "yes", "1", "é", "\u2007", "\u200f")), max_size=14).map("".join),
)  # fmt: skip
TRIES = settings(
    max_examples=250, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def as_kept(text: str) -> str:
    """A text as a file can hold it: its line ends are line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("end", ["", "\n"], ids=["open end", "ended"])
@pytest.mark.parametrize("path", WAYS, ids=lambda path: " ".join(map(str, path[1:])) or "subject")
def test_any_text_reads_back(path: Path, end: str) -> None:
    """Where a text stood in quotes, in lines, joined, between brackets, or nothing at all; at the file's end too."""
    file = FILE.rstrip("\n") + end
    old = read_source(file, "").tree.data

    @TRIES
    @example(text="  first\nsecond")
    @example(text="\n\nx\n\n\n")
    @example(text="a b  c " * 40)
    @given(text=TEXTS)
    def look(text: str) -> None:
        if FORBIDDEN.search(as_kept(text)):
            with pytest.raises(NotSafe, match=r"invisible control character"):
                change(file, [SetValue(path, text)])
            return
        new = change(file, [SetValue(path, text)])
        tree = read_source(new, "").tree
        assert value_at(tree.data, path) == as_kept(text)
        assert change(new, [SetValue(path, value_at(old, path) or "")]) is not None

    look()


@TRIES
@given(text=TEXTS, title=TEXTS)
def test_any_text_in_a_new_section_reads_back(text: str, title: str) -> None:
    """As its title, its body, in a list of its own, and between brackets."""
    if FORBIDDEN.search(as_kept(text + title)):
        return
    values: dict[str, Value] = {
        "title": title,
        "body": text,
        "image": {"alt": text},
        "sources": [{"title": title, "note": text}],
    }
    new = change(FILE, [AddSection(0, "news", values), AddItem(("sections", 1, "brackets", "list", 1), text)])
    data = read_source(new, "").tree.data
    kept = {"title": as_kept(title), "body": as_kept(text)}
    sources = [{"title": kept["title"], "note": kept["body"]}]
    assert value_at(data, ("sections", 0)) == {
        "type": "news",
        **kept,
        "image": {"alt": kept["body"]},
        "sources": sources,
    }
    assert value_at(data, ("sections", 1, "brackets", "list")) == ["a", kept["body"], "b", "c"]


@TRIES
@given(words=st.lists(st.sampled_from(("Peru", "a", "#", "x:", "- y", "“", "ñ" * 30)), min_size=1, max_size=60))
def test_a_joined_text_keeps_the_lines_that_say_the_same(words: list[str]) -> None:
    """``>-`` stays, no line is longer than it need be, and the lines at its start are those that stood there."""
    text = f"one two three {' '.join(words)}"
    file = "a: >-\n  one two\n  three\nb: c\n"
    new = change(file, [SetValue(("a",), text)])
    assert read_source(new, "").tree.data == {"a": text, "b": "c"}
    assert new.startswith("a: >-\n  one two\n")
    assert all(len(line) <= 42 or " " not in line.strip() for line in re.split("\n", new))
