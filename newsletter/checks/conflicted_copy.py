"""A copy of an edition that Dropbox, OneDrive or another synced folder left beside it, because two people wrote at once."""

from __future__ import annotations

import datetime as dt

from newsletter.nouns.conflicted import ConflictedCopy
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Place, Problem, Severity

NAME = "conflicted-copy"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each: it is not read, and may hold what somebody wrote and readers would miss."""
    return [told(one) for one in dossier.copies]


def told(copy: ConflictedCopy) -> Problem:
    """The problem that a copy is."""
    which = ", ".join(filter(None, (copy.who, copy.when)))
    made = f"as {copy.maker} makes them" + (f" ({which})" if which else "") if copy.maker else which
    message = (
        f"This seems to be a copy of {copy.of}, {made}. It is not read, and may hold words that are missing there."
    )
    hint = f"Compare it with {copy.of}, in newsletter preview or side by side in your editor; take over what is missing, then move it out of issues/."
    return Problem(Place(f"issues/{copy.name}"), Severity.WARNING, NAME, message, hint)
