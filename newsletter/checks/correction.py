"""A correction whose subject does not say that it is one, that corrects an issue nobody knows, or says nothing right."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "correction"
TYPE = "correction"
MARKS = {
    "ar": ("تصحيح",),
    "de": ("Berichtigung", "Korrektur", "Richtigstellung"),
    "en": ("Correction", "Corrected"),
    "es": ("Corrección", "Rectificación", "Fe de erratas"),
    "fr": ("Rectificatif", "Correction", "Erratum"),
    "it": ("Rettifica", "Correzione", "Errata corrige"),
    "pt": ("Correção", "Errata", "Retificação"),
}
"""By which words readers know a correction for one, at the start of its subject."""


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error for each, in an issue that has ``corrects``; editions have to agree on what it is that they correct."""
    corrected = dossier.corrects
    if corrected is None:
        return []
    found: list[Problem] = []
    for edition in dossier.editions:
        if edition.corrects != corrected:
            message = f"Another edition of this correction corrects {corrected}, and this one does not say so."
            found.append(_problem(edition, ("corrects",), message, f"Type here too  corrects: {corrected}"))
        found += _marked(edition)
        if not any(section.type.name == TYPE for section in edition.sections):
            message = "Nothing here says what was wrong and what is right."
            found.append(_problem(edition, ("sections",), message, "Add a section of the type correction."))
    if all(one.issue != corrected for one in dossier.earlier):
        message = f"There is no earlier issue {corrected} that this could correct."
        found.append(
            _problem(dossier.editions[0], ("corrects",), message, "Give the name of the issue that was wrong.")
        )
    return found


def _marked(edition: Edition) -> Iterator[Problem]:
    marks = MARKS.get(edition.language.partition("-")[0], ())
    if marks and not re.match("|".join(map(re.escape, marks)), edition.subject, re.IGNORECASE):
        message = "The subject does not say that this is a correction."
        yield _problem(edition, ("subject",), message, f"Begin it with  {marks[0]}:")


def _problem(edition: Edition, path: tuple[str, ...], message: str, hint: str) -> Problem:
    return Problem(edition.place(path), Severity.ERROR, NAME, message, hint)
