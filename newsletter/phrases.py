"""``templates/words/<family>/<language>.yaml`` -> Phrases: what screens and pages say, in a language or else in English."""

from __future__ import annotations

import re
import warnings
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from markupsafe import Markup, escape

from newsletter.errors import ToMend
from newsletter.languages import full_name, locale, number
from newsletter.workspace import Workspace, stamp

FIRST = "en"
FOLDER = "words"
COUNT = "count"
"""The gap whose number chooses among the forms of a phrase that has several."""
FORMS = frozenset(("zero", "one", "two", "few", "many", "other"))
"""Plural forms as the Unicode CLDR names them; each language uses some, and every one ``other``."""
GAP = re.compile(r"\{(\w+)\}")

Phrase = str | Mapping[str, str]


class BrokenWords(ToMend):
    """A file of words cannot be read."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: the words cannot be read: {reason}", "Each line should be: name: words")


class Unsaid(UserWarning):
    """A phrase that is nowhere, or a gap that nobody filled: fails a test, and is no matter for who reads the page."""


warnings.filterwarnings("ignore", category=Unsaid, append=True)  # after the filters of whoever runs us: tests want it


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one family. ``language`` is the one they are in: English where a language has no file."""

    language: str
    said: Mapping[str, Phrase]
    left_out: tuple[BrokenWords, ...] = ()  # files of the workspace that cannot be read

    def say(self, phrase: str, /, **gaps: object) -> str:
        """A phrase with its gaps filled, its form chosen by ``count``; numbers are written as the language writes them.

        Markup is returned where a gap holds Markup: the phrase and its other gaps are escaped then.
        """
        if phrase not in self.said:
            warnings.warn(f"there is no phrase {phrase!r}", Unsaid, stacklevel=2)
            return phrase.replace("_", " ")
        words = self._form(self.said[phrase], gaps.get(COUNT))
        if any(isinstance(one, Markup) for one in gaps.values()):
            return Markup(GAP.sub(lambda gap: escape(self._filled(phrase, gap, gaps)), escape(words)))  # noqa: S704 - escaped
        return GAP.sub(lambda gap: self._filled(phrase, gap, gaps), words)

    def __contains__(self, phrase: str) -> bool:
        return phrase in self.said

    def _form(self, phrase: Phrase, count: object) -> str:
        if isinstance(phrase, str):
            return phrase
        form = locale(self.language).plural_form(count) if isinstance(count, int) else "other"
        return phrase.get(form, phrase["other"])

    def _filled(self, phrase: str, gap: re.Match[str], gaps: Mapping[str, object]) -> str:
        value = gaps.get(gap[1])
        if value is None:
            warnings.warn(f"the gap {gap[1]!r} of {phrase!r} is not filled", Unsaid, stacklevel=4)
            return "…"
        if isinstance(value, int) and not isinstance(value, bool):
            return number(value, self.language)
        return value if isinstance(value, str) else str(value)


def read_phrases(workspace: Workspace, family: str, language: str) -> Phrases:
    """The phrases of a family in a language over the English ones, and a workspace's own over ours."""
    found = nearest(workspace, family, language)
    said: dict[str, Phrase] = {}
    left_out = []
    for one in dict.fromkeys((FIRST, found)):
        for folder in reversed(workspace.template_folders):
            path = folder / FOLDER / family / f"{one}.yaml"
            if not stamp(path):
                continue
            try:
                said |= phrases_of(path, stamp(path))
            except ValueError as error:
                left_out.append(BrokenWords(workspace.relative(path), str(error).replace("\n", " ")))
    return Phrases(found, said, tuple(left_out))


def offered(workspace: Workspace, family: str) -> dict[str, str]:
    """The languages that a family is there in, each under its own name: ``{"en": "English", "es": "Español"}``."""
    names = {one: full_name(one, one) for one in workspace.template_members(f"{FOLDER}/{family}", ".yaml")}
    return {one: name[:1].upper() + name[1:] for one, name in names.items()}


def nearest(workspace: Workspace, family: str, language: str) -> str:
    """The language itself, or what stands before its region; English where there is a file for neither."""
    there = workspace.template_members(f"{FOLDER}/{family}", ".yaml")
    return next((one for one in (language, language.partition("-")[0]) if one in there), FIRST)


@lru_cache(maxsize=64)
def phrases_of(path: Path, _: Hashable) -> Mapping[str, Phrase]:
    """What a file of words held at this stamp. Raises ValueError."""
    found = strings(path.read_text("utf-8"))
    for name, words in found.items():
        if isinstance(words, dict) and "other" in words and words.keys() <= FORMS:
            wrong = any(not isinstance(one, str) for one in words.values())
        else:
            wrong = not isinstance(words, str)
        if wrong:
            raise ValueError(f"something other than words stands after {name}")
    return found


def strings(text: str) -> dict[str, Phrase]:
    """A YAML list of names and words, every one a text. Raises ValueError."""
    try:
        found = yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - knows strings, lists and mappings only
    except yaml.YAMLError as error:
        raise ValueError(error) from None
    if not isinstance(found, dict):
        raise ValueError("it is no list of names and words")  # noqa: TRY004 - one kind for all that is wrong with it
    return found


def gaps_of(phrase: Phrase) -> tuple[str, ...]:
    """The names of a phrase's gaps in all its forms, in the order of the alphabet."""
    forms: Sequence[str] = (phrase,) if isinstance(phrase, str) else tuple(phrase.values())
    return tuple(sorted({name for form in forms for name in GAP.findall(form)}))
