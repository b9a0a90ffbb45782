"""A section that asks something of readers, and a day -> whether it is open then, as far as anybody can know."""

from __future__ import annotations

import datetime as dt

from newsletter.nouns.draft import Section

CLOSED = "closed"
"""The field in which an author says that an ask is over, or that somebody has to look."""


def last_day(section: Section) -> dt.date | None:
    """The last day on which readers can do it; None where nobody has said one."""
    last = section.values.get(section.type.closes)
    return last if isinstance(last, dt.date) else None


def closed_by(section: Section, day: dt.date) -> bool:
    """Whether its author says that it is closed on this day: ``closed: yes``, or since an earlier day or this one."""
    said = section.values.get(CLOSED)
    return said <= day if isinstance(said, dt.date) else said is True


def ended(section: Section, day: dt.date) -> dt.date | None:
    """The last day to do it, seen from a day: the one on which it was closed, where that has come; None if nobody knows."""
    last = last_day(section)
    if not closed_by(section, day):
        return last
    said = section.values.get(CLOSED)
    if isinstance(said, dt.date):
        return min(said, last) if last else said
    return last if last and last < day else None


def is_open(section: Section, day: dt.date) -> bool | None:
    """Whether readers can still do it on this day; None where nothing says so."""
    if closed_by(section, day):
        return False
    last = last_day(section)
    return None if last is None else last >= day
