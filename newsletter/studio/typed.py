"""What was typed into a field -> the value for its file, or a question where it may mean several."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from newsletter.drafting import values
from newsletter.drafting.meant import date_meant, time_meant
from newsletter.nouns.draft import Kind

_SHORT = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{2})", re.ASCII)
_FIGURES = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
DATES = frozenset({Kind.DATE, Kind.PARTIAL_DATE, Kind.CLOSED})
MONTHS = 12
CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed may mean these days; she chooses."""

    days: tuple[dt.date, ...]


def typed(kind: Kind, text: str, year: int) -> str | dt.date | bool | Asked:
    """The value meant. What cannot be made out stays as it was typed: the checks tell what is wrong with it.

    ``year`` is the issue's, for a day without one.
    """
    if kind is Kind.MARKDOWN:
        return text.rstrip()
    text = text.strip()
    if kind in DATES:
        return _day(kind, text, year)
    if kind is Kind.FLAG and text in {"yes", "no"}:
        return text == "yes"
    if kind is Kind.TIME:
        return time_meant(text) or text
    return text


def _day(kind: Kind, text: str, year: int) -> str | dt.date | Asked:
    if _fits(kind, text):
        return text
    if both := _both(text):
        return Asked(both) if len(both) > 1 else both[0]
    meant_year, month, day = date_meant(text) or (0, 0, 0)
    if not month or not _there(meant_year or year, month, day):
        return text
    if not meant_year:
        return Asked((dt.date(year, month, day),))
    if day:
        return dt.date(meant_year, month, day)
    return f"{meant_year:04}-{month:02}" if kind is Kind.PARTIAL_DATE else text


def _fits(kind: Kind, text: str) -> bool:
    """Whether it can stand in the file as it was typed."""
    try:
        (values.partial_date if kind is Kind.PARTIAL_DATE else values.day)(text)
    except values.Unfit:
        return False
    return True


def _both(text: str) -> tuple[dt.date, ...]:
    """The days that figures alone may mean: 4/7/25 is in July for some, in April for others."""
    if short := _SHORT.fullmatch(text):
        text = f"{short[1]}/{short[3]}/{CENTURY + int(short[4])}"
    found = _FIGURES.fullmatch(text)
    if not found:
        return ()
    one, other, year = (int(part) for part in found.groups())
    meant = dict.fromkeys(((other, one), (one, other)))
    return tuple(dt.date(year, month, day) for month, day in meant if month <= MONTHS and _there(year, month, day))


def _there(year: int, month: int, day: int) -> bool:
    """Whether there is such a day, or month."""
    try:
        dt.date(year, month, day or 1)
    except ValueError:
        return False
    return True
