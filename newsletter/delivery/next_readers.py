"""Copies that come next -> their readers' records, many read at once and none of them older than a second.

A list that is written to while it is read costs each reading far more than what it reads.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable

from newsletter.audience.recipients import LockedReader, locked_readers
from newsletter.ledger.book import Copy

FRESH = 1.0  # seconds for which what was read counts as read now


class NextReaders:
    """Who is written to next; of one thread."""

    def __init__(self) -> None:
        self._there: dict[str, LockedReader] = {}
        self._asked: frozenset[str] = frozenset()
        self._until = 0.0

    def read(self, copies: Iterable[Copy], connection: sqlite3.Connection) -> None:
        """Read the records of those who come next."""
        ids = [one.subscriber for one in copies]
        self._until = time.monotonic() + FRESH
        self._there, self._asked = locked_readers(connection, ids), frozenset(ids)

    def of(self, copy: Copy, connection: sqlite3.Connection) -> LockedReader | None:
        """The reader of a copy; None where she may not be written to any more."""
        if copy.subscriber not in self._asked or time.monotonic() > self._until:
            return locked_readers(connection, [copy.subscriber]).get(copy.subscriber)
        return self._there.get(copy.subscriber)
