"""A text -> the proper names in it, each with its place, as capital letters tell them; and the words that no name is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from newsletter.languages import locale

WITHOUT = ("de", "lb")
"""Languages that write every noun with a capital, which then tells nothing."""
_JOINS = "of|the|for|and|on|in|de|del|la|las|los|el|y|e|da|do|dos|das|van|von|der|bin|ibn|al|du|des|le|et|para|por"
_WORD = r"(?:\d+(?:st|nd|rd|th)\s+)?[^\W\d_a-zß-öø-ÿ][\w]*(?:[’'\-.](?=\w)\w+)*"
_CAPITAL = re.compile(r"[^\W\d_][\w]*(?:[’'\-](?=\w)[\w]+)*")
_START = re.compile(r"(?:^|[.!?:…]['’”\")»]*\s+|\n\s*\n\s*|\n\s*(?:[-*+>#]+|\d+[.)])\s+|[“\"«¿¡‘(\[–—•|]\s*|\A\W+)$")
_OWNER = re.compile(r"[’']s?$")
_JOIN_WORDS = frozenset(_JOINS.split("|"))


@dataclass(frozen=True, slots=True)
class Name:
    """A phrase of words with capitals; ``first`` says that it begins a sentence, where any word has one."""

    words: str
    offset: int
    first: bool


def names(text: str, language: str) -> Iterator[Name]:
    """The proper names of a text; none in a language or a script that does not tell them apart."""
    if language.partition("-")[0] in WITHOUT:
        return
    run: list[re.Match[str]] = []
    for found in _CAPITAL.finditer(text):
        between = text[run[-1].end() : found.start()] if run else ""
        if run and not _joins(between):
            yield from _named(text, run)
            run = []
        if found[0][0].isupper() or (run and found[0] in _JOIN_WORDS):
            run.append(found)
        elif run:
            yield from _named(text, run)
            run = []
    if run:
        yield from _named(text, run)


def _joins(between: str) -> bool:
    """Whether a phrase goes on over what stands between two words: one space, or one line's end."""
    return bool(re.fullmatch(r"[ \u00a0]|\n[ ]*", between))


def _named(text: str, run: list[re.Match[str]]) -> Iterator[Name]:
    while run and run[-1][0] in _JOIN_WORDS:
        run = run[:-1]
    if not run:
        return
    start, end = run[0].start(), run[-1].end()
    words = _OWNER.sub("", re.sub(r"\s+", " ", text[start:end]))
    if len(words) > 1:
        yield Name(words, start, bool(_START.search(text[max(0, start - 40) : start])) or not text[:start].strip())


def capitals(name: str) -> tuple[str, ...]:
    """The words of a name without those that join them, and without what shows an owner."""
    found = (_OWNER.sub("", word) for word in name.split())
    return tuple(word for word in found if word and word not in _JOIN_WORDS)


@lru_cache(maxsize=32)
def everyday(language: str) -> frozenset[str]:
    """Words with a capital that are nobody's name: months, days of the week, languages; in small letters."""
    known = locale(language)
    dates = (
        names.values()
        for kind in (known.months, known.days)
        for widths in kind.values()
        for width, names in widths.items()
        if width in ("wide", "abbreviated")
    )
    spoken = (str(name).split() for name in known.languages.values())
    return frozenset(word.rstrip(".").lower() for word in chain(*dates, *spoken))


@lru_cache(maxsize=32)
def lands(language: str) -> frozenset[str]:
    """The words of the names of countries and regions of the world, in small letters."""
    return frozenset(chain.from_iterable(str(name).lower().split() for name in locale(language).territories.values()))
