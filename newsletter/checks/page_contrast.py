"""Words of one's own templates that stand out too little from their ground, by day or by night (WCAG 1.4.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tinycss2.color4 import parse_color

from newsletter.drafting.look import contrast
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem
from newsletter.seen.page import FRAME, Element
from newsletter.seen.styles import Styles, styles
from newsletter.seen.told import Found, Sheet, told

NAME = "page-contrast"
READABLE, LARGE_READABLE = 4.5, 3.0
LARGE, LARGE_BOLD = 24.0, 18.7  # CSS pixels from which words count as large
UNSEEN = ("style", "title", "head", "script", "xml")


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for words below 4.5 to 1, or 3 to 1 where they are large."""
    return told(dossier, NAME, _look)


@dataclass(frozen=True, slots=True)
class Looks:
    """What an element hands on to those in it."""

    colour: str = "#000000"
    ground: str = "#ffffff"
    size: float = 16.0
    bold: bool = False


def _look(sheet: Sheet) -> Iterator[Found]:
    sections = dict(sheet.seen.elements)
    for night in (False, True):
        said = styles(sheet.seen, night=night)
        body = sheet.seen.root.find("body")
        if body is not None:
            yield from _within(body, Looks(), said, sections, "by night" if night else "by day")


def _within(element: Element, around: Looks, said: Styles, sections: dict[Element, int], when: str) -> Iterator[Found]:
    stack = [(element, around)]
    while stack:
        one, outer = stack.pop()
        own = said.get(one, {})
        if one.tag in UNSEEN or own.get("display") == "none":
            continue
        looks = _looks(one, outer, own)
        text = f"{one.text or ''}{''.join(child.tail or '' for child in one)}".strip()
        if text and looks.size:
            yield from _judged(text, looks, sections.get(one, FRAME), when)
        stack += [(child, looks) for child in one if isinstance(child.tag, str)]


def _judged(text: str, looks: Looks, section: int, when: str) -> Iterator[Found]:
    ratio = contrast(looks.colour, looks.ground)
    large = looks.size >= LARGE or (looks.bold and looks.size >= LARGE_BOLD)
    needed = LARGE_READABLE if large else READABLE
    if ratio < needed:
        message = f"Words such as “{text[:30]}” can hardly be read {when}: {looks.colour} on {looks.ground}, {ratio:.1f} to 1."
        yield Found(section, message, f"choose colours of at least {needed:g} to 1.")


def _looks(one: Element, outer: Looks, own: dict[str, str] | object) -> Looks:
    given = dict(own) if isinstance(own, dict) else {}
    colour = _colour(given.get("color", ""), outer.ground) or _colour(one.get("color") or "", outer.ground)
    ground = _colour(given.get("background-color", ""), outer.ground)
    ground = ground or next((c for c in map(_plain, given.get("background", "").split()) if c), "")
    ground = ground or ("" if "background-color" in given else _plain(one.get("bgcolor") or ""))
    size = _pixels(given.get("font-size", ""), outer.size)
    weight = given.get("font-weight", "")
    bold = weight in ("bold", "bolder", "600", "700", "800", "900") if weight else outer.bold or one.tag in _BOLD
    return Looks(colour or outer.colour, ground or outer.ground, size, bold)


_BOLD = ("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th")


def _plain(value: str) -> str:
    return _colour(value, "#ffffff")


@lru_cache(maxsize=512)
def _colour(value: str, ground: str) -> str:
    """A colour as ``#rrggbb``, mixed with what shines through; "" where it is none, or not seen at all."""
    if not value or value in ("inherit", "currentcolor", "transparent", "none", "initial"):
        return ""
    found = parse_color(value)
    if not found or isinstance(found, str):
        return ""
    red, green, blue, alpha = found.to("srgb")
    if not alpha:
        return ""
    under = [int(ground[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    mixed = [top * alpha + below * (1 - alpha) for top, below in zip((red, green, blue), under, strict=True)]
    return "#" + "".join(f"{min(255, max(0, round(one * 255))):02x}" for one in mixed)


def _pixels(value: str, around: float) -> float:
    for unit, factor in (("px", 1.0), ("pt", 4 / 3), ("rem", 16.0), ("em", around), ("%", around / 100)):
        if value.endswith(unit):
            try:
                return float(value.removesuffix(unit)) * factor
            except ValueError:
                return around
    return 0.0 if value == "0" else around
