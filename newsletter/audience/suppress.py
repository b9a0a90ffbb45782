"""A hash of an address -> the suppression list: who must not be written to, kept without knowing who they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from newsletter.nouns.person import Standing
from newsletter.store.open import Store
from newsletter.store.tables import subscriber, suppression

_MAY = """
SELECT 1 FROM subscriber WHERE id = ? AND state = 'active'
AND NOT EXISTS (SELECT 1 FROM suppression WHERE suppression.address_hash = subscriber.address_hash)
"""
STILL_ON_THE_LIST = """
EXISTS (SELECT 1 FROM subscriber WHERE subscriber.id = copy.subscriber AND subscriber.state = 'active'
AND NOT EXISTS (SELECT 1 FROM suppression WHERE suppression.address_hash = subscriber.address_hash))
"""
"""The same of the reader of a row of the ledger: asked in the transaction that lets her letter leave."""


class Reason(StrEnum):
    """Why somebody must not be written to."""

    LEFT = "left"
    ERASED = "erased"
    BOUNCED = "bounced"
    COMPLAINT = "complaint"
    IMPORTED = "imported"  # from another list of people who must not be written to


def suppress(connection: Connection, hashes: Iterable[tuple[bytes, Reason]], on: dt.date) -> None:
    """Never write to these again. Who is suppressed already keeps the first date and reason; who is active, leaves."""
    rows = [{"address_hash": one, "reason": reason.value, "since": on} for one, reason in hashes]
    if not rows:
        return
    connection.execute(insert(suppression).on_conflict_do_nothing(), rows)
    connection.execute(
        update(subscriber)
        .where(
            subscriber.c.state == Standing.ACTIVE,
            subscriber.c.address_hash.in_(select(suppression.c.address_hash)),
        )
        .values(state=Standing.LEFT.value, left_on=on)
    )


def may_be_written_to(connection: Connection, subscriber_id: str) -> bool:
    """Whether she is on the list still (PECR reg. 22)."""
    return connection.exec_driver_sql(_MAY, (subscriber_id,)).first() is not None


def is_suppressed(store: Store, subscriber_id: str) -> bool:
    """The same question in a transaction of its own, the other way round: has left, was erased, or is suppressed."""
    with store.database.read() as connection:
        return not may_be_written_to(connection, subscriber_id)
