"""Dates with a day of the week that is not theirs: “Friday 5 July 2025”, which is a Saturday; days that there are not: “31 June”."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from newsletter.languages import locale
from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import BLANK, Prose, prose
from newsletter.texts.facts import Fact, facts, nearest_date

NAME = "weekday"
HINT = "One of the two is wrong: look up which, and mend it."
_BETWEEN = r"[\s,\0]*(?:(?:the|el|día|le|den|der|dem|il|o|dia|al|del|de|due)\s+)?$"
_AFTER = r"^[\s\0]*[,(]?[\s\0]*(?:(?:an?|un|ein)\s+)?"
Days = dict[str, int]
_LATE = re.compile(r"\b(?:29|3\d)\b")
LEAP = 2024


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error where there is no such day, or the date has its year; a warning where it has none, and the nearest to ``send_on`` is meant. No mending: nobody knows which is right."""
    return [problem for edition in dossier.editions for one in prose(edition) for problem in _look_at(edition, one)]


def _look_at(edition: Edition, one: Prose) -> Iterator[Problem]:
    text = one.plain.replace(BLANK, " ")
    named = _named(edition.language)
    if not named.any.search(text) and not _LATE.search(text):
        return
    for fact in facts(text, edition.language):
        if _is_none(fact):
            message = f"There is no {' '.join(fact.words.split()).rstrip('.')}."
            yield Problem(
                edition.place(one.path, fact.offset), Severity.ERROR, NAME, message, "Look the day up, and mend it."
            )
        days = [mean for mean in fact.means if isinstance(mean, tuple) and mean[1] and mean[2]]
        said = _weekday(named, text, fact) if days else None
        dates = [when for day in days if (when := nearest_date(day, edition.send_on))]
        if said and dates and all(when.weekday() != said[2] for when in dates):
            word, offset, _ = said
            right = locale(edition.language).days["stand-alone"]["wide"][dates[0].weekday()]
            year, severity = ("", Severity.ERROR) if days[0][0] else (f" in {dates[0].year}", Severity.WARNING)
            message = f"“{fact.words.rstrip('.')}” is “{right}”{year}, not “{word}”."
            yield Problem(edition.place(one.path, offset), severity, NAME, message, HINT)


def _is_none(fact: Fact) -> bool:
    """Whether a date with its month in words is in no calendar; 29 February without a year is in some."""
    for day in fact.means:
        if isinstance(day, tuple) and day[1] and day[2] and any(one.isalpha() for one in fact.words):
            try:
                dt.date(day[0] or LEAP, day[1], day[2])
            except ValueError:
                return True
    return False


class _Named:
    """The patterns with which a language's days of the week are found before and after a date."""

    def __init__(self, days: Days) -> None:
        self.days = days
        names = "|".join(sorted(map(re.escape, days), key=len, reverse=True))
        self.any = re.compile(rf"\b(?:{names})\b", re.IGNORECASE)
        self.before = re.compile(rf"\b(?P<day>{names})\b(?:(?<=\b...)\.)?{_BETWEEN}", re.IGNORECASE)
        self.after = re.compile(rf"{_AFTER}(?P<day>{names})\b(?=\s*(?:[,.;:!?)\0]|$))", re.IGNORECASE)


@lru_cache(maxsize=32)
def _named(language: str) -> _Named:
    """Their names from Babel; the short ones only where they are no other words (“mar”, “sat”)."""
    days: Days = {}
    for use in ("format", "stand-alone"):
        for number, name in locale(language).days[use]["wide"].items():
            days[name.lower()] = number
            days[name.lower().removesuffix("-feira")] = number  # terça-feira is terça as well
    if language.startswith("en"):
        days |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thurs": 3, "fri": 4}
    return _Named(days)


def _weekday(named: _Named, text: str, fact: Fact) -> tuple[str, int, int] | None:
    """The day of the week that stands just before a date or just after it: its word, its offset, its number."""
    near = max(0, fact.offset - 40)
    found, base = named.before.search(text[near : fact.offset]), near
    if not found:
        base = fact.offset + len(fact.words)
        found = named.after.search(text[base : base + 40])
    return (found["day"], base + found.start("day"), named.days[found["day"].lower()]) if found else None
