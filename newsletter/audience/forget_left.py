"""A day -> those who left the list before it, forgotten: only the mark stays that keeps them from being brought back."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, and_, delete, func, select

from newsletter.audience.suppress import Reason, suppress
from newsletter.nouns.person import Standing
from newsletter.store.database import Database
from newsletter.store.tables import subscriber


def left_before(database: Database, day: dt.date) -> int:
    """How many have left before this day and are kept still."""
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(subscriber).where(_gone(day))).scalar_one()


def forget_left(database: Database, day: dt.date) -> int:
    """Delete their records, address and name; say how many. What keeps each from being written to again stays."""
    with database.write() as connection:
        found = select(subscriber.c.address_hash, subscriber.c.left_on).where(_gone(day))
        for row in connection.execute(found).all():
            suppress(connection, [(row.address_hash, Reason.LEFT)], row.left_on)
        return connection.execute(delete(subscriber).where(_gone(day))).rowcount


def _gone(day: dt.date) -> ColumnElement[bool]:
    return and_(subscriber.c.state == Standing.LEFT.value, subscriber.c.left_on < day)
