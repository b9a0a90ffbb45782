"""A YAML value and where it stands -> its stretches: which line and column each of its characters has in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from newsletter.nouns.problem import Place, Stretches, place_within

Span = tuple[int, int, int, int]
"""Where a value starts and ends: line and column, line and column, all from 0."""

_PIECES = {
    # what stands in the file in another length than in the value: line breaks, and escapes
    "": re.compile(r"(?P<fold>(?<![ \t])[ \t]*\n\s*)"),
    "'": re.compile(r"(?P<fold>(?<![ \t])[ \t]*\n\s*)|''"),
    '"': re.compile(
        r"(?P<none>\\[ \t]*\n[ \t]*)|(?P<fold>(?<![ \t])[ \t]*\n\s*)"
        r"|\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)"
    ),
}


def stretches(lines: Sequence[str], span: Span, style: str, value: str) -> Stretches:
    """The stretches of a value as the parser gave it; ``style`` is the parser's: ``|``, ``>``, quotes, or ""."""
    if not value:
        return ()
    return tuple(_block(lines, span[0] + 1, value) if style in {"|", ">"} else _flow(lines, span, style))


def _block(lines: Sequence[str], first: int, value: str) -> Iterator[tuple[int, int, int]]:
    """Each line of a block stands in the value as it is, after an indentation that is the same for all."""
    start = next((number for number in range(first, len(lines)) if lines[number].strip(" ")), None)
    if start is None:
        yield 0, first + 1, 1
        return
    own = next((line for line in value.split("\n") if line.strip(" ")), "")
    indent = _spaces(lines[start]) - _spaces(own)
    offset = 0
    for number in range(start, len(lines)):
        content = lines[number][indent:]
        found = value.find(content, offset) if content else -1
        if found >= 0:
            yield found, number + 1, indent + 1
            offset = found + len(content)
        if offset >= len(value) or (content and found < 0):
            return


def _spaces(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _flow(lines: Sequence[str], span: Span, style: str) -> Iterator[tuple[int, int, int]]:
    first, column, last, end = span
    within = [lines[number] if number < len(lines) else "" for number in range(first, last + 1)]
    within[-1] = within[-1][:end]
    source = "\n".join(within)
    begin = column + len(style)
    offset, line, line_start, done = 0, first, 0, begin
    yield 0, first + 1, begin + 1
    for found in _PIECES[style].finditer(source, begin, len(source) - len(style)):
        offset += found.start() - done + _length(found)
        done = found.end()
        line += found[0].count("\n")
        if "\n" in found[0]:
            line_start = found.start() + found[0].rfind("\n") + 1
        yield offset, line + 1, done - line_start + 1


def _length(found: re.Match[str]) -> int:
    """How many characters of the value a line break or an escape of the file stands for."""
    kinds = found.groupdict()
    if kinds.get("none"):
        return 0
    if fold := kinds.get("fold"):
        breaks: int = fold.count("\n")
        return max(1, breaks - 1)
    return 1


def moved(before: Stretches, old: str, new: str) -> Stretches:
    """The stretches of a value after its white space was tidied or its characters composed (NFC)."""
    if old == new or not before:
        return before
    start = Place("")
    index = 0
    result: list[tuple[int, int, int]] = []
    for offset, character in enumerate(new):
        while index < len(old) and old[index].isspace() and not character.isspace():
            index += 1
        place = place_within(before, index, start)
        if not result or place_within(tuple(result[-1:]), offset, start) != place:
            result.append((offset, place.line, place.column))
        index += 1 if old[index : index + 1] == character else len(normalize("NFD", character))
    return tuple(result)
