"""Limits and what left of late -> whether the next letter may leave now, how long to wait, or that it is enough for today.

``take`` is asked before each letter, and ``slow_down`` is told when the server asks for patience. What left before, in
any run and of any issue, counts (L2, L3).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

from newsletter.delivery.pace.limits import Limits, limits
from newsletter.delivery.pace.past import DAY, Past, past
from newsletter.delivery.pace.window import Window
from newsletter.errors import OutsideFailed
from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings
from newsletter.store.database import Database
from newsletter.workspace import Workspace

PATIENCE = 600  # seconds that a run waits for the day's limit to let another through, rather than end
SLOWEST = 64  # times slower than at first, and no more
RECOVERY = 600  # seconds without a complaint, after which the pace doubles again
DEAF = 30  # seconds after slowing down in which complaints are about letters that were on their way before
_GENTLE = 1.0  # seconds from letter to letter that slowing down begins with where there is no pace at all
_HOUR, _SET_BACK = 3600, 60
_SECOND = 1_000_000  # time is counted in whole microseconds here: in fractions a third of a second falls short
_MICRO = dt.timedelta(microseconds=1)
_BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class DailyLimit(OutsideFailed):
    """As many letters have left in the last 24 hours as may."""

    def __init__(self, issue: IssueName, limit: int, at: dt.datetime) -> None:
        super().__init__(
            f"{limit} letters have left within a day, and more are not allowed by NEWSLETTER_SMTP_PROFILE. The rest is"
            f" deferred; go on at {at:%Y-%m-%d %H:%M} or later.",
            f"Then: newsletter send {issue} --for-real",
        )
        self.at = at


class Allowance:
    """What may still leave. Connections share it, by turns in one thread.

    ``take`` says None where a letter may leave now, and has then counted it; or how long to wait before asking again.
    ``connections`` and ``per_connection`` say how many connections at once, and how many letters through each.
    """

    def __init__(
        self, issue: IssueName, known: Limits, recall: Callable[[dt.datetime], Past], now: dt.datetime
    ) -> None:
        self.limits = known
        self.connections, self.per_connection = known.connections, known.per_connection
        self._issue, self._recall = issue, recall
        self._day = Window(DAY * _SECOND, known.per_day) if known.per_day else None
        self._new = Window(DAY * _SECOND, known.new_a_day) if known.new_a_day else None
        self._hour = Window(_HOUR * _SECOND, known.hour) if known.hour else None
        self._free = not (known.interval or self._day or self._new or self._hour)  # as long as the server has no wish
        self._slower, self._slowed_at = 1, 0
        self._last = self._latest = 0
        self._begin(now)

    def take(self, now: dt.datetime, *, new: bool = True) -> dt.timedelta | None:
        """Count a letter and say None, or say how long to wait before asking again; ``new``: never written to before.

        Raises DailyLimit where no wait of this run's would do, with the time at which it goes on.
        """
        moment = _moment(now)
        if self._free and self._slower == 1:
            self._last = self._latest = moment
            return None
        if moment < self._latest - _SET_BACK * _SECOND:
            self._begin(now)
        self._latest = moment
        wait = max(self._spacing(moment), self._for_the_day(now, new=new))
        if wait > 0:
            return wait * _MICRO
        self._last = moment
        for one in (self._hour, self._day, self._new if new else None):
            if one:
                one.add(moment)
        return None

    def slow_down(self, now: dt.datetime) -> None:
        """Take half the pace: the server has asked for patience (421, 4.7.x). It doubles again after a while."""
        moment = _moment(now)
        if 0 <= moment - self._slowed_at < DEAF * _SECOND:
            return
        self._slower = min(SLOWEST, self._times_slower(moment) * 2)
        self._slowed_at = moment

    def interval(self, now: dt.datetime) -> float:
        """Seconds from letter to letter as they are kept at this moment; 0 where there is no pace."""
        return self._interval(_moment(now)) / _SECOND

    def _begin(self, now: dt.datetime) -> None:
        """Count anew what left: at the start, and when the clock was set back."""
        moment, left = _moment(now), self._recall(now)
        for window, letters in ((self._day, left.letters), (self._hour, left.letters), (self._new, left.new)):
            if window:
                window.fill([(at * _SECOND, number) for at, number in letters], moment)
        self._last = min(left.letters[-1][0] * _SECOND, moment) if left.letters else 0
        self._slowed_at = min(self._slowed_at, moment)

    def _spacing(self, moment: int) -> int:
        """An even pace keeps a minute's and a second's limit without a memory of its own."""
        even = self._last + self._interval(moment) - moment
        return max(even, self._hour.free_in(moment) if self._hour else 0, 0)

    def _for_the_day(self, now: dt.datetime, *, new: bool) -> int:
        wait = 0
        for window in (self._day, self._new if new else None):
            free = window.free_in(_moment(now)) if window else 0
            if window and free > PATIENCE * _SECOND:
                raise DailyLimit(self._issue, window.limit, now + free * _MICRO)
            wait = max(wait, free)
        return wait

    def _interval(self, moment: int) -> int:
        slower = self._times_slower(moment)
        usual = self.limits.interval or (_GENTLE / 2 if slower > 1 else 0.0)
        return math.ceil(usual * _SECOND) * slower

    def _times_slower(self, moment: int) -> int:
        quiet = max(0, (moment - self._slowed_at) // (RECOVERY * _SECOND))
        return max(1, self._slower >> min(quiet, SLOWEST))


def _moment(now: dt.datetime) -> int:
    return (now - _BEGINNING) // _MICRO


def allowance(
    issue: IssueName, settings: Settings, database: Database, now: dt.datetime, workspace: Workspace | None = None
) -> Allowance:
    """What may leave by NEWSLETTER_SMTP_PROFILE, after all that has left. Raises NoSuchPace, BrokenPace, LimitOfAnother."""
    known = limits(settings, workspace)

    def recall(moment: dt.datetime) -> Past:
        return past(database, moment, workspace, strangers=known.new_a_day is not None)

    return Allowance(issue, known, recall, now)
