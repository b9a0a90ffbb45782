"""A Tree and the way to a value -> the lines that it takes: from its name or dash to its last word and its notes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsletter.nouns.draft import Path
from newsletter.yaml_tree.data import value_at
from newsletter.yaml_tree.tree import Style, Tree

_DASH = re.compile(r"-[ \t]+$")
_LONE_DASH = re.compile(r"[ ]*-[ \t]*(#.*)?")
BLOCKS = frozenset({Style.LITERAL, Style.FOLDED})


@dataclass(frozen=True, slots=True)
class Extent:
    """The lines (from 0) of a pair or of a member of a list: its notes, its own first line, and the one after its last.

    ``margin`` is the column of its dash, or of its name.
    """

    notes: int
    first: int
    stop: int
    margin: int


def is_flow(tree: Tree, path: Path) -> bool:
    """Whether something stands between brackets."""
    return any(tree.styles.get(path[:length]) is Style.FLOW for length in range(len(path)))


def children(tree: Tree, path: Path) -> list[Path]:
    """The ways to the members of a list or to the values of names, in the order of the file."""
    found = value_at(tree.data, path)
    if isinstance(found, list):
        return [(*path, number) for number in range(len(found))]
    return [(*path, name) for name in found] if isinstance(found, dict) else []


def last_line(tree: Tree, path: Path) -> int:
    """The last line of a value; of a text over several lines, its last that is not blank."""
    path = _last_inside(tree, path)
    style = tree.styles[path]
    if style in BLOCKS:
        return block_lines(tree, path)[1] - 1
    return tree.spans[path][2] if style is not Style.BLOCK else tree.spans[path][0]


def _last_inside(tree: Tree, path: Path) -> Path:
    """The way to the last value in a list or names over several lines."""
    found: object = value_at(tree.data, path)
    while tree.styles[path] is Style.BLOCK and isinstance(found, list | dict) and found:
        last = len(found) - 1 if isinstance(found, list) else next(reversed(found))
        path, found = (*path, last), found[last]
    return path


def block_indent(tree: Tree, path: Path) -> int:
    """How far the lines of a text under ``|`` or ``>`` are set in; 0 where it has none."""
    value = value_at(tree.data, path)
    own = next((line for line in str(value).split("\n") if line.strip(" ")), None)
    start = tree.spans[path][0] + 1
    first = next((line for line in tree.lines[start:] if line.strip(" ")), None)
    return 0 if own is None or first is None else indent(first) - indent(own)


def block_lines(tree: Tree, path: Path) -> tuple[int, int]:
    """The first line of a text under ``|`` or ``>`` and the one after its last that is not blank."""
    start = stop = tree.spans[path][0] + 1
    margin = block_indent(tree, path)
    if not margin:
        return start, stop
    for number in range(start, len(tree.lines)):
        line = tree.lines[number]
        if len(line) > margin and indent(line) >= margin:
            stop = number + 1
        elif line.strip(" "):
            break
    return start, stop


def keeps_blank_lines(tree: Tree, path: Path) -> bool:
    """Whether the last text of a value counts the blank lines after it: ``|+``."""
    path = _last_inside(tree, path)
    line, column, _, _ = tree.spans[path]
    return tree.styles[path] in BLOCKS and "+" in tree.lines[line][column : column + 3]


def extent(tree: Tree, path: Path) -> Extent:
    """The lines of a pair or of a member of a list that does not stand between brackets."""
    first, margin = start(tree, path)
    before = sibling_before(tree, path)
    above = start(tree, path[:-1])[0] if len(path) > 1 else -1
    free = (above if before is None else last_line(tree, before)) + 1
    return Extent(_notes(tree, free, first, margin), first, _stop(tree, path, margin), margin)


def sibling_before(tree: Tree, path: Path) -> Path | None:
    """The way to what stands before, in the same list or under the same name."""
    last = path[-1]
    if isinstance(last, int):
        return (*path[:-1], last - 1) if last else None
    siblings = children(tree, path[:-1])
    number = siblings.index(path)
    return siblings[number - 1] if number else None


def start(tree: Tree, path: Path) -> tuple[int, int]:
    """Line and column of a name, or of the dash before a member of a list, which may stand alone in its line."""
    if found := tree.key_spans.get(path):
        return found[:2]
    line, column, _, _ = tree.spans[path]
    if found_dash := _DASH.search(tree.lines[line][:column]):
        return line, found_dash.start()
    if tree.lines[line][:column].endswith("-"):  # with nothing after it
        return line, column - 1
    above = line - 1
    while above > 0 and not _LONE_DASH.fullmatch(tree.lines[above]):
        above -= 1
    found_line = tree.lines[above] if above >= 0 else ""
    return (above, found_line.find("-")) if _LONE_DASH.fullmatch(found_line) else (line, column)


def _notes(tree: Tree, free: int, first: int, margin: int) -> int:
    """Where the notes right above begin that are set in no further: those that are belong to what stands above."""
    top = first
    while top > free and _is_note(tree.lines[top - 1]) and indent(tree.lines[top - 1]) <= margin:
        top -= 1
    return top


def _stop(tree: Tree, path: Path, margin: int) -> int:
    """The line after the last, with the notes below it that are set in further than its dash or its name."""
    stop = last_line(tree, path) + 1
    if keeps_blank_lines(tree, path):
        while stop < len(tree.lines) - (not tree.lines[-1]) and not tree.lines[stop].strip(" "):
            stop += 1
    for number in range(stop, len(tree.lines)):
        line = tree.lines[number]
        if line.strip() and not (_is_note(line) and indent(line) > margin):
            break
        if line.strip():
            stop = number + 1
    return stop


def _is_note(line: str) -> bool:
    return line.lstrip().startswith("#")


def indent(line: str) -> int:
    """How many spaces stand before the first character of a line."""
    return len(line) - len(line.lstrip(" "))
