"""Words that stand twice in a row: “the the”, “de de”."""

from __future__ import annotations

import datetime as dt
import re

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Fix, Problem, Severity
from newsletter.reading.prose import BLANK, Prose, mending, prose

NAME = "doubled-words"
_TWICE = re.compile(
    r"(?<![\w'’-])(?P<word>[^\W\d_]++)(?P<between>[\0 \t\u00a0]*+(?:\n(?!\s*\n)[\0 \t\u00a0]*+)?)(?P=word)(?![\w'’-])",
    re.IGNORECASE,
)
"""None of its parts gives back what it took: in a long line of spaces that would be tried a million times."""
RIGHT = {
    "ar": "جدا جدًا",
    "de": "das dem den der die ihr sehr sie",
    "en": "bye can far had her in is long many no on out so that very will",
    "es": "así casi luego muy no nos sí ya",
    "fr": "nous non que si très vous",
    "it": "così no piano quasi se sì via",
    "pt": "já logo muito não quase se",
}
"""Words that may well stand twice: “he had had”, “nous nous souvenons”."""


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each, at the second of them; those that a language says twice are left alone."""
    problems = []
    for edition in dossier.editions:
        right = RIGHT.get(edition.language[:2], "").split()
        for one in prose(edition):
            for found in _TWICE.finditer(one.plain):
                if found["between"].strip(BLANK) and found["word"].lower() not in right:
                    second = found.end() - len(found["word"])
                    message = f"“{one.text[second : found.end()]}” stands twice in a row."
                    place, fix = edition.place(one.path, second), _fix(edition, one, found)
                    problems.append(Problem(place, Severity.WARNING, NAME, message, "Take one of them out.", fix))
    return problems


def _fix(edition: Edition, one: Prose, found: re.Match[str]) -> Fix:
    """The second goes; where names may be double (Bora Bora) or marks stand between them, somebody has to look."""
    word, between = found["word"], found["between"]
    twice_capital = word[0].isupper() and one.plain[found.end() - len(word)].isupper()
    if twice_capital or BLANK in between or one.quoted:
        return ()
    if "\n" not in between:
        return mending(edition, one, found.end("word"), one.text[found.end("word") : found.end()], "")
    second = found.end() - len(word)  # at the start of its line, with the space after it
    after = one.text[second : found.end() + 1]
    return mending(edition, one, second, after, "") if after.endswith(" ") else ()
