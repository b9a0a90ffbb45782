"""Letters in which a reader finds no link to leave the list, or finds it only below Gmail's cut."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from newsletter.nouns.letter import Dossier, Pieces, Rendered, SlotName
from newsletter.nouns.problem import Problem, Severity

NAME = "leave-link"
CLIP = 90_000  # bytes of HTML after which Gmail may cut
HINT = "The footer stands in templates/frame.mjml and templates/frame.txt: put the shipped ones back."
TOO_LOW = "The link to leave the list stands so far down that Gmail cuts it off."
SHORTEN = "Shorten the letter, or divide it into two issues: what stands last is cut off first."
_TAG = re.compile(r"<[^>]*>")
_HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all|visibility:\s*hidden|font-size:\s*0", re.IGNORECASE)


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error where the HTML or the text lacks it, says nothing, hides it, or sets it too low (PECR reg. 22)."""
    return [
        Problem(edition.place(), Severity.ERROR, NAME, message, SHORTEN if message == TOO_LOW else HINT)
        for edition in dossier.editions
        if edition.language in dossier.renderings
        for message in _look_at(dossier.renderings[edition.language])
    ]


def _look_at(rendered: Rendered) -> Iterator[str]:
    if not _positions(rendered.text):
        yield "The plain-text part of the letter has no link to leave the list."
    positions = _positions(rendered.html)
    if not any(_visible(rendered.html, index) for index in positions):
        yield "The letter has no link with words on it that one can see to leave the list."
    elif _bytes_before(rendered.html, positions[0]) > CLIP:
        yield TOO_LOW


def _positions(pieces: Pieces) -> list[int]:
    return [
        index for index, piece in enumerate(pieces) if not isinstance(piece, str) and piece.name is SlotName.LEAVE_URL
    ]


def _visible(html: Pieces, index: int) -> bool:
    after = html[index + 1] if index + 1 < len(html) else ""
    before = html[index - 1] if index else ""
    if not isinstance(after, str) or not isinstance(before, str):
        return False
    style, _, rest = after.partition(">")
    words = _TAG.sub("", rest.partition("</a>")[0]).strip()
    return bool(words) and not _HIDDEN.search(before[before.rfind("<") :] + style)


def _bytes_before(html: Pieces, index: int) -> int:
    return sum(len(piece.encode(errors="replace")) for piece in html[:index] if isinstance(piece, str))
