"""``templates/words/<language>.yaml`` -> Words: every fixed phrase of letters and pages, and dates as people say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from newsletter.errors import ToMend
from newsletter.nouns.draft import IssueName, PartialDate
from newsletter.workspace import Workspace, stamp

FIRST = "en"
NO_BREAK = "\u00a0"


class NoWords(ToMend):
    """There is no file of words for a language."""

    def __init__(self, language: str) -> None:
        super().__init__(
            f"There are no words for the language {language!r}.",
            f"Copy templates/words/{FIRST}.yaml to templates/words/{language}.yaml and translate it.",
        )


class BrokenWords(ToMend):
    """A file of words cannot be read."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: the words cannot be read: {reason}", "Each line should be: name: words")


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of one language; a phrase it lacks is said in English."""

    language: str
    phrases: Mapping[str, str]

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self.phrases["direction"]

    @property
    def marks(self) -> tuple[str, ...]:
        """The quotation marks: opening and closing, then those inside others; the outer with their space."""
        opening, closing, *inner = tuple(self.phrases["quotes"])
        space = self.phrases["quote_space"]
        return opening + space, space + closing, *inner

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

    def weekday(self, day: dt.date) -> str:
        """The day of the week: ``Thursday``."""
        name = self._in_words(day, "EEEE")
        return name[:1].upper() + name[1:]

    def last_day(self, day: dt.date) -> str:
        """A day that must not be missed, with its day of the week: ``30 September 2025 (Tuesday)``."""
        return f"{self.date(day)}{NO_BREAK}({self._in_words(day, 'EEEE')})"

    def _in_words(self, day: dt.date, pattern: str) -> str:
        return _in_words(day, pattern, self.phrases.get("calendar") or self.language)


def read_words(workspace: Workspace, language: str) -> Words:
    """The words of a language over the English ones, and a workspace's own over ours. Raises NoWords, BrokenWords."""
    phrases: dict[str, str] = {}
    for one in dict.fromkeys((FIRST, language)):
        files = [folder / "words" / f"{one}.yaml" for folder in reversed(workspace.template_folders)]
        there = [file for file in files if stamp(file)]
        if not there:
            raise NoWords(language)
        for file in there:
            phrases |= _phrases(file, workspace)
    return Words(language, phrases)


@lru_cache(maxsize=512)
def _in_words(day: dt.date, pattern: str, language: str) -> str:
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(FIRST)
    return format_date(day, pattern, locale=locale)


def _phrases(path: Path, workspace: Workspace) -> dict[str, str]:
    try:
        return _read(path, stamp(path))
    except ValueError as error:
        raise BrokenWords(workspace.relative(path), str(error).replace("\n", " ")) from None


@lru_cache(maxsize=32)
def _read(path: Path, _: Hashable) -> dict[str, str]:
    """The phrases of a file as it was at this stamp. Raises ValueError."""
    try:
        found = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - knows strings, lists and mappings only
    except yaml.YAMLError as error:
        raise ValueError(error) from None
    if not isinstance(found, dict):
        raise ValueError("it is no list of names and words")  # noqa: TRY004 - one kind for all that is wrong with it
    for name, words in found.items():
        if not isinstance(words, str):
            raise ValueError(f"something other than words stands after {name}")  # noqa: TRY004 - as above
        if name in _FORMS and not _FORMS[name](words):
            raise ValueError(f"{words!r} cannot stand after {name}; look how ours has it")
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
