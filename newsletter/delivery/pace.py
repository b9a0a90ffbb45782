"""What a mailbox allows in a rolling day, and when letters left -> whether another may leave now, and when else (L2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from newsletter.errors import OutsideFailed
from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings

WINDOW = dt.timedelta(hours=24)

_PER_DAY: dict[str, int | None] = {
    "default": 100,  # any mailbox whose limit nobody has stated (L10)
    "own-relay": None,  # a server that says itself when it is enough
}


class DailyLimit(OutsideFailed):
    """As many letters have left in the last 24 hours as may."""

    def __init__(self, issue: IssueName, limit: int, at: dt.datetime) -> None:
        super().__init__(
            f"{limit} letters have left within a day, and more are not allowed by NEWSLETTER_SMTP_PROFILE. The rest is"
            f" deferred; go on at {at:%Y-%m-%d %H:%M} or later.",
            f"Then: newsletter send {issue} --for-real",
        )


@dataclass(frozen=True, slots=True)
class Pace:
    """How many letters may leave in 24 hours; None for as many as the server takes."""

    profile: str
    per_day: int | None

    def free_at(self, sent: Sequence[dt.datetime], now: dt.datetime) -> dt.datetime | None:
        """When the next letter may leave, given when the last ones left (oldest first); None for now."""
        # More than a day ahead is what a wrong clock wrote down: it must not keep a newsletter back for years.
        recent = [at for at in sent if now - WINDOW < at <= now + WINDOW]
        if self.per_day is None or len(recent) < self.per_day:
            return None
        return recent[-self.per_day] + WINDOW

    def days(self, letters: int) -> int:
        """How many days so many letters take, today included."""
        return 1 if self.per_day is None else max(1, -(-letters // self.per_day))


def pace(settings: Settings) -> Pace:
    """The pace that NEWSLETTER_SMTP_PROFILE stands for."""
    return Pace(settings.smtp_profile, _PER_DAY[settings.smtp_profile])
