"""Outcomes of an ask that stood in no issue."""

from __future__ import annotations

import datetime as dt

from newsletter.drafting.meant import closest
from newsletter.nouns.draft import Edition, Section
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "outcome-ask"
TYPE, FIELD = "outcome", "ask"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning where nothing that readers were asked, here or in an earlier issue, has the id that an outcome names."""
    asked = {
        section.id: section
        for edition in (*dossier.earlier, *dossier.editions)
        for section in edition.sections
        if section.id and section.type.ask
    }
    return [
        _problem(edition, section, name.strip(), asked)
        for edition in dossier.editions
        for section in edition.sections
        if section.type.name == TYPE
        and isinstance(name := section.values.get(FIELD), str)
        and name.strip()
        and name.strip() not in asked
    ]


def _problem(edition: Edition, section: Section, name: str, asked: dict[str, Section]) -> Problem:
    message = f"No ask with the id “{name}” stands in this issue or an earlier one."
    titles = {one.title.casefold(): key for key, one in asked.items()}
    if meant := closest(name, asked, titles):
        hint = f"Did you mean “{meant}” (“{asked[meant].title}”)?" if asked[meant].title else f"Did you mean “{meant}”?"
    elif asked:
        hint = f"Its id is one of: {', '.join(sorted(asked))}. Or leave the line out."
    else:
        hint = f"Add  id: {name}  to the ask in its issue, or leave the line out."
    return Problem(edition.place((*section.path, FIELD)), Severity.WARNING, NAME, message, hint)
