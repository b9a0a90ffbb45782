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
    starts = [key.start_mark.line for key, _ in pairs]
    for key, value in pairs:
        if key.value == name and isinstance(value, yaml.SequenceNode):
            later = [line for line in starts if line > value.start_mark.line]
            lines = text.split("\n")
            return list(_members(lines, value, (key.end_mark.line + 1, min(later, default=len(lines))), changed))
    return []


def _members(
    lines: list[str], found: yaml.SequenceNode, within: tuple[int, int], changed: tuple[str, str]
) -> Iterator[Excerpt]:
    if found.flow_style:
        yield from (_cut(lines, one, changed) for one in found.value)
        return
    starts = [_dash(lines, one) for one in found.value]
    free, stop = within  # the first line that no member above has taken, and that of what comes after the list
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
    value = _last_value(one)
    block = isinstance(value, yaml.ScalarNode) and value.style in {"|", ">"}
    last = min(value.end_mark.line - (block and value.end_mark.column == 0), until - 1)
    if block:  # to the parser it goes on to what comes next
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


def _last_value(node: yaml.Node) -> yaml.Node:
    """The last value inside; the parser's own end of a list or mapping lies where the next thing begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = (last[1] if last[1].value or last[1].style else last[0]) if isinstance(last, tuple) else last
    return node


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
        _replaced(own, *there, first, value)
    elif one.flow_style:
        line, column = one.end_mark.line - first, one.end_mark.column - 1
        own[line] = f"{own[line][:column].rstrip()}, {name}: {value}{own[line][column:]}"
    else:
        own.append(f"{' ' * one.start_mark.column}{name}: {value}")
    return own


def _replaced(own: list[str], key: yaml.Node, old: yaml.Node, first: int, value: str) -> None:
    """Another value after a key, in place of one that takes a part of its line, several lines, or none at all."""
    line, column = key.end_mark.line - first, key.end_mark.column
    last, end = old.end_mark.line - first, old.end_mark.column
    if not old.value:
        last, end = line, column + own[line][column:].find(":") + 1
    rest = own[last][end:] if last < len(own) and (end or last == line) else ""
    if last > line:  # a text of several lines; what follows it, blank lines and notes, stays
        last = min(last, len(own)) - (not end)
        while last > line and not own[last].strip():
            last -= 1
    own[line : last + 1] = [f"{own[line][:column]}: {value}{rest}"]


def _outdented(line: str, margin: int) -> str:
    return line[min(margin, _indent(line)) :]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
