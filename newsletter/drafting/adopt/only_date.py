"""The text of an event -> its day, where it states one day and no other."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from itertools import product

from newsletter.drafting.adopt.tidy import squeezed
from newsletter.languages import locale

_LONGEST_AGO = 92  # days before the month begins: what is older is told, not news
_OF = r"(?:\s+(?:de|del|of)\s+|\s+)"


def only_date(text: str, language: str, year: int, month: int) -> dt.date | None:
    """The day, if it is not long before the month nor after it; a date without a year is the last such day."""
    last = (dt.date(year, month, 1) + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    found = {_day(one, language, last) for one in _dates(language).finditer(squeezed(text).replace("\n", " "))}
    if len(found) != 1:
        return None
    day = found.pop()
    first = dt.date(year, month, 1)
    return day if day and first - dt.timedelta(days=_LONGEST_AGO) <= day <= last else None


def _day(found: re.Match[str], language: str, last: dt.date) -> dt.date | None:
    month = _months(language)[(found["month"] or found["month2"]).lower()]
    number, year = int(found["day"] or found["day2"]), found["year"] or found["year2"]
    try:
        if year:
            return dt.date(int(year), month, number)
        day = dt.date(last.year, month, number)
        return day if day <= last else day.replace(year=last.year - 1)
    except ValueError:
        return None


@lru_cache(maxsize=16)
def _months(language: str) -> dict[str, int]:
    found = {"setiembre": 9} if language == "es" else {}
    for use, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
        for number, name in locale(language).months[use][width].items():
            found.setdefault(name.lower().rstrip("."), number)
    return found


@lru_cache(maxsize=16)
def _dates(language: str) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    range_before = r"(?<![\d–-])"
    return re.compile(
        rf"{range_before}\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|º|\.|er)?{_OF}(?P<month>{names})\b\.?(?:(?:{_OF}|,\s*)(?P<year>\d{{4}})\b)?"
        rf"|\b(?P<month2>{names})\b\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d–-])(?:,?\s+(?P<year2>\d{{4}})\b)?",
        re.IGNORECASE,
    )
