"""Asks that end while the newsletter pauses (``pause`` in newsletter.yaml), before the next issue can repeat them."""

from __future__ import annotations

import datetime as dt

from newsletter.drafting.asks import is_open, last_day
from newsletter.drafting.pause import pause_after
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "closes-in-pause"
HINT = "If it matters, say its last day at the head of the letter, or send a special before (Start the next issue, or newsletter new, with its day and a word)."


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A note for each in the last issue before a pause."""
    days = {one.issue: one.send_on for one in (*dossier.earlier, *reversed(dossier.editions))}
    pause = pause_after(dossier.issue, days, dossier.profile.pause)
    if pause is None:
        return []
    return [
        Problem(
            edition.place((*section.path, section.type.closes)),
            Severity.NOTE,
            NAME,
            f"{section.named[:1].upper()}{section.named[1:]} ends on {last}, and after this"
            f" letter the next one goes out on {pause.ends}.",
            HINT,
        )
        for edition in dossier.editions
        for section in edition.sections
        if section.type.ask
        and is_open(section, edition.send_on)
        and (last := last_day(section))
        and pause.begins <= last < pause.ends
    ]
