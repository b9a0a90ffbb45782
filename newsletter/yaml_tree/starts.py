"""The start of a line -> the slip in it: tabs, spaces that are none, a dash that Word changed or that was forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsletter.yaml_tree.quotes import instead

_ODD_DASH = re.compile(r"(\s*)([\u2010-\u2015\u2212•·▪◦*])[ \u00a0]+(?=[^\W\d][\w-]*:\s)")
_WIDE = " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u3000\ufeff"


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: line and column from 0, and the whole text with it mended; None where nothing helped."""

    line: int
    column: int
    message: str
    hint: str
    mended: str | None


@dataclass(frozen=True, slots=True)
class Advice:
    """What a rule proposes for one line: where, what is wrong, what to do, and the lines as they should be."""

    column: int
    message: str
    hint: str
    line: str
    others: tuple[tuple[int, str], ...] = ()


def with_advice(lines: Sequence[str], number: int, advice: Advice) -> str:
    """The whole text with a line mended as advised."""
    mended = list(lines)
    mended[number] = advice.line
    for other, line in advice.others:
        mended[other] = line
    return "\n".join(mended)


def indent_of(line: str) -> int:
    """With how many spaces and tabs a line starts."""
    return len(line) - len(line.lstrip(" \t"))


def _spaced(line: str, width: int) -> str:
    indent = indent_of(line)
    return line[:indent].replace("\t", " " * width) + line[indent:]


def spaces(count: int) -> str:
    """A number of spaces in words."""
    return "1 space" if count == 1 else f"{count or 'no'} spaces"


def odd_start(lines: Sequence[str], number: int) -> Slip | None:
    """The slip of a line that YAML reads, but not as anyone would: it begins with a dash or a space that is none."""
    for advice in (*odd_space(lines, number), *odd_dash(lines, number)):
        return Slip(number, advice.column, advice.message, advice.hint, with_advice(lines, number, advice))
    return None


def odd_space(lines: Sequence[str], number: int) -> Iterator[Advice]:
    """Spaces that look like spaces, and are none."""
    if _plainly_spaced(lines[number]) == lines[number]:
        return
    mended = {other: _plainly_spaced(line) for other, line in enumerate(lines) if _plainly_spaced(line) != line}
    message = f"This line starts with spaces that are none to YAML{_and_others(mended)}, as pasting brings them."
    hint = f"Delete what stands before “{lines[number].lstrip(_WIDE)[:40].strip()}” and type plain spaces."
    others = tuple(one for one in mended.items() if one[0] != number)
    yield Advice(0, message, hint, mended[number], others)


def _plainly_spaced(line: str) -> str:
    rest = line.lstrip(_WIDE)
    lead = line[: len(line) - len(rest)]
    return " " * len(lead.replace("\u200b", "").replace("\ufeff", "")) + rest


def odd_dash(lines: Sequence[str], number: int) -> Iterator[Advice]:
    """A dash or a dot as Word makes it of a hyphen at the start of a line."""
    found = _ODD_DASH.match(lines[number])
    if not found:
        return
    mended = {other: _ODD_DASH.sub(r"\1- ", line, count=1) for other, line in enumerate(lines) if _ODD_DASH.match(line)}
    message = f"This line starts with {found[2]} in place of a plain hyphen{_and_others(mended)}."
    others = tuple(one for one in mended.items() if one[0] != number)
    yield Advice(len(found[1]), message, instead(mended[number].strip()), mended[number], others)


def _and_others(mended: Mapping[int, str]) -> str:
    if len(mended) == 1:
        return ""
    return f" (as do {len(mended) - 1} other lines)" if len(mended) > 2 else " (as does another line)"  # noqa: PLR2004 - grammar


def dash_missing(lines: Sequence[str], number: int, name: str, first: int) -> Slip | None:
    """The slip of a section whose dash was forgotten, so that it seems to go on with the one above (line ``first``)."""
    line = lines[number]
    indent = indent_of(line) - 2
    if indent < 0 or not line.lstrip().startswith(f"{name}:"):
        return None
    mended = f"{' ' * indent}- {line.lstrip()}"
    message = f"“{name}” stands in this part of the list already, in line {first}: if a new one begins here, its dash is missing."
    hint = f"{instead(mended)} with {spaces(indent)} before the dash."
    return Slip(number, indent + 2, message, hint, "\n".join((*lines[:number], mended, *lines[number + 1 :])))


def tab(lines: Sequence[str], number: int) -> Iterator[Advice]:
    """A tab in place of spaces."""
    if "\t" not in lines[number][: indent_of(lines[number])]:
        return
    tabbed = [other for other, line in enumerate(lines) if "\t" in line[: indent_of(line)]]
    more = f" (as do {len(tabbed) - 1} other lines)" if len(tabbed) > 1 else ""
    message = f"This line starts with a tab{more}; YAML knows only spaces there."
    hint = "Put two spaces in place of each tab at the start of a line; most editors can do that for the whole file."
    above = indent_of(lines[number - 1]) if number else 0
    for width in (2, 4, 8, 1):
        others = tuple((other, _spaced(lines[other], width)) for other in tabbed)
        yield Advice(lines[number].index("\t"), message, hint, _spaced(lines[number], width), others)
    for indent in (above, above + 2):
        yield Advice(lines[number].index("\t"), message, hint, " " * indent + lines[number].lstrip())
