"""Petitions, urgent actions and events that are over when the letter arrives, or nearly so."""

from __future__ import annotations

import calendar
import datetime as dt

from newsletter.nouns.draft import Edition, PartialDate, Section
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "past-deadline"
SHORT = 3  # days in which few readers will still open the letter


def check(dossier: Dossier, on: dt.date) -> list[Problem]:
    """An error where the last day lies before ``send_on``, a warning where it is within three days of it or before ``on``."""
    found = (
        _look_at(edition, section, on)
        for edition in dossier.editions
        for section in edition.sections
        if section.type.ask and section.type.closes
    )
    return [problem for problem in found if problem]


def _look_at(edition: Edition, section: Section, on: dt.date) -> Problem | None:
    last = _last_day(section.values.get(section.type.closes))
    if last is None:
        return None
    place = edition.place((*section.path, section.type.closes))
    what = f"“{section.title}”" if section.title else f"This {section.type.name}"
    days = (last - edition.send_on).days
    if days < 0:
        message = f"{what} is over on {last}, before the issue goes out on {edition.send_on}."
        return Problem(place, Severity.ERROR, NAME, message, "Take the section out, or mend its date.")
    if last < on:
        message = f"{what} is over on {last}, before the day on which the issue really goes out, {on}."
        return Problem(place, Severity.WARNING, NAME, message, "Take the section out, or mend its date.")
    if days <= SHORT:
        message = f"{what} ends {_in_days(days)} ({last}): many readers open a letter later than that."
        return Problem(place, Severity.WARNING, NAME, message, "Send earlier, or say so at the head of the letter.")
    return None


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
