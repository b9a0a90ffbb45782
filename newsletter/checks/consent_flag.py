"""People whom an issue names without saying on what ground their name may stand there."""

from __future__ import annotations

import datetime as dt

from newsletter.nouns.draft import NamedPerson, entries
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Place, Problem, Severity

NAME = "consent-flag"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each person under ``people`` without ``consent`` (UK GDPR art. 5 and 9; their safety)."""
    return [
        _problem(person, edition.place((*entry.path, number)))
        for edition in dossier.editions
        for entry in entries(edition)
        if isinstance(entry.value, tuple)
        for number, person in enumerate(entry.value)
        if isinstance(person, NamedPerson) and not person.consent.strip()
    ]


def _problem(person: NamedPerson, place: Place) -> Problem:
    danger = " and is at risk" if person.at_risk else ""
    message = f"{person.name} is named here{danger}, and nothing says on what ground."
    hint = 'Add consent: "agreed on 12 June", or consent: "named in public reports"; else leave the name out.'
    return Problem(place, Severity.WARNING, NAME, message, hint)
