"""Several things that readers are asked to do, none of which is said to matter most; or more than one that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "featured-ask"
BESIDE = ("recording",)  # to watch something asks for little, and takes nothing from the one that matters


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning at the second ask where none has ``featured: yes``, and at each further one that has it; events and recordings do not count."""
    return [problem for edition in dossier.editions for problem in _look_at(edition)]


def _look_at(edition: Edition) -> Iterator[Problem]:
    featured = [one for one in edition.sections if one.featured]
    asks = [one for one in edition.sections if one.type.ask and not one.type.calendar and one.type.name not in BESIDE]
    for one in featured[1:]:
        message = f"“{featured[0].title or featured[0].type.name}” is featured already: only one ask can matter most."
        place = edition.place((*one.path, "featured"))
        yield Problem(place, Severity.WARNING, NAME, message, "Take  featured: yes  out of all but one.")
    if len(asks) > 1 and not featured:
        message = (
            f"This is one of {len(asks)} asks, and none is said to matter most: who is asked for much does little."
        )
        hint = "Give the one that matters most  featured: yes, and put it first if you can."
        yield Problem(edition.place(asks[1].path), Severity.WARNING, NAME, message, hint)
