"""Kept sources and a section -> which of them stand behind it, and which of its facts, names and quotations they hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from newsletter.nouns.clipping import Clipping
from newsletter.nouns.draft import Edition, PartialDate, Path, Section, Source
from newsletter.reading.passages import links
from newsletter.texts.facts import Day, Fact, stated
from newsletter.texts.names import OPENERS, Name, everyday, lands, meant
from newsletter.texts.quotations import holds, letters

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_COUNTED = re.compile(r"\s+([^\W\d_]{3,})")
HALF_A_YEAR = 6  # months
_ALIKE = 4  # letters that a people's name has in common with its land's
_PEOPLE = re.compile(r"(?:an|ese|ish|i)s?$")


@dataclass(frozen=True, slots=True)
class Known:
    """What a source states, read once."""

    text: str
    facts: tuple[Fact, ...]
    numbers: frozenset[str]
    days: frozenset[Day]
    words: frozenset[str]
    letters: str


def behind(edition: Edition, kept: Iterable[Clipping]) -> dict[Path, tuple[Clipping, ...]]:
    """The sources behind each section: whose address it names or links to, or title, if there is none; those of its issue."""
    named: dict[Path, set[str]] = {section.path: set() for section in edition.sections}
    titled = {section.path: _titles(section) for section in edition.sections}
    for link in links(edition):
        named[link.path[:2]].add(_plain(link.url))
    whole = {one: _plain(one.address) if one.address else None for one in kept}
    return {
        path: tuple(
            one
            for one, address in whole.items()
            if edition.issue in one.issues
            or (address in addresses if address else one.title.casefold() in titled[path])
        )
        for path, addresses in named.items()
    }


def _titles(section: Section) -> frozenset[str]:
    """The titles of a section's sources that have no address, in small letters."""
    given = section.values.get("sources")
    sources = (one for one in (given if isinstance(given, tuple) else ()) if isinstance(one, Source))
    return frozenset(one.title.casefold() for one in sources if not one.url and not one.urls)


def _plain(url: str) -> str:
    """An address without what makes no difference: its scheme, ``www.``, a last slash, the place on the page."""
    try:
        found = urlsplit(url)
    except ValueError:
        return url
    query = f"?{found.query}" if found.query else ""
    return f"{found.netloc.lower().removeprefix('www.')}{found.path.rstrip('/')}{query}"


@lru_cache(maxsize=512)  # the same from section to section, and from one look of a preview to the next
def known(clipping: Clipping, language: str) -> Known:
    """What a source states; ``language`` is that of its text where it does not say so itself."""
    text = f"{clipping.title}\n\n{clipping.publisher}\n\n{clipping.place}\n\n{clipping.text}"
    facts = stated(text, clipping.language or language)
    means = {one for fact in facts for one in fact.means}
    days = {_with_year(one, clipping.date) for one in means if isinstance(one, tuple)}
    if clipping.date:
        days.add((clipping.date.year, clipping.date.month, clipping.date.day))
    numbers = {one for one in means if isinstance(one, str)} | {str(day[0]) for day in days if day[0]}
    words = {_bare(found[0]) for found in _WORD.finditer(text)}
    return Known(text, facts, frozenset(numbers), frozenset(days), frozenset(words), letters(text))


def _with_year(day: Day, published: PartialDate | None) -> Day:
    """A day that a source gives without its year is the one nearest to its publication."""
    year, month, number = day
    if year or not published or not published.month:
        return day
    apart = (month - published.month) + HALF_A_YEAR
    return published.year - (apart > 2 * HALF_A_YEAR) + (apart < 0), month, number


def holds_fact(source: Known, fact: Fact) -> bool:
    """Whether a source states a date, an hour or a number; a day that it gives without its year will do."""
    for one in fact.means:
        if isinstance(one, str):
            if one in source.numbers or (len(one) == len("23") and {f"19{one}", f"20{one}"} & source.numbers):
                return True
        elif any(_says(day, one) for day in source.days):
            return True
    return False


def _says(day: Day, asked: Day) -> bool:
    """Whether a day in a source is at least as exact as one asked for, and the same."""
    (year, *rest), (asked_year, *asked_rest) = day, asked
    same_year = not asked_year or year in (0, asked_year)
    return same_year and all(not two or one == two for one, two in zip(rest, asked_rest, strict=True))


def holds_quotation(source: Known, words: str) -> bool:
    """Whether a source holds a quotation letter for letter, but for what is marked as changed."""
    return holds(source.letters, words)


def lacking(name: Name, sources: Iterable[Known], familiar: frozenset[str], language: str) -> tuple[str, ...]:
    """The words of a name that are in no source; none where one source has all of them, or everybody knows them."""
    asked = [word for word in meant(name, language) if not _is_familiar(word, familiar, language)]
    missing: list[tuple[str, ...]] = [
        tuple(word for word in asked if not _has(source.words, word)) for source in sources
    ]
    return min(missing, key=len, default=())


def _is_familiar(word: str, familiar: frozenset[str], language: str) -> bool:
    small = _bare(word)
    if small in familiar or small in everyday(language) or small in lands(language) or len(small) == 1:
        return True
    return bool(_PEOPLE.search(small)) and small[:_ALIKE] in _starts(language)


@lru_cache(maxsize=32)
def _starts(language: str) -> frozenset[str]:
    """How the names of lands begin: their peoples are called alike."""
    return frozenset(land[:_ALIKE] for land in lands(language) if len(land) >= _ALIKE)


def _has(words: frozenset[str], word: str) -> bool:
    small = _bare(word)
    parts = [part for part in re.split(r"[-’']", small) if part]
    return (
        small in words
        or any(f"{small}{end}" in words for end in ("s", "es"))
        or small.removesuffix("s") in words
        or (len(parts) > 1 and all(part in words for part in parts))
    )


def _bare(word: str) -> str:
    """A word as it is compared: in small letters, without what shows an owner."""
    return re.sub(r"[’'](?:s)?$", "", unicodedata.normalize("NFC", word)).casefold()


def counted(text: str, fact: Fact) -> str:
    """The word after a number, which says what was counted; "" where none follows, or after a date or an hour."""
    if not any(isinstance(one, str) and ":" not in one for one in fact.means):
        return ""
    found = _COUNTED.match(text, fact.offset + len(fact.words))
    return found[1].casefold() if found and found[1].casefold() not in OPENERS else ""


def instead(source: Known, what: str) -> str:
    """What a source says of the same thing: ``1,400 people``; "" where it says nothing of it."""
    return next((f"{one.words} {what}" for one in source.facts if what and counted(source.text, one) == what), "")
