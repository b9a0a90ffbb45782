"""A YAML text and the name of a list in it -> each member of the list as its author wrote it, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

_DASH = re.compile(r"-[ \t]+$")
_LONE_DASH = re.compile(r"[ ]*-[ \t]*(#.*)?")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A member of a list: the notes right above it, and its lines, set so far left that its dash stands at the margin."""

    notes: tuple[str, ...]
    lines: tuple[str, ...]


def excerpts(text: str, name: str, changed: tuple[str, str] = ("", "")) -> list[Excerpt]:
    """The members of a list under a name at the margin; in each, ``changed`` names a key and what shall stand after it.

    The text is one that was read without errors. Raises ValueError where it is not.
    """
    try:
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        raise ValueError(error) from None
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    ends = [key.start_mark.line for key, _ in pairs]
    for key, value in pairs:
        if key.value == name and isinstance(value, yaml.SequenceNode):
            later = [line for line in ends if line > _end(value)[0]]
            lines = text.split("\n")
            return list(_members(lines, value, min(later, default=len(lines)), changed))
    return []


def _members(lines: list[str], found: yaml.SequenceNode, stop: int, changed: tuple[str, str]) -> Iterator[Excerpt]:
    if found.flow_style:
        yield from (_cut(lines, one, changed) for one in found.value)
        return
    starts = [_dash(lines, one) for one in found.value]
    free = found.start_mark.line  # the first line that no member above has taken
    for number, one in enumerate(found.value):
        first, margin = starts[number]
        until = starts[number + 1][0] if number + 1 < len(starts) else stop
        notes = _notes(lines, free, first, margin)
        free = _last(lines, one, margin, until) + 1
        own = _changed(lines[first:free], one, first, changed)
        yield Excerpt(notes, tuple(_outdented(line, margin) for line in own))


def _dash(lines: list[str], one: yaml.Node) -> tuple[int, int]:
    """Line and column of the dash before a member: on the line on which it starts, or alone above it."""
    line, column = one.start_mark.line, one.start_mark.column
    if found := _DASH.search(lines[line][:column]):
        return line, found.start()
    while line > 0:
        line -= 1
        if _LONE_DASH.fullmatch(lines[line]):
            break
    return line, max(lines[line].find("-"), 0)


def _notes(lines: list[str], free: int, first: int, margin: int) -> tuple[str, ...]:
    """The notes right above a dash that are set in no further than it: those that are belong to what stands above."""
    top = first
    while top > free and lines[top - 1].lstrip().startswith("#") and _indent(lines[top - 1]) <= margin:
        top -= 1
    return tuple(line.strip() for line in lines[top:first])


def _last(lines: list[str], one: yaml.Node, margin: int, until: int) -> int:
    """The last line of a member, with the notes after its last value that are set in further than its dash."""
    line, column = _end(one)
    last = line - 1 if column == 0 and line > one.start_mark.line else line
    last = min(last, until - 1)
    while last > one.start_mark.line and _is_outside(lines[last], margin):
        last -= 1
    for number in range(last + 1, until):
        content = lines[number].strip()
        if content and not content.startswith("#"):
            break
        if content and _indent(lines[number]) > margin:
            last = number
    return last


def _is_outside(line: str, margin: int) -> bool:
    """Whether a line below a text of several lines is no longer part of it."""
    content = line.strip()
    return not content or (content.startswith("#") and _indent(line) <= margin)


def _end(node: yaml.Node) -> tuple[int, int]:
    """Where the last value inside ends; the parser's own end of a list or mapping lies where the next thing begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = (last[1] if last[1].value or last[1].style else last[0]) if isinstance(last, tuple) else last
    return node.end_mark.line, node.end_mark.column


def _cut(lines: list[str], one: yaml.Node, changed: tuple[str, str]) -> Excerpt:
    """A member between brackets, which shares its lines with others."""
    start, end = one.start_mark, one.end_mark
    own = _changed(lines[start.line : end.line + 1], one, start.line, changed)
    grown = len(own[-1]) - len(lines[end.line])
    own[-1] = own[-1][: end.column + grown]
    return Excerpt((), (f"- {own[0][start.column :]}", *own[1:]))


def _changed(lines: list[str], one: yaml.Node, first: int, changed: tuple[str, str]) -> list[str]:
    """The lines with another value after a key of the member, or with the key and its value as one more line."""
    name, value = changed
    own = list(lines)
    if not name or not isinstance(one, yaml.MappingNode):
        return own
    there = next(((key, old) for key, old in one.value if key.value == name), None)
    if there:
        end = there[1].end_mark if there[1].value else there[0].end_mark
        line = own[end.line - first]
        rest = line[end.column :] if there[1].value else line[end.column :].partition(":")[2]
        own[end.line - first] = f"{line[: there[0].end_mark.column]}: {value}{rest}"
    elif one.flow_style:
        line, column = one.end_mark.line - first, one.end_mark.column - 1
        own[line] = f"{own[line][:column].rstrip()}, {name}: {value}{own[line][column:]}"
    else:
        own.append(f"{' ' * one.start_mark.column}{name}: {value}")
    return own


def _outdented(line: str, margin: int) -> str:
    return line[min(margin, _indent(line)) :]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
