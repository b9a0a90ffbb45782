"""Petitions, urgent actions and events that are over or closed when the letter arrives, or nearly so."""

from __future__ import annotations

import calendar
import datetime as dt

from newsletter.drafting.asks import CLOSED, closed_by
from newsletter.nouns.draft import Edition, PartialDate, Section
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "past-deadline"
SHORT = 3  # days in which few readers will still open the letter


def check(dossier: Dossier, on: dt.date) -> list[Problem]:
    """An error where the last day or the day in ``closed`` lies before ``send_on``, a warning where the last day is within three days of it or before ``on``."""
    found = (
        _look_at(edition, section, on)
        for edition in dossier.editions
        for section in edition.sections
        if section.type.ask
    )
    return [problem for problem in found if problem]


def _look_at(edition: Edition, section: Section, on: dt.date) -> Problem | None:
    what = section.named[:1].upper() + section.named[1:]
    if closed_by(section, edition.send_on):
        return _closed(edition, section, what)
    last = _last_day(section.values.get(section.type.closes))
    if last is None:
        return None
    place = edition.place((*section.path, section.type.closes))
    days = (last - edition.send_on).days
    if days < 0:
        message = f"{what} ends on {last}, before the issue goes out on {edition.send_on}."
        return Problem(place, Severity.ERROR, NAME, message, "Take the section out, or mend its date.")
    if last < on:
        message = f"{what} ends on {last}, before the day on which the issue really goes out, {on}."
        return Problem(place, Severity.WARNING, NAME, message, "Take the section out, or mend its date.")
    if days <= SHORT:
        message = f"{what} ends {_in_days(days)} ({last}): many readers open a letter later than that."
        return Problem(place, Severity.WARNING, NAME, message, "Send earlier, or say so at the head of the letter.")
    return None


def _closed(edition: Edition, section: Section, what: str) -> Problem:
    """By its day it is a mistake; ``closed: yes`` is written into a letter that has long been sent, too."""
    since = section.values[CLOSED]
    place = edition.place((*section.path, CLOSED))
    if since is True:
        message = f"{what} is closed by now, as is said here; later issues do not carry it on."
        return Problem(place, Severity.NOTE, NAME, message, "If this issue is still to go out, take the section out.")
    message = f"{what} has been closed since {since}, before the issue goes out on {edition.send_on}."
    return Problem(place, Severity.ERROR, NAME, message, "Take the section out, or mend the day.")


def _last_day(value: object) -> dt.date | None:
    if isinstance(value, dt.date):
        return value
    if isinstance(value, PartialDate):
        month = value.month or 12
        return dt.date(value.year, month, value.day or calendar.monthrange(value.year, month)[1])
    return None


def _in_days(days: int) -> str:
    if days == 0:
        return "on the very day the issue goes out"
    return "one day after the issue goes out" if days == 1 else f"{days} days after the issue goes out"
