"""Words and marks that stand twice in a row: “the the”, “de de”, “..”."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Fix, Problem, Severity
from newsletter.reading.prose import BLANK, Prose, mending, prose, vocabulary

NAME = "doubled-words"
_TWICE = re.compile(
    r"(?<![\w'’-])(?P<word>[^\W\d_]++)(?P<between>[\0 \t\u00a0]*+(?:\n(?!\s*\n)[\0 \t\u00a0]*+)?)(?P=word)(?![\w'’-])",
    re.IGNORECASE,
)
"""None of its parts gives back what it took: in a long line of spaces that would be tried a million times."""
RIGHT = {
    "ar": "جدا جدًا",
    "de": "das dem den der die ihr sehr sie",
    "en": "bye can far had her in long many no on out so that very will",
    "es": "así casi luego muy no nos sí ya",
    "fr": "nous non que si très vous",
    "it": "così no piano quasi se sì via",
    "pt": "já logo muito não quase se",
}
"""Words that may well stand twice: “he had had”, “nous nous souvenons”."""


_MARKS = re.compile(r"(?<=[\w)”»\"’])(?P<mark>(?P<one>[.,;])(?: ?(?P=one)))(?![.\w])(?<!\.\.\.)")
_CLAUSE = re.compile(
    r"\b(?:what|all|where|who|how|that|as|which|whatever|this|thing|question|truth|fact|point|trouble|problem)\b[^.!?;:]*$",
    re.IGNORECASE,
)
"""What may end in “is”: “What it is is a scandal”."""


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each, at the second of them; those that a language says twice are left alone."""
    problems: list[Problem] = []
    for edition in dossier.editions:
        right = RIGHT.get(edition.language[:2], "").split()
        known = vocabulary((*dossier.earlier, edition), edition.language)
        for one in prose(edition):
            problems += _marks(edition, one)
            for found in _TWICE.finditer(one.plain):
                between = found["between"].strip(BLANK)
                if between and found["word"].lower() not in right and not _may_stand(one, found, edition, known):
                    second = found.end() - len(found["word"])
                    message = f"“{one.text[second : found.end()]}” stands twice in a row."
                    place, fix = edition.place(one.path, second), _fix(edition, one, found)
                    problems.append(Problem(place, Severity.WARNING, NAME, message, "Take one of them out.", fix))
    return problems


def _may_stand(one: Prose, found: re.Match[str], edition: Edition, known: Mapping[str, int]) -> bool:
    """Whether it is a name that is double and stands nowhere alone (Sara Sara), or the end of a clause (“is is”)."""
    word, second = found["word"], one.plain[found.end() - len(found["word"]) : found.end()]
    if word[0].isupper() and second == word and not word.isupper():
        return known[word] == len((word, second))
    ends = edition.language.startswith("en") and word == "is"
    return ends and bool(_CLAUSE.search(one.plain, max(0, found.start() - 80), found.start()))


def _marks(edition: Edition, one: Prose) -> Iterator[Problem]:
    for found in _MARKS.finditer(one.plain):
        fix = mending(edition, one, found.start(), found["mark"], found["one"])
        message = f"“{found['one']}” stands twice in a row."
        yield Problem(
            edition.place(one.path, found.start()), Severity.WARNING, NAME, message, "Take one of them out.", fix
        )


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
