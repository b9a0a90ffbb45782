"""Text that stood word for word in the issue before, or stands twice in this one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from newsletter.nouns.draft import Edition, Kind, Section
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import TO_WRITE, Prose, prose, sentences, words

NAME = "repeated-text"
LEAST = 12  # words of a sentence; shorter ones are said again in good faith
_SPLIT = re.compile(r"\n\s*\n")
Seen = dict[tuple[str, ...], tuple[Edition, Prose, int]]
"""A sentence's words, and where it stood first."""


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning at the first sentence of at least twelve words that is the same, once a paragraph; an ask that is carried on (the same ``id`` or address) may say the same."""
    return [problem for edition in dossier.editions for problem in _look_at(edition, _before(edition, dossier))]


def _before(edition: Edition, dossier: Dossier) -> Edition | None:
    same = [one for one in dossier.earlier if one.language == edition.language]
    return max(same, key=lambda one: one.issue, default=None)


def _look_at(edition: Edition, before: Edition | None) -> Iterator[Problem]:
    seen: Seen = {}
    carried: set[str] = set()
    if before:
        carried = {name for section in before.sections for name in _called(section)}
        for one in prose(before):
            for start, said in _sentences(one):
                seen.setdefault(said, (before, one, start))
    for one in prose(edition):
        if one.kind is Kind.MARKDOWN and not (one.section and carried & _called(one.section)) and not one.quoted:
            yield from _in_text(edition, one, seen)


def _called(section: Section) -> set[str]:
    """By what an ask is known as the same in a later issue: its id, else its address."""
    url = section.values.get("url") if section.type.ask else None
    return {name for name in (section.id or url,) if isinstance(name, str) and name}


def _in_text(edition: Edition, one: Prose, seen: Seen) -> Iterator[Problem]:
    paragraph = -1  # the one that has been told of
    for start, said in _sentences(one):
        if re.search(TO_WRITE, one.text[max(0, start - 12) : start + 12]):
            continue  # told as such already
        there = seen.setdefault(said, (edition, one, start))
        if there == (edition, one, start):
            continue
        here = len(_SPLIT.findall(one.text, 0, start))
        if here != paragraph:
            paragraph = here
            yield _problem(edition, one, start, there)


def _problem(edition: Edition, one: Prose, start: int, there: tuple[Edition, Prose, int]) -> Problem:
    other, text, offset = there
    place = other.place(text.path, offset)
    which = "further up in this issue" if other is edition else "in the issue before"
    message = f"This stood word for word {which}: {place.file}, line {place.line}."
    hint = "Say what is new, or take it out." if other is not edition else "Take one of them out."
    return Problem(edition.place(one.path, start), Severity.WARNING, NAME, message, hint)


def _sentences(one: Prose) -> Iterator[tuple[int, tuple[str, ...]]]:
    for start, end in sentences(one.plain):
        found = words(one.plain[start:end])
        if len(found) >= LEAST:
            yield start + found[0][1], tuple(word.lower() for word, _ in found)
