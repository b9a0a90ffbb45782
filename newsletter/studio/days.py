"""A day or a moment -> as people say it near it, in their language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from babel.dates import format_date

Say = Callable[..., str]


def day_in_words(day: dt.date, say: Say, language: str, today: dt.date) -> str:
    """``Friday 4 July``; with its year where that is another one than today's."""
    pattern = say("day_pattern") if day.year == today.year else say("day_pattern_year")
    return format_date(day, pattern, locale=language)


def moment_in_words(at: dt.datetime, say: Say, language: str, now: dt.datetime) -> str:
    """``today at 10:42``, ``yesterday at 9:05``, ``Friday 4 July at 14:31``."""
    here = at.astimezone(now.tzinfo)
    days = (now.date() - here.date()).days
    near = {0: "day_today", 1: "day_yesterday"}.get(days)
    day = say(near) if near else day_in_words(here.date(), say, language, now.date())
    return say("day_at", day=day, time=f"{here:%H:%M}")


def how_far(day: dt.date, say: Say, today: dt.date) -> str:
    """``in 3 days``, ``tomorrow``; "" for a day that has passed."""
    days = (day - today).days
    if days < 0:
        return ""
    return say("day_today") if not days else say("day_tomorrow") if days == 1 else say("day_in", count=days)
