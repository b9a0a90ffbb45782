"""A text -> the numbers that are written in words in it, each with its place and its value (English, Spanish)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

TEN, HUNDRED, THOUSAND = 10, 100, 1000
ROUND = (HUNDRED, THOUSAND, 10**6, 10**9)


def _counted(words: str, start: int = 0, step: int = 1) -> dict[str, int]:
    """Words in their order, each with its number."""
    return {word: start + number * step for number, word in enumerate(words.split())}


def _hundreds(stems: dict[str, int], ending: str) -> dict[str, int]:
    """The Spanish hundreds, which go with a noun's gender."""
    return {f"{stem}{ending}{last}": value * HUNDRED for stem, value in stems.items() for last in ("os", "as")}


_ENGLISH = (
    _counted("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen")
    | _counted("seventeen eighteen nineteen", 17)
    | _counted("twenty thirty forty fifty sixty seventy eighty ninety", 2 * TEN, TEN)
    | {"hundred": HUNDRED, "thousand": THOUSAND, "million": 10**6, "billion": 10**9}
)
_SPANISH = (
    _counted("cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis")
    | _counted("diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco", 17)
    | _counted("veintiséis veintisiete veintiocho veintinueve", 26)
    | _counted("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 3 * TEN, TEN)
    | {"un": 1, "una": 1, "veintiún": 21, "veintiuna": 21, "cien": HUNDRED, "ciento": HUNDRED}
    | _hundreds({"doscien": 2, "trescien": 3, "cuatrocien": 4, "seiscien": 6, "ochocien": 8}, "t")
    | _hundreds({"quin": 5, "setec": 7, "novec": 9}, "ient")
    | {"mil": THOUSAND, "millón": 10**6, "millones": 10**6}
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in words; ``round`` is a word such as "a thousand" alone, said as often loosely as not."""

    start: int
    end: int
    value: int
    round: bool


@dataclass(frozen=True)
class _Way:
    """How a language writes numbers: its words, what joins them, and what may stand for one before a scale."""

    words: Mapping[str, int]
    joins: str
    one: tuple[str, ...]

    @property
    def scales(self) -> frozenset[str]:
        """The words that multiply."""
        return frozenset(word for word, value in self.words.items() if value >= THOUSAND or word == "hundred")

    def pattern(self) -> re.Pattern[str]:
        """One number: words of numbers, joined."""
        word = "|".join(sorted(map(re.escape, self.words), key=len, reverse=True))
        one = "|".join(self.one)
        return re.compile(
            rf"\b(?:(?:{one})\s+(?=(?:{'|'.join(sorted(self.scales))})\b))?(?:{word})(?:{self.joins}(?:{word}))*\b",
            re.IGNORECASE,
        )


_WAYS = {
    "en": _Way(_ENGLISH, r"(?:-|\s+and\s+|\s+)", ("an?",)),
    "es": _Way(_SPANISH, r"(?:\s+y\s+|\s+)", ("un",)),
}


def counts_in_words(language: str) -> bool:
    """Whether the language's numbers in words are known here."""
    return _short(language) in _WAYS


def scales(language: str) -> Mapping[str, int]:
    """The words that multiply a number in figures before them: ``2.4 million``."""
    way = _WAYS.get(_short(language))
    return {word: way.words[word] for word in way.scales} if way else {}


def numerals(text: str, language: str) -> Iterator[Numeral]:
    """The numbers in words of a text; none in a language whose numbers nobody has put down."""
    if not counts_in_words(language):
        return
    way = _WAYS[_short(language)]
    for found in _pattern(_short(language)).finditer(text):
        for words, start, end in _apart(found[0].lower(), found.start(), way):
            values = [way.words[word] for word in words]
            yield Numeral(start, end, _value(values), len(values) == 1 and values[0] in ROUND)


def _short(language: str) -> str:
    return language.partition("-")[0].lower()


@cache
def _pattern(language: str) -> re.Pattern[str]:
    return _WAYS[language].pattern()


def _apart(phrase: str, offset: int, way: _Way) -> Iterator[tuple[list[str], int, int]]:
    """The numbers of a phrase that looks like one: "twenty and thirty" are two, "four fifty" too."""
    words: list[str] = []
    start = end = 0
    for found in re.finditer(r"[^\W\d_]+", phrase):
        if found[0] not in way.words:
            continue
        if words and not _goes_on([way.words[word] for word in words], way.words[found[0]], way):
            yield words, start, end
            words = []
        start = start if words else offset + found.start()
        words.append(found[0])
        end = offset + found.end()
    if words:
        yield words, start, end


def _goes_on(before: list[int], value: int, way: _Way) -> bool:
    """Whether a word belongs to the number that the words before it began."""
    last = before[-1]
    if value >= THOUSAND:  # after anything smaller: two hundred thousand, dos mil millones
        return last < THOUSAND or last < value
    if last >= THOUSAND:
        return True
    if value == HUNDRED and "hundred" in way.words:
        return 0 < last < TEN
    return (last >= HUNDRED > value) or (2 * TEN <= last < HUNDRED and value < TEN)


def _value(values: list[int]) -> int:
    """What the words come to: smaller ones are added, a scale multiplies what stands before it."""
    total, part = 0, 0
    for value in values:
        if value >= THOUSAND:
            total += (part or 1) * value
            part = 0
        elif value == HUNDRED and 0 < part < TEN:
            part *= HUNDRED
        else:
            part += value
    return total + part
