"""Words on a button, or on the bold link in its place, that nobody takes in at a glance."""

from __future__ import annotations

import datetime as dt

from newsletter.nouns.draft import Edition, Entry, Kind, entries
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import BUTTON

NAME = "button-length"
USUAL, MOST = 40, 100  # characters: a line and a half on a phone; a whole paragraph on yellow


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning above 40 characters, which a phone breaks into lines; an error above 100."""
    return [
        _problem(edition, entry, len(entry.value))
        for edition in dossier.editions
        for entry in entries(edition)
        if entry.field.name == BUTTON
        and entry.field.kind is Kind.TEXT
        and isinstance(entry.value, str)
        and len(entry.value) > USUAL
    ]


def _problem(edition: Edition, entry: Entry, length: int) -> Problem:
    severity = Severity.ERROR if length > MOST else Severity.WARNING
    message = f"The words for the button have {length} characters; a phone shows about 30 on one line."
    hint = "Two to four words, verb first, such as: Sign the petition. What more there is to say belongs into the text."
    return Problem(edition.place(entry.path), severity, NAME, message, hint)
