"""What left of late and what a mailbox allows -> whether one more letter may leave now; threads may share it (L2)."""

from __future__ import annotations

import datetime as dt
import threading

from newsletter.delivery.pace import WINDOW, DailyLimit, Pace
from newsletter.ledger.book import Ledger
from newsletter.nouns.draft import IssueName

CONNECTIONS = 4


class Allowance:
    """Counts each letter that it lets leave, beside those that the books know of."""

    connections = CONNECTIONS

    def __init__(self, issue: IssueName, pace: Pace, ledger: Ledger, now: dt.datetime) -> None:
        self._issue, self._pace, self._lock = issue, pace, threading.Lock()
        self._sent = ledger.sent_since(now - WINDOW) if pace.per_day is not None else []

    def take(self, now: dt.datetime) -> dt.timedelta | None:
        """None where a letter may leave now, which has then been counted; or how long to wait. Raises DailyLimit."""
        if self._pace.per_day is None:
            return None
        with self._lock:
            free = self._pace.free_at(self._sent, now)
            if free is not None:
                raise DailyLimit(self._issue, self._pace.per_day, free.astimezone(now.tzinfo))
            self._sent.append(now)
        return None

    def slow_down(self, now: dt.datetime) -> None:
        """The server asks for patience; a limit of letters a day knows no slower pace."""
