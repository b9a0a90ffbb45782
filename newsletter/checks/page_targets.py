"""Buttons of one's own templates that are too small to press (WCAG 2.5.8)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.seen.page import Element
from newsletter.seen.styles import inline
from newsletter.seen.told import Found, Sheet, told

NAME = "page-targets"
LEAST, ADVISED = 24.0, 44.0  # CSS pixels
BOXES = ("block", "inline-block", "table-cell", "flex", "inline-flex")


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning below 24 pixels of height, a note below 44; links in running text are as high as their line."""
    return told(dossier, NAME, _look)


def _look(sheet: Sheet) -> Iterator[Found]:
    for link, section in sheet.seen.all("a"):
        height = _height(link) if link.get("href") else None
        if height is not None and height < ADVISED:
            severity = Severity.WARNING if height < LEAST else Severity.NOTE
            message = f"A button is {height:g} pixels high; fingers that tremble miss it (24 is the least, 44 is good)."
            yield Found(section, message, "give it more inner-padding or a larger line-height.", severity)


def _height(link: Element) -> float | None:
    """Of a link that is a box of its own; None for one in running text, or where nobody can tell."""
    picture = link.find(".//img")
    if picture is not None:
        high = picture.get("height") or ""
        return float(high) if high.isdecimal() and len(high) < _DIGITS else None
    given = inline(link)
    if given.get("display") not in BOXES:
        return None
    line = _line(given)
    return None if line is None else line + sum(_padding(given))


_DIGITS = 6


def _line(given: Mapping[str, str]) -> float | None:
    size = _figure(given.get("font-size", "16px")) or 16.0
    line = given.get("line-height", "")
    if line.endswith("%"):
        return size * (_figure(line) or 100) / 100
    found = _figure(line)
    return size * found if found is not None and re.fullmatch(r"[\d.]+", line) else found


def _padding(given: Mapping[str, str]) -> tuple[float, float]:
    """Above and below."""
    sides = [_figure(one) or 0.0 for one in given.get("padding", "0").split()] or [0.0]
    top, bottom = sides[0], sides[2] if len(sides) > 2 else sides[0]  # noqa: PLR2004 - top, sides, bottom
    return _figure(given.get("padding-top", "")) or top, _figure(given.get("padding-bottom", "")) or bottom


def _figure(value: str) -> float | None:
    found = re.match(r"\d+(\.\d+)?", value)
    return float(found[0]) if found else None
