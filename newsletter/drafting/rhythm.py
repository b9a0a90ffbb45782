"""The issues so far and their days -> the month of the next one and the day on which it goes out, and why that day."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from newsletter.nouns.draft import IssueName, PartialDate

RECENT = 6  # issues that tell the rhythm
WEEK = 7
FOURTH = 4  # every month has four of each day of the week


class Beat(StrEnum):
    """How a day of the month is told; of two that fit as many issues, the one that stands first here."""

    LAST_DAY = "last day"
    LAST_WEEKDAY = "last weekday"
    NTH_WEEKDAY = "nth weekday"
    SAME_DAY = "same day"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """On which day of a month issues go out: ``number`` is the day, or which of the weekdays (0 is Monday).

    ``ahead`` is 1 where an issue leaves in the month after its own, -1 where in the one before.
    """

    beat: Beat
    number: int = 0
    weekday: int = 0
    ahead: int = 0

    def day(self, issue: IssueName) -> dt.date:
        """The day for a month's issue."""
        month = after(issue, self.ahead)
        last = calendar.monthrange(month.year, month.month)[1]
        if self.beat is Beat.LAST_DAY:
            return dt.date(month.year, month.month, last)
        if self.beat is Beat.SAME_DAY:
            return dt.date(month.year, month.month, min(self.number, last))
        if self.beat is Beat.LAST_WEEKDAY:
            end = dt.date(month.year, month.month, last)
            return end - dt.timedelta(days=(end.weekday() - self.weekday) % WEEK)
        first = dt.date(month.year, month.month, 1)
        return first + dt.timedelta(days=(self.weekday - first.weekday()) % WEEK + WEEK * (self.number - 1))


def after(issue: IssueName, months: int = 1) -> IssueName:
    """The month so many months after an issue's; before it, where the number is negative."""
    count = issue.year * 12 + issue.month - 1 + months
    return IssueName(count // 12, count % 12 + 1)


def next_issue(names: Sequence[IssueName], usual: Rhythm | None, today: dt.date) -> IssueName:
    """The month after the newest monthly issue, this month where there is none; after a special, the first that leaves later."""
    usual = usual or Rhythm(Beat.LAST_DAY)
    months = [after(name) for name in names if not name.slug]
    for name in names:
        own = IssueName(name.year, name.month)
        if name.slug:
            months.append(own if usual.day(own) > _special_day(name) else after(own))
    return max(months, default=IssueName(today.year, today.month))


def _special_day(name: IssueName) -> dt.date:
    last = calendar.monthrange(name.year, name.month)[1]
    return dt.date(name.year, name.month, min(name.day, last))


def past_pause(issue: IssueName, pause: Collection[PartialDate]) -> tuple[IssueName, tuple[IssueName, ...]]:
    """The first month from this one on that has an issue, and the months that are left out before it."""
    skipped = []
    while PartialDate(issue.year, issue.month) in pause:
        skipped.append(issue)
        issue = after(issue)
    return issue, tuple(skipped)


def rhythm(days: Mapping[IssueName, dt.date]) -> Rhythm | None:
    """What most of the last six monthly issues have in common, else the day of the newest; None where there is none."""
    monthly = sorted(name for name in days if not name.slug)
    if not monthly:
        return None
    newest = monthly[-1]
    ahead = _ahead(newest, days[newest])
    recent = [days[name] for name in monthly[-RECENT:] if _ahead(name, days[name]) == ahead]
    fitting = Counter(beat for day in recent for beat in _beats(day))
    often = [beat for beat, times in fitting.items() if times > max(1, len(recent) / 2)]
    order = list(Beat)
    best = min(often, key=lambda one: (-fitting[one], order.index(one.beat)), default=None)
    return replace(best or _like(days[newest]), ahead=ahead)


def _ahead(issue: IssueName, day: dt.date) -> int:
    return (day.year - issue.year) * 12 + day.month - issue.month


def _beats(day: dt.date) -> Iterator[Rhythm]:
    left = calendar.monthrange(day.year, day.month)[1] - day.day
    if not left:
        yield Rhythm(Beat.LAST_DAY)
    if left < WEEK:
        yield Rhythm(Beat.LAST_WEEKDAY, weekday=day.weekday())
    number = (day.day - 1) // WEEK + 1
    if number <= FOURTH:
        yield Rhythm(Beat.NTH_WEEKDAY, number, day.weekday())
    yield Rhythm(Beat.SAME_DAY, day.day)


def _like(day: dt.date) -> Rhythm:
    """One issue alone tells its day of the month only."""
    beats = list(_beats(day))
    return beats[0] if beats[0].beat is Beat.LAST_DAY else beats[-1]
