"""``templates/words/<language>.yaml`` -> Words: every fixed phrase of letters and pages, and dates as people say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from babel import Locale
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

    def say(self, name: str, **values: object) -> str:
        """A phrase with its gaps filled; KeyError where there is no such phrase."""
        return self.phrases[name].format(**values)

    def __contains__(self, name: str) -> bool:
        return name in self.phrases

    def date(self, when: dt.date | PartialDate) -> str:
        """A date as one says it, joined by no-break spaces: ``13 June 2025``, ``June 2025``, ``2025``."""
        if isinstance(when, PartialDate) and not when.month:
            return str(when.year)
        day = dt.date(when.year, when.month, when.day or 1)
        pattern = "day_pattern" if when.day else "month_pattern"
        return _in_words(day, self.phrases[pattern], self.language).replace(" ", NO_BREAK)

    def month(self, issue: IssueName) -> str:
        """An issue's month with its year: ``July 2025``."""
        return self.date(PartialDate(issue.year, issue.month))

    def month_name(self, issue: IssueName) -> str:
        """An issue's month alone, as a heading says it: ``July``."""
        name = _in_words(dt.date(issue.year, issue.month, 1), "LLLL", self.language)
        return name[:1].upper() + name[1:]

    def weekday(self, day: dt.date) -> str:
        """The day of the week: ``Thursday``."""
        name = _in_words(day, "EEEE", self.language)
        return name[:1].upper() + name[1:]


def read_words(workspace: Workspace, language: str) -> Words:
    """The words of a language, over the English ones. Raises NoWords, BrokenWords."""
    files = workspace.template_members("words")
    if language not in files:
        raise NoWords(language)
    first = _phrases(files[FIRST], workspace)
    return Words(language, first if language == FIRST else first | _phrases(files[language], workspace))


@lru_cache(maxsize=512)
def _in_words(day: dt.date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=Locale.parse(language.replace("-", "_")))


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
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise ValueError("something other than words stands after a name")
    return found
