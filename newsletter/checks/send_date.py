"""An issue that goes out on another day than the one it was written for."""

from __future__ import annotations

import datetime as dt

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "send-date"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:
    """A warning where ``send_on`` is not the day: deadlines and “today” in the text were judged by ``send_on``."""
    return [
        Problem(
            edition.place(("send_on",)),
            Severity.WARNING,
            NAME,
            f"The issue was written to go out on {edition.send_on}, and this is {on}.",
            f"If all that it says still holds, go on, or change this to send_on: {on}",
        )
        for edition in dossier.editions
        if edition.send_on != on
    ]
