"""Stars, underscores and HTML that were meant to do something, and that readers would see as they stand."""

from __future__ import annotations

import datetime as dt
import re

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading import spoken

NAME = "leftover-markup"
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>\n]*)?/?>")
_STARS = re.compile(r"\*\*+|__+(?=\S)|(?<=\S)__+|~~")
HINTS = {
    "tag": "HTML is not read here. Bold is **two stars**, a link [words](https://...), a line break two lines.",
    "stars": "They make words bold only where they touch them: **like this**, with no space inside, and both ends there.",
}


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each, at its place inside the text."""
    problems = []
    for edition in dossier.editions:
        for words, path, offset in spoken(edition):
            for pattern, kind in ((_TAG, "tag"), (_STARS, "stars")):
                for found in pattern.finditer(words):
                    place = edition.place(path, offset + found.start())
                    message = f"Readers would see {found[0]} as it stands here."
                    problems.append(Problem(place, Severity.WARNING, NAME, message, HINTS[kind]))
    return problems
