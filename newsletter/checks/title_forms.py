"""A report's title in two forms: sources of one address that are called otherwise, titles that are nearly alike."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from newsletter.nouns.draft import Edition, Kind, Path, Source
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import prose, words

NAME = "title-forms"
HINT = "A title is given as it stands on the report: look it up, and write it the same everywhere."
REPORTS = ("report",)  # types whose title is a publication's
LEAST = 3  # words of a title that is compared by its likeness
ALIKE = 0.82  # of the characters of both
_ITALIC = re.compile(r"(?<![\w*])\*(?P<title>[^*\n]+(?:\n[^*\n]+)*)\*(?![\w*])")
_QUOTED = re.compile(r"[“«\"](?P<title>[^”»\"“«\n]+)[”»\"]")
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Title:
    """A title where it stands; ``url`` is where the publication can be read, as far as it is said there."""

    words: str
    edition: Edition
    path: Path
    offset: int = 0
    url: str = ""
    certain: bool = True  # that it is one: what stands between quotation marks may be a sentence

    @property
    def plain(self) -> str:
        """Its words without what writers do as they please: capitals, spaces, the mark at the end."""
        return " ".join(word.lower() for word, _ in words(self.words))


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning at the later of the two forms; earlier issues in its language are compared too."""
    return [problem for edition in dossier.editions for problem in _look_at(edition, dossier)]


def _look_at(edition: Edition, dossier: Dossier) -> Iterator[Problem]:
    earlier = [title for one in dossier.earlier if one.language == edition.language for title in _titles(one)]
    before = {title.plain: title for title in earlier}
    by_url = {title.url: title for title in earlier if title.url}
    for title in _titles(edition):
        other, plain = by_url.get(title.url) if title.url else None, title.plain
        if plain not in before:
            if other is None or other.plain == plain:
                other = _nearly(title, before)
            if other:
                yield _problem(title, other)
        before.setdefault(plain, title)
        if title.url:
            by_url.setdefault(title.url, title)


def _problem(title: Title, other: Title) -> Problem:
    place, there = (one.edition.place(one.path, one.offset) for one in (title, other))
    where = f"line {there.line}" if place.file == there.file else f"{there.file}, line {there.line}"
    message = f"“{title.words}” is called “{other.words}” in {where}."
    return Problem(place, Severity.WARNING, NAME, message, HINT)


def _titles(edition: Edition) -> Iterator[Title]:
    for section in edition.sections:
        if section.type.name in REPORTS and section.title:
            url = section.values.get("url")
            yield Title(section.title, edition, (*section.path, "title"), url=url if isinstance(url, str) else "")
        sources = section.values.get("sources")
        for number, source in enumerate(sources if isinstance(sources, tuple) else ()):
            if isinstance(source, Source) and not source.language:
                yield Title(source.title, edition, (*section.path, "sources", number, "title"), url=source.url)
    for one in prose(edition):
        for pattern, certain in ((_ITALIC, True), (_QUOTED, False)) if one.kind is Kind.MARKDOWN else ():
            for found in pattern.finditer(one.text):
                title = " ".join(found["title"].split())
                yield Title(title, edition, one.path, found.start("title"), certain=certain)


def _nearly(title: Title, before: Mapping[str, Title]) -> Title | None:
    """The first that is most likely the same: nearly its words, and the same figures (a yearly report has another each year)."""
    mine = title.plain
    figures = _FIGURES.findall(title.words)
    alike = SequenceMatcher(None, "", mine, autojunk=False)  # it keeps what it knows of the second
    for theirs, other in before.items():
        short, long = sorted((len(mine), len(theirs)))
        if short < ALIKE * long * 0.8 or not (title.certain or other.certain):
            continue
        if min(mine.count(" "), theirs.count(" ")) < LEAST - 1 or figures != _FIGURES.findall(other.words):
            continue
        alike.set_seq1(theirs)
        if alike.quick_ratio() >= ALIKE and alike.ratio() >= ALIKE:
            return other
    return None
