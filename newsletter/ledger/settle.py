"""Copies in doubt and somebody's decision -> copies that count as sent, or that go again; who decided is written down."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select, update

from newsletter.ledger.book import INTENT
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate
from newsletter.store.database import Database
from newsletter.store.ledger_tables import copy, settlement

_NAME = 200  # as long as the table's column


class How(StrEnum):
    """What is decided about copies of which nobody knows whether they arrived."""

    AS_SENT = "as-sent"
    RESEND = "resend"


@dataclass(frozen=True, slots=True)
class Settlement:
    """One decision: when, whose, what, and of how many copies."""

    at: dt.datetime
    who: str
    how: How
    number: int


def settle(database: Database, issue: IssueName, how: How, who: str, now: dt.datetime) -> int:
    """Settle every copy in doubt, an intent whose sender has died too, and say how many. Only under the issue's lock.

    One that goes again keeps its Message-ID and its number of attempts; its five days begin anew.
    """
    doubtful = copy.c.issue == str(issue), copy.c.state.in_([Fate.IN_DOUBT.value, INTENT])
    values: dict[str, object] = {"state": Fate.ACCEPTED.value, "next_try": None}
    if how is How.RESEND:
        values = {"state": Fate.WAITING.value, "next_try": None, "first_try": None}
    with database.write() as connection:
        # The copies first, by the number that the decision will have: none is written down about nothing.
        key = connection.execute(select(func.coalesce(func.max(settlement.c.id), 0) + 1)).scalar_one()
        number = connection.execute(update(copy).where(*doubtful).values(settled=key, **values)).rowcount
        if number:
            decided = {"issue": str(issue), "at": int(now.timestamp()), "who": who[:_NAME], "how": how.value}
            connection.execute(insert(settlement).values(id=key, number=number, **decided))
    return number


def settlements_in(connection: Connection, issue: IssueName) -> tuple[Settlement, ...]:
    """What was decided about an issue's copies, the first decision first."""
    found = select(settlement).where(settlement.c.issue == str(issue)).order_by(settlement.c.id)
    return tuple(
        Settlement(dt.datetime.fromtimestamp(row.at, dt.UTC), row.who, How(row.how), row.number)
        for row in connection.execute(found)
    )
