"""``templates/words/<language>.yaml`` -> Words: every fixed phrase of letters and pages, and dates as people say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date, get_timezone_location

from newsletter import time_zone
from newsletter.errors import ToMend
from newsletter.languages import bare, locale, number, same
from newsletter.nouns.draft import IssueName, PartialDate
from newsletter.phrases import FIRST, BrokenWords, strings
from newsletter.workspace import Workspace, stamp

OPTIONAL = ("first_day_pattern", "calendar")
"""Names that a language adds where its dates need it."""
NO_BREAK = "\u00a0"


class NoWords(ToMend):
    """There is no file of words for a language."""

    def __init__(self, language: str) -> None:
        super().__init__(
            f"There are no words for the language {language!r}.",
            f"Copy templates/words/{FIRST}.yaml to templates/words/{language}.yaml and translate it.",
        )


Marks = tuple[str, ...]
"""Quotation marks: opening and closing, then those inside others; the outer with their space."""


@dataclass(frozen=True, slots=True)
class Hand:
    """How running text is set: from which side, with which quotation marks, and with which in other languages."""

    direction: str
    marks: Marks
    elsewhere: tuple[tuple[str, Marks], ...] = ()

    def marks_in(self, language: str) -> Marks | None:
        """The quotation marks of another language, None where nobody has put its words down."""
        return next((marks for one, marks in self.elsewhere if same(one, language)), None)


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of one language; a phrase it lacks is said in English."""

    language: str
    phrases: Mapping[str, str]
    elsewhere: tuple[tuple[str, Marks], ...] = ()
    missing: tuple[str, ...] = ()  # phrases that its file lacks

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self.phrases["direction"]

    @property
    def marks(self) -> Marks:
        """Its quotation marks."""
        return _marks(self.phrases)

    @property
    def hand(self) -> Hand:
        """How its running text is set."""
        return Hand(self.direction, self.marks, self.elsewhere)

    def say(self, name: str, **values: object) -> str:
        """A phrase with its gaps filled; KeyError where there is no such phrase. Raises BrokenWords."""
        phrase = self.phrases[name]
        try:
            return phrase.format(**values)
        except (LookupError, ValueError, AttributeError):
            reason = f"the words {name!r} may only have the gaps {sorted(values)}"
            raise BrokenWords(f"templates/words/{self.language}.yaml", reason) from None

    def __contains__(self, name: str) -> bool:
        return name in self.phrases

    def date(self, when: dt.date | PartialDate) -> str:
        """A date as one says it, joined by no-break spaces: ``13 June 2025``, ``June 2025``, ``2025``."""
        if isinstance(when, PartialDate) and not when.month:
            return str(when.year)
        day = dt.date(when.year, when.month, when.day or 1)
        pattern = self.phrases["day_pattern" if when.day else "month_pattern"]
        if when.day == 1:
            pattern = self.phrases.get("first_day_pattern", pattern)
        return self._in_words(day, pattern).replace(" ", NO_BREAK)

    def month(self, issue: IssueName) -> str:
        """An issue's month with its year: ``July 2025``."""
        return self.date(PartialDate(issue.year, issue.month))

    def month_name(self, issue: IssueName) -> str:
        """An issue's month alone, as a heading says it: ``July``."""
        name = self._in_words(dt.date(issue.year, issue.month, 1), "LLLL")
        return name[:1].upper() + name[1:]

    def month_within(self, issue: IssueName) -> str:
        """An issue's month alone, within a sentence: ``julio``."""
        return self._in_words(dt.date(issue.year, issue.month, 1), "MMMM")

    def number(self, value: int) -> str:
        """A whole number as the language writes it: ``12,500``."""
        return number(value, self.calendar)

    def weekday(self, day: dt.date) -> str:
        """The day of the week: ``Thursday``."""
        name = self._in_words(day, "EEEE")
        return name[:1].upper() + name[1:]

    def weekday_within(self, day: dt.date) -> str:
        """The day of the week within a sentence: ``jueves``."""
        return self._in_words(day, "EEEE")

    def clock(self, whose: str) -> str:
        """On whose clock an hour is: ``London time`` for the zone Europe/London; words stay as they are."""
        name = bare(whose)
        if time_zone.zone(name) is None or name == time_zone.UTC:
            return whose
        return self.say("clock_of", place=_place_of(name, self.calendar))

    def last_day(self, day: dt.date) -> str:
        """A day that must not be missed, with its day of the week: ``30 September 2025 (Tuesday)``."""
        return f"{self.date(day)}{NO_BREAK}({self._in_words(day, 'EEEE')})"

    def _in_words(self, day: dt.date, pattern: str) -> str:
        return _in_words(day, pattern, self.calendar)

    @property
    def calendar(self) -> str:
        """The language whose names months and days get, and whose separators numbers."""
        return self.phrases.get("calendar") or self.language


