"""A first paragraph -> the place and the day that stand before it, and the rest: ``Lima, 13 June 2025 - ...``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsletter.nouns.draft import PartialDate
from newsletter.texts.facts import stated

_LONGEST = 90  # characters up to its dash
_BREAK = re.compile(r"\s*(?:\.\s?[-–—]+|\s[-–—]{1,2}|[—]|[-–]{2})\s*(?=\S)")
_AGENCY = re.compile(r"\s*[(\[][^()\[\]]{2,40}[)\]]")
_SMALL = frozenset("de del la las los el of the da do dos upon sur am an der y and".split())  # noqa: SIM905 - a list of words
_PLACE = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,4}")
MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before an article's first sentence."""

    place: str
    date: PartialDate | None
    rest: str


def dateline(paragraph: str, language: str) -> Dateline | None:
    """The dateline of a paragraph, None where it has none; a day without its year gets the year 0."""
    found = _BREAK.search(paragraph, 0, _LONGEST)
    if not found or not found.start():
        return None
    head = paragraph[: found.start()]
    plain = _AGENCY.sub("", head).strip(" ,.")
    days = [one for one in stated(plain, language) if any(isinstance(mean, tuple) for mean in one.means)]
    date = _day(days[0].means) if days else None
    before = plain[: days[0].offset].rstrip(" ,.") if days else plain
    pieces = [piece.strip() for piece in before.split(",")]
    known = bool(date) or _AGENCY.search(head) is not None or pieces[0].isupper()
    if not known or len(pieces) > MOST_PARTS or not all(map(_is_place, pieces)):
        return None
    return Dateline(_cased(pieces[0]), date, paragraph[found.end() :])


def _day(means: frozenset[str | tuple[int, int, int]]) -> PartialDate:
    days = sorted(one for one in means if isinstance(one, tuple))
    return PartialDate(*days[0])


def _is_place(words: str) -> bool:
    """Whether words may name a place: each with a capital, but for the small ones between."""
    if not _PLACE.fullmatch(words):
        return False
    return words[0].isupper() and all(word[0].isupper() or word in _SMALL for word in words.split())


def _cased(place: str) -> str:
    """A place as one writes it: ``SAN JOSÉ`` is San José."""
    if not place.isupper() or len(place) <= len("UK"):
        return place
    words = place.lower().split()
    return " ".join(word if word in _SMALL and number else _capital(word) for number, word in enumerate(words))


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
