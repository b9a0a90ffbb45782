"""A text in some language -> the dates and numbers that it states, so that two languages can be compared."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from newsletter.languages import locale
from newsletter.texts.numerals import numerals, scales

_FIGURE = re.compile(r"\d")
_SPACES = " \u00a0\u2009\u202f"
_NUMBER = re.compile(rf"(?<![\d.,/-])\d+(?:[.,٫٬'’{_SPACES}](?=\d{{3}}(?!\d))\d{{3}})*(?:[.,٫]\d+)?|\d+")
_HOUR = re.compile(
    r"(?<!\d)(\d{1,2})(?:[:.h]|\s?h\s?|\s?uhr\s?)(\d{2})(?!\d)\s*([ap])?\.?m?\b|(?<!\d)(\d{1,2})\s*([ap])\.?m\b",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<!\d)(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[./](\d{1,2})[./](\d{4}))(?!\d)")
_YEARS = re.compile(r"(?<=(1[89]|20)(\d\d)[-–/])(\d\d)(?![\d-])")
"""The second year of two: ``2022-23``."""
_ORDINAL = r"(?:st|nd|rd|th|er|ème|\.ª|\.º|[.ºª°])?"
_OF = r"(?:\s*,)?(?:\s+(?:de|del|of|di|d['’]))?\s+"
_TO = "to|and|al|a|y|e|au|et|bis|und"
_LAST_IN_WORDS = 12
"""Numbers up to here are written in words as often as in figures: they say nothing of drift."""

Day = tuple[int, int, int]
"""Year, month and day; 0 where it is not said."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A date or a number as it stands in a text, with all that it may mean: ``1.500`` is one and a half in some places."""

    words: str
    offset: int
    means: frozenset[str | Day]
    loose: bool = False  # a small or a round number in words, which states little: "two things", "a thousand ways"

    def agrees(self, other: Fact) -> bool:
        """Whether both may state the same; a date without its year agrees with one that has it."""
        if self.means & other.means:
            return True
        mine, theirs = ([one for one in fact.means if isinstance(one, tuple)] for fact in (self, other))
        return (
            any(_same_day(one, two) for one in mine for two in theirs)
            or _short_of(self, other)
            or _short_of(other, self)
        )


def facts(text: str, language: str, *, in_words: bool = True) -> Iterator[Fact]:
    """The dates, hours and numbers of a text; small numbers are left out, since many write them in words.

    Two languages are compared with ``in_words`` only where the numbers in words of both are known.
    """
    return (one for one in stated(text, language, in_words=in_words) if not one.loose and not one.means <= _SMALL)


@lru_cache(maxsize=4096)  # several checks look at the same texts
def stated(text: str, language: str, *, in_words: bool = True) -> tuple[Fact, ...]:
    """All dates, hours and numbers of a text, also the small ones and those in words."""
    return tuple(_stated(text, language, in_words=in_words))


def _stated(text: str, language: str, *, in_words: bool) -> Iterator[Fact]:
    plain = rest = _FIGURE.sub(lambda one: str(int(one[0])), text)  # of every script
    for pattern, meaning in (
        *(
            (_NUMERIC, _numeric),
            (_YEARS, _second_year),
            (_ranges(language), _in_words(language)),
            (_dates(language), _in_words(language)),
        ),
        (_HOUR, _hour),
        *([(_scaled(language), _times(language))] if in_words else []),
        (_NUMBER, lambda found: _readings(found[0])),
    ):
        kept, at = [], 0  # joined once a pattern: a long table has thousands of numbers
        for found in pattern.finditer(rest):
            means = meaning(found)
            if means:
                yield Fact(text[found.start() : found.end()].strip(), found.start(), means)
                kept += [rest[at : found.start()], " " * len(found[0])]
                at = found.end()
        rest = "".join([*kept, rest[at:]])
    for one in numerals(rest, language) if in_words else ():
        loose = one.round or one.value <= _LAST_IN_WORDS
        yield Fact(plain[one.start : one.end], one.start, frozenset({str(one.value)}), loose)


_SMALL = frozenset(map(str, range(_LAST_IN_WORDS + 1)))


def _same_day(one: Day, other: Day) -> bool:
    return all(a == b or not a or not b for a, b in zip(one, other, strict=True)) and bool(one[1] and other[1])


def _short_of(short: Fact, long: Fact) -> bool:
    """Whether one is the other without its century: ``the eighties``, ``2022-23``."""
    years = {f"{century}{one}" for one in short.means for century in (19, 20) if isinstance(one, str) and one.isdigit()}
    return bool({one for one in years if len(one) == len("2022")} & long.means)


def nearest_date(day: Day, to: dt.date) -> dt.date | None:
    """The date of a day; where no year is said, the one nearest to another. None where no calendar has it."""
    found = []
    for year in [day[0]] if day[0] else [to.year - 1, to.year, to.year + 1]:
        try:
            found.append(dt.date(year, day[1], day[2]))
        except ValueError:  # 31 June, or 29 February of a common year
            continue
    return min(found, key=lambda one: abs(one - to), default=None)


