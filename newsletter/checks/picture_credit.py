"""Pictures of which nobody says whose they are: who took one has a right to be named, and often to be asked."""

from __future__ import annotations

import datetime as dt

from newsletter.nouns.draft import Picture, entries
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "picture-credit"
OURS = "letter"  # a portrait in it is of who signs


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each without ``credit``; a picture that only decorates, with an empty alt, needs none."""
    return [
        Problem(
            edition.place(entry.path),
            Severity.WARNING,
            NAME,
            f"Nothing says whose picture {entry.value.file} is.",
            'Add beside file: credit: "Photo: Ana Example". If you do not know, ask before you send it.',
        )
        for edition in dossier.editions
        for entry in entries(edition)
        if isinstance(entry.value, Picture) and entry.section.type.name != OURS
        if entry.value.alt != "" and not entry.value.credit.strip()
    ]
