"""The small cast of invented readers -> a letter as one of them gets it."""

from __future__ import annotations

from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import fill
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Letter, Rendered

READERS = {"": "", "ana": "Ana"}
LEAVE = "https://news.example.org/u/only-a-preview"  # an invented reader's leave link


def letter_for(rendered: Rendered, issue: IssueName, reader: str) -> Letter:
    """The letter as an invented reader gets it; pictures come from this machine."""
    return fill(rendered, reader_answers(READERS.get(reader, ""), LEAVE, lambda name: f"/pictures/{issue}/{name}"))
