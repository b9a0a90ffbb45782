"""The options of ``newsletter send --for-real`` -> Asked: what somebody wants, as it was typed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from newsletter.errors import WrongUsage

USUAL_HOLD = dt.timedelta(minutes=10)
LONGEST_HOLD = dt.timedelta(days=7)
_HOLD = re.compile(r"(\d{1,5})\s*(s|m|h)?", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3600}


class NoHold(WrongUsage):
    """What was typed is no length of time."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"--hold {text} is not a time to wait.",
            "Type such as 30s, 10m or 1h, at most 168h; 0 sends without a pause.",
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for. ``hold`` is None where nothing was said; ``at`` is as it was typed, "" for now."""

    yes: bool = False
    changed: bool = False
    as_json: bool = False
    in_doubt: bool = False
    hold: dt.timedelta | None = None
    at: str = ""


def hold_of(text: str | None) -> dt.timedelta | None:
    """How long to hold: ``30s``, ``10m``, ``1h``, ``0``; None where nothing was said. Raises NoHold."""
    if text is None:
        return None
    found = _HOLD.fullmatch(text.strip())
    if not found or (found[2] is None and int(found[1])):  # 10 of what?
        raise NoHold(text)
    length = dt.timedelta(seconds=int(found[1]) * _SECONDS[(found[2] or "s").lower()])
    if length > LONGEST_HOLD:
        raise NoHold(text)
    return length
