"""Texts of a further edition that stand there word for word as in the first: nobody has translated them yet."""

from __future__ import annotations

import datetime as dt

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import plain, prose, words

NAME = "not-translated"
LEAST = 3  # words in small letters: fewer are names, which stay as they are
AS_IT_IS = ("place", "speaker", "name", "credit", "publisher")
"""Fields that hold names and addresses; a source is called as it calls itself."""


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each text of at least three words in small letters."""
    first, *others = dossier.editions
    said = {" ".join(one.text.split()) for one in prose(first)}
    return [problem for other in others if other.language != first.language for problem in _look_at(other, first, said)]


def _look_at(edition: Edition, first: Edition, said: set[str]) -> list[Problem]:
    found = [
        one
        for one in prose(edition)
        if " ".join(one.text.split()) in said and "sources" not in one.path and one.path[-1] not in AS_IT_IS
        if sum(word.islower() for word, _ in words(plain(one.text))) >= LEAST
    ]
    return [
        Problem(
            edition.place(one.path, 0),
            Severity.WARNING,
            NAME,
            f"“{_short(one.text)}” stands word for word in {first.file} too.",
            "Translate it; if it is meant so, it may stay.",
        )
        for one in found
    ]


def _short(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= 60 else f"{whole[:57].rstrip()}..."  # noqa: PLR2004 - a line of a console
