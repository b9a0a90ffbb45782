"""How many people, limits, what left of late and the time -> Plan: how long it takes, in days and by the clock (L2, L7)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from newsletter.delivery.pace.limits import Limits
from newsletter.delivery.pace.past import DAY, Past
from newsletter.delivery.pace.window import Window

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sending will go. Times are in the zone of the time that was given; None where nobody can know."""

    people: int
    limits: Limits
    today: int  # how many of them leave with this command
    days: int
    ends: dt.datetime | None  # when the last of today's leaves; None at a server's own speed
    resumes: dt.datetime | None  # when the next command has to be given; None where this one is enough
    last: dt.datetime | None  # when the last of all leaves, about
    correction_today: bool  # whether a correction to the same people would fit into the same day
    left: int  # of late, within a day

    def as_dict(self) -> dict[str, object]:
        """What scripts read."""
        return {
            "people": self.people,
            "profile": self.limits.profile,
            "a_day": self.limits.per_day,
            "a_minute": round(60 / self.limits.interval) if self.limits.interval else None,
            "left_within_a_day": self.left,
            "today": self.today,
            "days": self.days,
            "ends": self.ends.isoformat(timespec="seconds") if self.ends else None,
            "resumes": self.resumes.isoformat(timespec="seconds") if self.resumes else None,
            "last": self.last.isoformat(timespec="seconds") if self.last else None,
            "correction_today": self.correction_today,
            "fit_for_lists": self.limits.fit,
        }


def plan(people: int, limits: Limits, left: Past, now: dt.datetime, *, new: int = 0) -> Plan:
    """``new`` of the people were never written to before; what left is as ``past`` counts it."""
    moment = int(now.timestamp())
    day, strangers = _window(limits.per_day, left.letters, moment), _window(limits.new_a_day, left.new, moment)
    if day and limits.interval * day.limit >= DAY and day.room(moment) == day.limit:
        day = None  # so slow that the first have left a day ago before the limit is reached
    today, daily = people, people
    if day:
        today, daily = min(people, day.room(moment)), min(people, day.limit)
    if strangers and new:
        # They come in any order, so the run ends at the first of them who is too many.
        today = min(today, people * strangers.room(moment) // new)
        daily = max(1, min(daily, people * strangers.limit // new))
    rest = people - today
    commands = -(-rest // daily) if rest else 0
    resumes = _resumes(today, [one for one in (day, strangers if new else None) if one], now) if rest else None
    ends = _after(now, _lasts(today, limits, left, moment)) if today else None
    last = ends
    if resumes:
        length = _lasts(rest - (commands - 1) * daily, limits, Past(), moment)
        last = _after(resumes + dt.timedelta(days=commands - 1), length)
    return Plan(
        people=people,
        limits=limits,
        today=today,
        days=max(1, commands + (1 if today else 0)),
        ends=ends,
        resumes=resumes,
        last=last,
        correction_today=not rest and (day is None or day.room(moment) >= 2 * people),
        left=sum(number for _, number in left.letters),
    )


def _window(limit: int | None, left: tuple[tuple[int, int], ...], moment: int) -> Window | None:
    if limit is None:
        return None
    window = Window(DAY, limit)
    window.fill(left, moment)
    return window


def _resumes(today: int, windows: list[Window], now: dt.datetime) -> dt.datetime:
    """When the first of those that have left by then is a day old."""
    moment = int(now.timestamp())
    for one in windows:
        if number := min(today, one.room(moment)):
            one.add(moment, number)
    return now + dt.timedelta(seconds=max(one.free_in(moment) for one in windows))


def _lasts(letters: int, limits: Limits, left: Past, moment: int) -> float | None:
    """Seconds from the first of so many letters to the last; None where there is no pace."""
    seconds, steps = 0.0, letters - 1
    if limits.hour:
        before = sum(number for at, number in left.letters if at > moment - _HOUR)
        hours = max(0, letters + before - 1) // limits.hour
        seconds, steps = hours * float(_HOUR), max(0, steps - max(0, hours * limits.hour - before))
    if not limits.interval and not seconds:
        return None
    return max(seconds + steps * limits.interval, (letters - 1) * limits.interval)


def _after(start: dt.datetime, seconds: float | None) -> dt.datetime | None:
    return None if seconds is None else start + dt.timedelta(seconds=seconds)