def _numeric(found: re.Match[str]) -> frozenset[str | Day]:
    if found[1]:
        return frozenset({(int(found[1]), int(found[2]), int(found[3]))})
    first, second, year = int(found[4]), int(found[5]), int(found[6])
    return frozenset({(year, second, first), (year, first, second)})


def _second_year(found: re.Match[str]) -> frozenset[str | Day]:
    return frozenset({f"{found[1]}{found[3]}"} if found[3] > found[2] else ())


def _hour(found: re.Match[str]) -> frozenset[str | Day]:
    hour, minute, half = int(found[1] or found[4]), int(found[2] or 0), (found[3] or found[5] or "").lower()
    if hour > 23 or minute > 59:  # noqa: PLR2004 - a clock
        return frozenset()
    hour = hour % 12 + 12 * (half == "p") if half else hour
    return (
        frozenset({f"{hour}:{minute:02}"})
        if found[4] or ":" in found[0] or half or "h" in found[0].lower()
        else frozenset()
    )


def _readings(raw: str) -> frozenset[str | Day]:
    """A number's meanings: ``1,500`` is 1500 or 1.5, ``1.234,5`` is 1234.5 alone."""
    parts = re.split(r"\D", raw)
    means: set[str | Day] = set()
    if len(parts) == 1 or all(len(part) == 3 for part in parts[1:]):  # noqa: PLR2004 - thousands
        means.add(_without_zeros("".join(parts)))
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:-1]):  # noqa: PLR2004 - thousands
        fraction = parts[-1].rstrip("0")
        means.add(f"{_without_zeros(''.join(parts[:-1]))}{'.' if fraction else ''}{fraction}")
    return frozenset(means or {raw})


def _without_zeros(figures: str) -> str:
    """As a number is written; ``int`` takes no more than 4,300 figures."""
    return figures.lstrip("0") or "0"


@lru_cache(maxsize=32)
def _months(language: str) -> dict[str, int]:
    """The names of the months, in small letters, with their number."""
    named = chain.from_iterable(
        locale(language).months[use][width].items()
        for use in ("format", "stand-alone")
        for width in ("abbreviated", "wide")
    )
    return {_small(name.rstrip(".")): number for number, name in named if not name.isdigit()}


def _small(name: str) -> str:
    """In small letters, those alike that a pattern takes for each other: the Turkish I, İ and ı are all i."""
    return name.replace("İ", "i").lower().replace("ı", "i").replace("ſ", "s")


@lru_cache(maxsize=32)
def _dates(language: str) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    month = rf"(?P<month>{names})\b\.?"
    return re.compile(
        rf"(?<![\d.,])(?P<before>\d{{1,2}}){_ORDINAL}{_OF}{month}(?:{_OF}(?P<year>\d{{4}})(?!\d))?"
        rf"|\b{month.replace('month', 'month2')}\s+(?P<after>\d{{1,2}}){_ORDINAL}(?!\d)(?:,?\s+(?P<year2>\d{{4}})(?!\d))?"
        rf"|\b{month.replace('month', 'month3')}{_OF}(?P<year3>\d{{4}})(?!\d)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=32)
def _ranges(language: str) -> re.Pattern[str]:
    """The first day of several in one month: ``10-13 November``, ``del 10 al 13 de noviembre``."""
    names = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    return re.compile(
        rf"(?<![\d.,])(?P<before>\d{{1,2}}){_ORDINAL}(?=(?:\s?[-–—]\s?|\s+(?:{_TO})\s+)\d{{1,2}}{_ORDINAL}{_OF}"
        rf"(?P<month>{names})\b\.?(?:{_OF}(?P<year>\d{{4}})(?!\d))?)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=32)
def _scaled(language: str) -> re.Pattern[str]:
    """A number in figures before a word that multiplies it: ``2.4 million``."""
    words = "|".join(scales(language)) or "(?!)"
    return re.compile(rf"(?<![\d.,/-])(?P<figures>\d+(?:[.,]\d+)*)\s+(?P<scale>{words})\b", re.IGNORECASE)


def _times(language: str) -> Callable[[re.Match[str]], frozenset[str | Day]]:
    known = scales(language)

    def meaning(found: re.Match[str]) -> frozenset[str | Day]:
        by = known[found["scale"].lower()]
        read = (Decimal(one) for one in _readings(found["figures"]) if isinstance(one, str))
        return frozenset(f"{(one * by).normalize():f}" for one in read)

    return meaning


def _in_words(language: str) -> Callable[[re.Match[str]], frozenset[str | Day]]:
    names = _months(language)

    def meaning(found: re.Match[str]) -> frozenset[str | Day]:
        said = {name.rstrip("23"): value for name, value in found.groupdict().items() if value}
        day = int(said.get("before") or said.get("after") or 0)
        return frozenset({(int(said.get("year", 0)), names[_small(said["month"])], day)})

    return meaning
