"""What one's own templates show in another order than it is read, or read out though nobody sees it (WCAG 1.3.2)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem
from newsletter.seen.page import Element, words
from newsletter.seen.styles import inline
from newsletter.seen.told import Found, Sheet, told

NAME = "page-order"
FILLER = re.compile(r"[\s\u00a0\u00ad\u034f\u200b-\u200f\u2007\ufeff]{12,}")
_MOVED = {
    "position": re.compile(r"absolute|fixed|sticky"),
    "order": re.compile(r"-?[1-9]\d*"),
    "flex-direction": re.compile(r".*-reverse"),
    "flex-flow": re.compile(r".*-reverse.*"),
}


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each."""
    return told(dossier, NAME, _look)


def _look(sheet: Sheet) -> Iterator[Found]:
    direction = sheet.rendered.direction
    for element, section in sheet.seen.elements:
        given = inline(element) if element.get("style") else {}
        for name, pattern in _MOVED.items():
            if name in given and pattern.fullmatch(given[name]):
                message = f"A style ({name}: {given[name]}) shows something elsewhere than where it is read."
                yield Found(section, message, "put it there in the template where it is to be seen.")
        if element.tag in ("table", "tr") and element.get("dir", direction) != direction:
            message = "A table is laid out from the other side, so its columns are read last first."
            yield Found(section, message, "put the columns in the order in which they are read, without dir.")
        if _filler(element):
            message = "Hidden filler is read out: a screen reader stumbles over a row of empty characters."
            yield Found(section, message, 'put it into <span aria-hidden="true">.')
        if given.get("display") == "none" and _read_again(element, sheet.rendered.preheader):
            message = "Words are hidden from the eye (display: none), yet some programs show or read them all the same."
            yield Found(section, message, "take them out of the template, or show them.")


def _filler(element: Element) -> bool:
    texts = [element.text or "", *(child.tail or "" for child in element)]
    if element.tag == "style" or not any(map(FILLER.search, texts)):
        return False
    there = (found[0] for text in texts for found in FILLER.finditer(text))
    if not any(one.strip(" \t\r\n") for one in there):
        return False
    return not any(one.get("aria-hidden") == "true" for one in (element, *element.iterancestors()))


def _read_again(element: Element, preheader: str) -> bool:
    """Whether something is hidden other than the preview text, which is for the list of letters, and small repeats for phones."""
    said = words(element)
    shown = " ".join(preheader.split())[:40]
    fine = element.get("aria-hidden") == "true" or element.get("class") is not None or (shown and shown in said)
    return bool(said) and not fine
