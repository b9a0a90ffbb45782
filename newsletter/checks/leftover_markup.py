"""Stars, underscores and HTML that were meant to do something, and that readers would see as they stand."""

from __future__ import annotations

import datetime as dt
import re

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import spoken

NAME = "leftover-markup"
_TAG = re.compile(r"<[A-Za-z][A-Za-z0-9]*(?:\s[^<>\n]*)?/?>")
_STARS = re.compile(r"\*\*+|__+(?=\S)|(?<=\S)__+|~~|(?<![\w_@/])_(?=[^\W_]{2})(?![^_\n]*_)")
_HEADING = re.compile(r"^#{1,6}(?=[A-ZÁÉÍÓÚÑÄÖÜ¿¡]\w+ )")  # “#Perú” alone is a hashtag
HINTS = {
    "tag": "HTML is not read here. Bold is **two stars**, a link [words](https://...); an empty line begins a paragraph.",
    "stars": "They make words bold only as **a pair** that touches them, without a space inside.",
    "heading": "After the number signs of a heading stands a space: ### What Amnesty asks",
}


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each, at its place inside the text."""
    problems = []
    for edition in dossier.editions:
        for words, path, offset in spoken(edition):
            found = [(tag, "tag") for tag in _TAG.finditer(words)]
            stars = _STARS.search(words)  # the first of a pair is enough
            if heading := _HEADING.match(words):
                found.append((heading, "heading"))
            for mark, kind in [*found, (stars, "stars")] if stars else found:
                place = edition.place(path, offset + mark.start())
                message = f"Readers would see {mark[0]} as it stands here."
                problems.append(Problem(place, Severity.WARNING, NAME, message, HINTS[kind]))
    return problems
