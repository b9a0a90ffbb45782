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
_CAPITAL = re.compile(r"[^\W\d_][\w]*(?:[’'\-](?=\w)[\w]+)*")
_START = re.compile(r"(?:^|[.!?:…]['’”\")»]*\s+|\n\s*\n\s*|\n\s*(?:[-*+>#]+|\d+[.)])\s+|[“\"«¿¡‘(\[–—•|]\s*|\A\W+)$")
_OWNER = re.compile(r"[’']s?$")
_OPENERS_WRITTEN = """
a an the this that these those it its he she they we i you his her their our my your there here when where who
what why how which while after before since until during in on at by for from to with without under over of as
and but or nor so yet if then now today yesterday only even also both all some many most more no not one two
three four five six seven eight nine ten each every another other such like among between against near inside
el la los las lo un una unos unas este esta estos estas ese esa esos esas aquel su sus mi nuestro nuestra y o pero
ni si que quien cuando donde como cual mientras desde hasta durante en con sin sobre tras ante bajo para por
de del al se le les hoy ayer ya también sólo solo cada otro otra otros otras todo toda todos todas más muy
dos tres cuatro cinco seis siete ocho nueve diez entre contra según
"""
OPENERS = frozenset(_OPENERS_WRITTEN.split())
"""Words with which sentences begin, and no name does."""
LOOKED_BACK = 40  # characters
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
        yield Name(words, start, _begins(text, start))


def capitals(name: str) -> tuple[str, ...]:
    """The words of a name without those that join them, and without what shows an owner."""
    found = (_OWNER.sub("", word) for word in name.split())
    return tuple(word for word in found if word and word not in _JOIN_WORDS)


def _begins(text: str, start: int) -> bool:
    """Whether what stands here begins a sentence."""
    before = text[max(0, start - LOOKED_BACK) : start]
    return bool(_START.search(before)) or (start < LOOKED_BACK and not before.strip())


def meant(name: Name, language: str) -> tuple[str, ...]:
    """The words of a name that count: where it begins a sentence, the first has its capital from that, it may be."""
    words = capitals(name.words)
    if not name.first or not words or not name.words.startswith(words[0]):
        return words
    alone = len(words) == 1 or name.words.split()[1:2] != list(
        words[1:2]
    )  # what follows is no name: "Ask the President"
    opener = alone or words[0].lower() in OPENERS or language.partition("-")[0] not in ("en", "es")
    shouted = len(words[0]) > 1 and words[0].isupper()
    return words[1:] if opener and not shouted else words


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
