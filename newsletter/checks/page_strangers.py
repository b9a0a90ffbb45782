"""Things on the page that a reader's program would fetch from others, or run: fonts, styles, scripts, forms, frames.

Whoever gives them learns who opens the letter, when and where (PECR reg. 6); most mail programs cut them out besides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.seen.page import Element
from newsletter.seen.told import Found, Sheet, told

NAME = "page-strangers"
RUNS = {
    "script": "a script",
    "iframe": "a frame with another page in it",
    "object": "an object",
    "embed": "an object",
    "form": "a form",
    "video": "a film",
    "audio": "a sound",
    "svg": "a drawing in SVG",
    "base": "a <base>",
}
_FETCHED = re.compile(r"url\(\s*['\"]?(?!picture:|cid:|#|data:)([^'\")\s]+)|@import\s+['\"]([^'\"]+)", re.IGNORECASE)
_FETCHING = ("background", "poster", "srcset")


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error for each."""
    return told(dossier, NAME, _look)


def _look(sheet: Sheet) -> Iterator[Found]:
    for element, section in sheet.seen.elements:
        if element.tag in RUNS:
            message = f"The template puts {RUNS[element.tag]} into the letter; mail programs cut it out, or warn of the letter."
            hint = "take it out, and link to a page where it stands."
            yield Found(section, message, hint, Severity.ERROR)
        for address in _fetched(element, sheet.public_url):
            message = f"The letter would fetch {address[:80]} when it is opened, and so tell who reads it."
            hint = "take it out. Fonts: look in issues/newsletter.yaml; pictures: issues/images/."
            yield Found(section, message, hint, Severity.ERROR)


def _fetched(element: Element, public_url: str) -> Iterator[str]:
    styles = element.text or "" if element.tag == "style" else element.get("style") or ""
    if "url(" in styles.lower() or "@import" in styles.lower():
        yield from (found[1] or found[2] for found in _FETCHED.finditer(styles))
    if element.tag == "link" and element.get("href"):
        yield element.get("href")
    for name in _FETCHING:
        address = element.get(name)
        if address and not address.startswith(("picture:", "cid:", f"{public_url or 'picture:'}/")):
            yield address
