"""Links to an earlier letter that there is not."""

from __future__ import annotations

import datetime as dt

from newsletter.nouns.draft import Edition, PartialDate, Section
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.rendering.earlier import TYPE, is_meant

NAME = "previous-issue"
NEAREST = 3  # issues that the hint names


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error where no earlier issue is of this month or day; with a url of the author's own a note: it may be older than issues/."""
    return [
        _problem(edition, section, when, dossier)
        for edition in dossier.editions
        for section in edition.sections
        if section.type.name == TYPE
        and isinstance(when := section.values.get("issue"), PartialDate)
        and not any(is_meant(one.issue, when) for one in dossier.earlier)
    ]


def _problem(edition: Edition, section: Section, when: PartialDate, dossier: Dossier) -> Problem:
    severity = Severity.NOTE if section.values.get("url") else Severity.ERROR
    message = f"There is no issue of {when} before this one."
    place = edition.place((*section.path, "issue"))
    return Problem(place, severity, NAME, message, _hint(when, dossier))


def _hint(when: PartialDate, dossier: Dossier) -> str:
    days = sorted({PartialDate(one.issue.year, one.issue.month, one.issue.day) for one in dossier.earlier})
    if not days:
        return "This is the first issue in issues/: take the section out."
    near = sorted(days, key=lambda day: abs((day.year - when.year) * 12 + day.month - when.month))[:NEAREST]
    return f"Type the month of one that there is, such as {', '.join(map(str, sorted(near)))}."
