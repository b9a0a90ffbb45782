"""An issue, the days of the issues so far and the months of pause -> the pause that follows it, from day to day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from newsletter.drafting.rhythm import Beat, Rhythm, after, past_pause, rhythm
from newsletter.nouns.draft import IssueName, PartialDate


@dataclass(frozen=True, slots=True)
class Pause:
    """Months without an issue: the day on which one would have gone out, and that on which the next one does."""

    months: tuple[IssueName, ...]
    begins: dt.date
    ends: dt.date


def pause_after(issue: IssueName, days: Mapping[IssueName, dt.date], pause: Collection[PartialDate]) -> Pause | None:
    """The pause that begins in the month after an issue; None where there is none, and after a special."""
    following, months = past_pause(after(issue), pause)
    if issue.slug or not months:
        return None
    usual = rhythm(days) or Rhythm(Beat.LAST_DAY)
    return Pause(months, usual.day(months[0]), usual.day(following))
