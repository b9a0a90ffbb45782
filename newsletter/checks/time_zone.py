"""Meetings of which a reader's calendar, or a reader elsewhere, cannot know on whose clock their hour is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newsletter.drafting.meant import zone_meant
from newsletter.nouns.draft import Edition, Section
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.time_zone import looks_like_one, zone

NAME = "time-zone"
LIKE = "Type a time zone such as timezone: Europe/London; the letter says it in words by itself."


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error for a time zone that does not exist; a note for an hour that people elsewhere need and nothing tells."""
    return [
        problem
        for edition in dossier.editions
        for section in edition.sections
        if section.type.calendar
        for problem in _look_at(edition, section)
    ]


def _look_at(edition: Edition, section: Section) -> Iterator[Problem]:
    whose = section.values.get("timezone")
    written = whose.strip() if isinstance(whose, str) else ""
    if looks_like_one(written) and zone(written) is None:
        message = f"There is no time zone “{written}”."
        hint = f"Did you mean “{meant}”?" if (meant := zone_meant(written)) else LIKE
        yield Problem(edition.place((*section.path, "timezone")), Severity.ERROR, NAME, message, hint)
    elif (
        section.values.get("starts") is not None and zone(written) is None and (written or section.values.get("online"))
    ):
        message = "A reader's calendar cannot tell on whose clock this hour is, and takes it for the reader's own."
        hint = (
            f"Type instead  timezone: {meant}  (the letter says it in words)."
            if (meant := zone_meant(written))
            else LIKE
        )
        path = (*section.path, "timezone" if written else "starts")
        yield Problem(edition.place(path), Severity.NOTE, NAME, message, hint)
