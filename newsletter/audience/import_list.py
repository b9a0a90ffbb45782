"""A Review that somebody agreed to -> the list: all of it in one transaction, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import insert

from newsletter.audience.records import locked
from newsletter.audience.review import Review, known_hashes
from newsletter.audience.suppress import suppress
from newsletter.store.open import Store
from newsletter.store.tables import subscriber


@dataclass(frozen=True, slots=True)
class Imported:
    """How many came onto the list, and how many were put down as never to be written to."""

    added: int
    suppressed: int


def import_list(
    store: Store, reviewed: Review, today: dt.date, *, progress: Callable[[int], None] = lambda _done: None
) -> Imported:
    """Do what the review shows. ``progress`` is told how many are ready, every thousand.

    Who came onto the list or left it since the review was made is looked at again: nobody comes back by chance.
    """
    rows = []
    for number, one in enumerate(reviewed.newcomers, 1):  # locked before the transaction: it holds up a sending
        rows.append(locked(one, store.vault))
        if not number % 1000:
            progress(number)
    with store.database.write() as connection:
        on, off = known_hashes(connection)
        known = on | off
        fresh = [row for row in rows if row["address_hash"] not in known]
        leavers = [one for one in reviewed.leavers if one[0] not in off]
        if fresh:
            connection.execute(insert(subscriber), fresh)
        suppress(connection, leavers, today)
    progress(len(rows))
    return Imported(len(fresh), len(leavers))
