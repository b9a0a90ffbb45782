"""``templates/words/<language>.yaml`` -> Words: every fixed phrase of letters and pages, and dates as people say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from babel import Locale
from babel.dates import format_date

from newsletter.errors import ToMend
from newsletter.nouns.draft import IssueName, PartialDate
from newsletter.workspace import Workspace

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
        said = format_date(day, self.phrases[pattern], locale=self._locale)
        return said.replace(" ", NO_BREAK)

    def month(self, issue: IssueName) -> str:
        """An issue's month with its year: ``July 2025``."""
        return self.date(PartialDate(issue.year, issue.month))

    def month_name(self, issue: IssueName) -> str:
        """An issue's month alone, as a heading says it: ``July``."""
        name = format_date(dt.date(issue.year, issue.month, 1), "LLLL", locale=self._locale)
        return name[:1].upper() + name[1:]

    def weekday(self, day: dt.date) -> str:
        """The day of the week: ``Thursday``."""
        name = format_date(day, "EEEE", locale=self._locale)
        return name[:1].upper() + name[1:]

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.language.replace("-", "_"))


def read_words(workspace: Workspace, language: str) -> Words:
    """The words of a language, over the English ones. Raises NoWords, BrokenWords."""
    files = workspace.template_members("words")
    if language not in files:
        raise NoWords(language)
    first = _phrases(files[FIRST], workspace)
    return Words(language, first if language == FIRST else first | _phrases(files[language], workspace))


def _phrases(path: Path, workspace: Workspace) -> dict[str, str]:
    file = workspace.relative(path)
    try:
        found = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - knows strings, lists and mappings only
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BrokenWords(file, str(error).replace("\n", " ")) from None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise BrokenWords(file, "something other than words stands after a name")
    return found
