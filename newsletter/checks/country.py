"""Sections of a country that the profile does not know, or of none where the newsletter covers several."""

from __future__ import annotations

import datetime as dt

from newsletter.drafting.meant import closest
from newsletter.nouns.draft import Edition, Section
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "country"
FOR_ALL = ("letter",)  # types that speak of no country in particular


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error for an unknown country; a warning for news of no country where there are several."""
    known = list(dossier.profile.countries)
    found = (_look_at(edition, section, known) for edition in dossier.editions for section in edition.sections)
    return [problem for problem in found if problem]


def _look_at(edition: Edition, section: Section, known: list[str]) -> Problem | None:
    if section.country and section.country not in known:
        near = closest(section.country, known)
        hint = f"Did you mean {near}?" if near else f"The profile, issues/newsletter.yaml, has: {', '.join(known)}."
        message = f"The country {section.country} is not one of this newsletter's."
        return Problem(edition.place((*section.path, "country")), Severity.ERROR, NAME, message, hint)
    if not section.country and len(known) > 1 and section.significant and section.type.name not in FOR_ALL:
        message = "It is not said which country this is about, so it stands on no country's public page."
        hint = f"Add a line such as: country: {known[0]}"
        return Problem(edition.place(section.path), Severity.WARNING, NAME, message, hint)
    return None
