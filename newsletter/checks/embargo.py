"""An issue that is to go out before its embargo has ended, or whose editions do not agree on it."""

from __future__ import annotations

import datetime as dt

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "embargo"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning where ``send_on`` lies before the embargo's day, or where an edition does not name the same moment."""
    latest = max((one.embargo for one in dossier.editions if one.embargo), default=None)
    if latest is None:
        return []
    too_early = [_too_early(one, latest) for one in dossier.editions if one.send_on < latest.date()]
    return [*too_early, *(_unlike(one, latest) for one in dossier.editions if one.embargo != latest)]


def _too_early(edition: Edition, latest: dt.datetime) -> Problem:
    message = f"The issue is to go out on {edition.send_on}, but nothing of it leaves before {_said(latest)}."
    hint = f"Type instead  send_on: {latest.date()}  or mend the embargo."
    return Problem(edition.place(("send_on",)), Severity.WARNING, NAME, message, hint)


def _unlike(edition: Edition, latest: dt.datetime) -> Problem:
    message = f"Another edition of this issue is under embargo until {_said(latest)}; the later moment holds for all."
    hint = f"Type here too  embargo: {_said(latest)}"
    return Problem(edition.place(("embargo",)), Severity.WARNING, NAME, message, hint)


def _said(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} {moment.tzinfo}"
