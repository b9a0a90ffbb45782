"""Asks of which somebody has to find out whether they are still open: ``closed: unsure``."""

from __future__ import annotations

import datetime as dt

from newsletter.drafting.asks import CLOSED
from newsletter.nouns.draft import UNSURE
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "still-open"
HINT = (
    "Open its page and look. If it is open, write no in place of unsure, or add its last day and take this line out."
    " If it is not, take the section out."
)


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each, until its author has written yes, no or a day."""
    return [
        Problem(
            edition.place((*section.path, CLOSED)),
            Severity.WARNING,
            NAME,
            f"Is {section.named} still open? Nobody is sure yet.",
            HINT,
        )
        for edition in dossier.editions
        for section in edition.sections
        if section.type.ask and section.values.get(CLOSED) == UNSURE
    ]
