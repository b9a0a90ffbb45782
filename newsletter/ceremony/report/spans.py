"""Moments -> what one says of them: the hour, and how long something took."""

from __future__ import annotations

import datetime as dt

_MINUTE, _HOUR = 60, 3600


def hour(at: dt.datetime) -> str:
    """The day and the hour."""
    return f"{at:%Y-%m-%d %H:%M}"


def lasted(began: dt.datetime, ended: dt.datetime) -> str:
    """How long it took, in the two largest units."""
    seconds = max(0, round((ended - began).total_seconds()))
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min {seconds % _MINUTE} s"
    return f"{seconds // _HOUR} h {seconds % _HOUR // _MINUTE} min"


def between(began: dt.datetime, ended: dt.datetime) -> str:
    """From when to when; the day is said once."""
    if began.date() == ended.date():
        return f"{hour(began)} to {ended:%H:%M}, {lasted(began, ended)}"
    return f"{hour(began)} to {hour(ended)}, {lasted(began, ended)}"