def read_words(workspace: Workspace, language: str) -> Words:
    """The words of a language over the English ones, and a workspace's own over ours. Raises NoWords, BrokenWords."""
    phrases: dict[str, str] = {}
    own: dict[str, str] = {}
    for one in dict.fromkeys((FIRST, language)):
        files = [folder / "words" / f"{one}.yaml" for folder in reversed(workspace.template_folders)]
        there = [file for file in files if stamp(file)]
        if not there:
            raise NoWords(language)
        own = _own(there, workspace)
        phrases |= own
    missing = tuple(name for name in phrases if name not in own and name not in OPTIONAL) if language != FIRST else ()
    return Words(language, phrases, _elsewhere(workspace), missing)


def _own(files: Sequence[Path], workspace: Workspace) -> dict[str, str]:
    """What the files of one language hold, the later before the earlier."""
    return {name: words for file in files for name, words in _phrases(file, workspace).items()}


def _elsewhere(workspace: Workspace) -> tuple[tuple[str, Marks], ...]:
    """The quotation marks of every language there are words for; a file that cannot be read is its own language's trouble."""
    found = []
    for language, path in workspace.template_members("words", ".yaml").items():
        with suppress(ValueError, KeyError, OSError):
            found.append((language, _marks({"quote_space": "", **_read(path, stamp(path))})))
    return tuple(found)


def _marks(phrases: Mapping[str, str]) -> Marks:
    opening, closing, *inner = tuple(phrases["quotes"])
    space = phrases["quote_space"]
    return opening + space, space + closing, *inner


@lru_cache(maxsize=512)
def _in_words(day: dt.date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=locale(language))


@lru_cache(maxsize=64)
def _place_of(zone: str, language: str) -> str:
    """The place after which a zone is called, in a language: ``Londres``."""
    found = get_timezone_location(zone, locale=locale(language), return_city=True)
    return time_zone.place(found)


def _phrases(path: Path, workspace: Workspace) -> dict[str, str]:
    try:
        return _read(path, stamp(path))
    except ValueError as error:
        raise BrokenWords(workspace.relative(path), str(error).replace("\n", " ")) from None


@lru_cache(maxsize=32)
def _read(path: Path, _: Hashable) -> dict[str, str]:
    """The phrases of a file as it was at this stamp. Raises ValueError."""
    found: dict[str, str] = {}
    for name, words in strings(path.read_text("utf-8")).items():
        if not isinstance(words, str):
            raise ValueError(f"something other than words stands after {name}")  # noqa: TRY004 - one kind for all
        if name in _FORMS and not _FORMS[name](words):
            raise ValueError(f"{words!r} cannot stand after {name}; look how ours has it")
        found[name] = words
    return found


def _is_pattern(words: str) -> bool:
    try:
        return bool(format_date(dt.date(2025, 1, 1), words, locale=FIRST))
    except (ValueError, LookupError, AttributeError):
        return False


_FORMS: dict[str, Callable[[str], bool]] = {
    "direction": ("ltr", "rtl").__contains__,
    "quotes": lambda words: len(words) == len("“”‘’"),
    "day_pattern": _is_pattern,
    "first_day_pattern": _is_pattern,
    "month_pattern": _is_pattern,
}
"""Words that the program reads, and what they must be."""
