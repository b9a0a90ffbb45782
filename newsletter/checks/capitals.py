"""Titles and passages in capitals, which are hard to read, and which a screen reader may spell letter by letter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from newsletter.nouns.draft import Edition, Kind
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import BLANK, Prose, prose

NAME = "capitals"
WORDS = 3  # in a row; abbreviations stand beside each other at most in twos
LETTERS = 12  # of a passage
TITLE = 8  # letters of a title or heading that is all in capitals
_HEADLINES = ("subject", "preheader")  # loud-subject looks at them
_RUN = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-Þ]{2,}(?:[\s\0,;:'’\"“”-]+(?:[A-ZÀ-ÖØ-Þ]{2,}|[AEIOUY]|\d+)(?!\w))+")
_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<title>.+)$", re.MULTILINE)
HINT = "Type it in small letters; two stars make words bold: **like this**."


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A note at the first in each text. WCAG has no rule; the reason is legibility, and readers who listen."""
    return [
        problem
        for edition in dossier.editions
        for one in prose(edition)
        if one.path[-1] not in _HEADLINES
        for problem in _look_at(edition, one)
    ]


def _look_at(edition: Edition, one: Prose) -> Iterator[Problem]:
    title = _title(one)
    if title is not None:
        place = edition.place(one.path, title)
        yield Problem(place, Severity.NOTE, NAME, "This heading is all in capitals.", HINT)
        return
    for found in _RUN.finditer(one.plain):
        words = [word for word in re.findall(r"[^\W\d_]+", found[0]) if len(word) > 1]
        if len(words) >= WORDS and sum(map(len, words)) >= LETTERS:
            message = f"{len(words)} words in a row stand in capitals."
            yield Problem(edition.place(one.path, found.start()), Severity.NOTE, NAME, message, HINT)
            return


def _title(one: Prose) -> int | None:
    """Where a title or a heading all in capitals begins."""
    if one.kind is Kind.TEXT:
        return 0 if one.path[-1] == "title" and _loud(one.plain) else None
    headings = (found for found in _HEADING.finditer(one.text) if _loud(found["title"]))
    return next((found.start("title") for found in headings), None)


def _loud(title: str) -> bool:
    letters = [letter for letter in title.replace(BLANK, "") if letter.isalpha()]
    return len(letters) >= TITLE and all(letter.isupper() for letter in letters) and len(title.split()) > 1
