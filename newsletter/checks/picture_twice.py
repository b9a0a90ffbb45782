"""A picture that stands twice in one letter: mostly somebody meant another one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newsletter.nouns.draft import Edition, Picture, entries
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "picture-twice"
RECORDING = "recording"  # its still may well be the picture of what it is about


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A note for the second; one that only decorates, with an empty alt, may stand there often."""
    return [problem for edition in dossier.editions for problem in _look_at(edition)]


def _look_at(edition: Edition) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for entry in entries(edition):
        if not isinstance(entry.value, Picture) or entry.value.alt == "" or entry.section.type.name == RECORDING:
            continue
        place = edition.place((*entry.path, "file"))
        first = seen.setdefault(entry.value.file, place.line)
        if first != place.line:
            message = f"The picture {entry.value.file} stands in this letter already, in line {first}."
            yield Problem(place, Severity.NOTE, NAME, message, "Take another one here, or leave it out.")
