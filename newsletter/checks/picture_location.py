"""Pictures whose file says where they were taken: it may give away where somebody lives.

What is sent is clean; the file in ``issues/images/`` is not, and it is what one hands on to others.
"""

from __future__ import annotations

import datetime as dt

from newsletter.nouns.draft import Picture, entries
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "picture-location"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A note for each; readers never get the location."""
    return [
        Problem(
            edition.place((*entry.path, "file")),
            Severity.NOTE,
            NAME,
            f"{entry.value.file} holds the place where it was taken. Readers do not get it, but the file in issues/images/ keeps it.",
            "Before you pass the file on: open it, save a copy without location (on a phone: Options, Location off), and put that here.",
        )
        for edition in dossier.editions
        for entry in entries(edition)
        if isinstance(entry.value, Picture) and entry.value.file in dossier.located
    ]
