"""500 issue files as authors may have left them, and the samples: only what is changed changes. Nothing else does."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path as File
from typing import Any

import pytest

from newsletter.drafting.order import order
from newsletter.drafting.types import read_types
from newsletter.editing.change import change
from newsletter.editing.changes import AddItem, Change, Duplicate, Move, Remove, SetValue, Unset
from newsletter.editing.field_at import field_at
from newsletter.editing.source import Source, read_source
from newsletter.nouns.draft import Path
from newsletter.workspace import Workspace, shipped
from newsletter.yaml_tree.data import value_at
from newsletter.yaml_tree.extents import is_flow, keeps_blank_lines, last_line, start
from newsletter.yaml_tree.write import Value
from tests.any.issue_files import issue_file, values_in

TYPES = read_types(Workspace(shipped()))[0]
ORDER = order(TYPES, ("es",))
ROOT = File(__file__).resolve().parents[2]
SAMPLES = sorted([*ROOT.glob("issues/*.yaml"), *ROOT.glob("docs/kitchen-sink/issues/*.yaml")])
FILES, EACH = 500, 50
NEW = (
    *("plain words", "x: y # z", "two\nlines\n", "  set in\nb\n", "", "yes", "1997", "2025-07", "long " * 40 + "end", "- "),
    *("a\n\n  b\n\ttab\n\nend", "“all in marks”", "it's \"x\" \\ y", "tail \n", "a\n\n\n", "\n", " ", "ñ 語\ufeffx", "[a]"),
    *("{b}", "null", "مرحبا: שלום", "#", "&a", "*b", "!c", "one line\n", "---", "...", "a\n---\nb\n", "👩\u200d👧", "%d", "\t", "x\t#"),
)  # fmt: skip
SECTION: dict[str, Value] = {
    "type": "news",
    "title": "A: b",
    "body": "Text\n\nmore\n",
    "sources": [{"title": "a", "url": "https://x.org"}],
}


def dice_of(number: int) -> random.Random:
    """The same falls every time."""
    return random.Random(number)  # noqa: S311 - nothing is hidden here


def change_all(text: str, *changes: Change) -> str:
    return change(text, changes, ORDER)


@cache
def source(number: int) -> Source:
    return read_source(issue_file(number, TYPES), "")


def texts(tree_data: Any) -> list[tuple[Path, str]]:
    return list(values_in(tree_data))


def lists(data: Any, path: Path = ()) -> list[Path]:
    """The ways to every list."""
    steps = list(data.items() if isinstance(data, dict) else enumerate(data)) if isinstance(data, dict | list) else []
    own = [path] if isinstance(data, list) else []
    return own + [found for step, one in steps for found in lists(one, (*path, step))]


def around(one: Source, path: Path) -> tuple[str, str]:
    """What stands before a value and after the last of its lines, blank ones below it included."""
    line, column, _, _ = one.tree.spans[path]
    stop = one.past_blank(last_line(one.tree, path) + 1)
    return one.text[: one.at(line, column)], one.text[one.starts[stop] :]


def numbers(group: int) -> range:
    return range(group * EACH, (group + 1) * EACH)


GROUPS = pytest.mark.parametrize("group", range(FILES // EACH))


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_every_value_of_a_sample_set_to_itself_changes_nothing(file: File) -> None:
    """Opening every form and saving without a change leaves the file as it is, byte for byte."""
    text = file.read_bytes().decode()
    data = read_source(text, "").tree.data
    assert isinstance(data, dict)
    assert change_all(text, *(SetValue(path, value) for path, value in texts(data))) == text
    assert change_all(text, *(SetValue((name,), value) for name, value in data.items())) == text


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_one_change_of_a_sample_changes_its_lines_alone(file: File) -> None:
    """Whatever is written into any of its fields."""
    one = read_source(file.read_bytes().decode(), "")
    for number, (path, old) in enumerate(texts(one.tree.data)):
        new = old.replace(" ", " very ", 1) + "!" if number % 2 else NEW[number % len(NEW)]
        only_its_lines(one, path, new)


def only_its_lines(one: Source, path: Path, new: str) -> None:
    text = change_all(one.text, SetValue(path, new))
    before, after = around(one, path)
    assert text.startswith(before)
    assert text.endswith(after)
    assert value_at(read_source(text, "").tree.data, path) == new


@GROUPS
def test_every_value_set_to_itself_changes_nothing(group: int) -> None:
    """Also where a whole list or section is set, as a form gives it back."""
    for number in numbers(group):
        one = source(number)
        data = one.tree.data
        assert isinstance(data, dict)
        assert change_all(one.text, *(SetValue(path, value) for path, value in texts(data))) == one.text, number
        assert change_all(one.text, *(SetValue((name,), value) for name, value in data.items())) == one.text, number


@GROUPS
def test_one_change_changes_its_lines_alone(group: int) -> None:
    """And reads back as what was given, whatever it is."""
    for number in numbers(group):
        one, dice = source(number), dice_of(number)
        for path, _ in dice.sample(texts(one.tree.data), 5):
            only_its_lines(one, path, dice.choice(NEW))


@GROUPS
def test_what_is_moved_there_and_back_stands_as_it_stood(group: int) -> None:
    """Sections, sources, rows ... Only under ``|+``, where a blank line is one more of the text, blank lines may go."""
    for number in numbers(group):
        one, dice = source(number), dice_of(number)
        for path in some(dice, lists(one.tree.data)):
            first, second = dice.choices(range(length(one, path)), k=2)
            there = change_all(one.text, Move((*path, first), second))
            back = change_all(there, Move((*path, second), first))
            moved = range(min(first, second), max(first, second) + 1)
            if any(keeps_blank_lines(one.tree, (*path, each)) for each in moved):
                assert without_blank(back) == without_blank(one.text), (number, path, first, second)
            else:
                assert back == one.text, (number, path, first, second)


def without_blank(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def length(one: Source, path: Path) -> int:
    held = value_at(one.tree.data, path)
    assert isinstance(held, list)
    return len(held)


def some(dice: random.Random, found: list[Path]) -> list[Path]:
    return [("sections",), dice.choice(found)]


@GROUPS
def test_what_is_added_and_removed_leaves_no_trace(group: int) -> None:
    """A copy, a new section, a new member of any list."""
    for number in numbers(group):
        one, dice = source(number), dice_of(number)
        for path in some(dice, lists(one.tree.data)):
            number_of = dice.randrange(length(one, path))
            place = (*path, number_of)
            copied = change_all(one.text, Duplicate(place), Remove((*path, number_of + 1)))
            assert copied == one.text, (number, place)
            value: Value = SECTION if path == ("sections",) else {"title": "x", "url": "y: z"}
            added = change_all(one.text, AddItem(place, value))
            assert value_at(read_source(added, "").tree.data, place) == value
            assert change_all(added, Remove(place)) == one.text, (number, place)


@GROUPS
def test_what_is_left_out_is_put_in_again(group: int) -> None:
    """A name goes with its lines, and all other lines stay; put in again, the file says what it said."""
    for number in numbers(group):
        one, dice = source(number), dice_of(number)
        held = [(path, value) for path, value in texts(one.tree.data) if removable(one, path)]
        for path, value in dice.sample(held, min(3, len(held))):
            left = change_all(one.text, Unset(path))
            assert value_at(read_source(left, "").tree.data, path) is None
            again = read_source(change_all(left, SetValue(path, value)), "").tree.data
            assert again == one.tree.data or (not one.is_ended and ended(again) == ended(one.tree.data)), (number, path)


def ended(data: Any) -> Any:
    """The data without the last line end of each text, which a file's own last line may lack."""
    if isinstance(data, list):
        return [ended(one) for one in data]
    return {name: ended(one) for name, one in data.items()} if isinstance(data, dict) else data.removesuffix("\n")


def removable(one: Source, path: Path) -> bool:
    holder = value_at(one.tree.data, path[:-1])
    return isinstance(holder, dict) and len(holder) > 1 and path[-1] != "type"


@GROUPS
def test_every_value_is_found_at_its_place(group: int) -> None:
    """A click on a problem opens its field: by the place of the value, of its name, and of the line's start."""
    for number in numbers(group):
        tree = source(number).tree
        for path in tree.places:
            value, key = tree.place(path), tree.key(path)
            inner = field_at(tree, value.line, value.column)
            assert inner[: len(path)] == path
            if path in tree.keys:
                assert field_at(tree, key.line, key.column) == path
            elif path and not is_flow(tree, path):
                line, column = start(tree, path)
                assert field_at(tree, line + 1, column + 1)[: len(path)] == path
