"""Sections on a person, voices and portraits of people at risk that stand there without a ground.

Whoever is named under ``people`` without ``consent`` is told of by consent-flag; this looks for those who are not even
named there (UK GDPR art. 9, and their safety).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newsletter.nouns.draft import Edition, NamedPerson, Picture, Section, entries
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "person-ground"
PERSON = "person"
DRAWN = (
    "drawing",
    "drawn",
    "illustration",
    "painting",
    "dibujo",
    "ilustra",
    "dessin",
    "zeichnung",
    "desenho",
    "disegno",
    "رسم",
)


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each."""
    before = {_key(one) for edition in dossier.earlier for one in _in_edition(edition) if one.at_risk}
    return [problem for edition in dossier.editions for problem in _look_at(edition, before)]


def _look_at(edition: Edition, before: set[str]) -> Iterator[Problem]:
    here = list(_in_edition(edition))
    endangered = before - {_key(one) for one in here}
    for section in edition.sections:
        people = list(_people(section))
        speaker = section.values.get("speaker")
        if section.type.name == PERSON and not people:
            message = f"This section is about a person, {section.title}, and nothing says on what ground."
            hint = (
                f'Add people: [{{name: {section.title}, consent: "agreed on 12 June", at_risk: yes}}], or leave it out.'
            )
            yield Problem(edition.place((*section.path, "title")), Severity.WARNING, NAME, message, hint)
        if isinstance(speaker, str) and speaker.strip().casefold() in endangered:
            message = f"{speaker} is at risk, as an earlier issue says, and is quoted here by name."
            hint = f'Ask whether that is safe, and add people: [{{name: {speaker}, consent: "agreed on 12 June", at_risk: yes}}]'
            yield Problem(edition.place((*section.path, "speaker")), Severity.WARNING, NAME, message, hint)
        if section.type.name == PERSON and any(one.at_risk for one in people):
            yield from _portrait(edition, section)


def _key(person: NamedPerson) -> str:
    return person.name.strip().casefold()


def _in_edition(edition: Edition) -> Iterator[NamedPerson]:
    return (one for section in edition.sections for one in _people(section))


def _portrait(edition: Edition, section: Section) -> Iterator[Problem]:
    for entry in entries(edition):
        if entry.section is section and isinstance(entry.value, Picture):
            told = f"{entry.value.alt} {entry.value.caption} {entry.value.credit}".casefold()
            if not any(word in told for word in DRAWN):
                message = f"A picture of {section.title}, who is at risk: who searches for a face can find it by this."
                hint = "Take a drawing without a likeness, and say so in its credit: “Drawing: ...”."
                yield Problem(edition.place(entry.path), Severity.WARNING, NAME, message, hint)


def _people(section: Section) -> Iterator[NamedPerson]:
    for value in section.values.values():
        if isinstance(value, tuple):
            yield from (one for one in value if isinstance(one, NamedPerson))
