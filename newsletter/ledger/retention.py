"""The books and today -> which issues' copies have been kept long enough, and those gone, with their totals kept."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import and_, delete, func, select, update

from newsletter.ledger.book import INTENT
from newsletter.ledger.seal import last_seal, seal_if_done
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate
from newsletter.store.database import Database
from newsletter.store.ledger_tables import copy, planned_edition, seal

MONTHS = 13
"""So long it is kept who got what (UK GDPR art. 5(1)(e)): a year, and a month to look back from."""
TOO_LATE = "never sent: its time was over"
_AT_ONCE = 20_000


def months_before(day: dt.date, months: int = MONTHS) -> dt.date:
    """The same day so many months ago, or the last of that month."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day  # noqa: PLR2004 - December
    return dt.date(year, month + 1, min(day.day, last))


def overdue(database: Database, now: dt.datetime) -> list[str]:
    """The issues whose last copy was handed over more than thirteen months ago and is kept still, oldest first."""
    before = int(dt.datetime.combine(months_before(now.date()), dt.time(), now.tzinfo).timestamp())
    frozen = func.max(planned_edition.c.frozen)
    planned = select(planned_edition.c.issue).group_by(planned_edition.c.issue).having(frozen < before)
    with database.read() as connection:
        found = []
        for name in connection.execute(planned.order_by(frozen)).scalars().all():
            # What "left" after today was written by a clock that was wrong, and keeps nothing for years.
            left = and_(copy.c.issue == name, copy.c.last_try >= before, copy.c.last_try <= int(now.timestamp()))
            there = select(copy.c.issue).where(copy.c.issue == name).limit(1)
            since = select(copy.c.issue).where(left).limit(1)
            if connection.execute(there).first() and not connection.execute(since).first():
                found.append(name)
    return found


def purge(database: Database, issue: IssueName, now: dt.datetime) -> int:
    """Seal an issue's totals and delete its copies; say how many. Only under the issue's lock.

    What was never sent is put down as skipped first. Cut short, it is finished by the same call again.
    """
    _close(database, issue, now)
    name, gone = str(issue), 0
    while True:
        with database.write() as connection:
            some = select(copy.c.subscriber).where(copy.c.issue == name).limit(_AT_ONCE)
            number = connection.execute(
                delete(copy).where(copy.c.issue == name, copy.c.subscriber.in_(some.scalar_subquery()))
            ).rowcount
        gone += number
        if number < _AT_ONCE:
            return gone


def _close(database: Database, issue: IssueName, now: dt.datetime) -> None:
    with database.read() as connection:
        last = last_seal(connection, issue)
    if last and last.purged:
        return  # begun before
    open_still = copy.c.issue == str(issue), copy.c.state.in_([Fate.WAITING.value, Fate.DEFERRED.value])
    given_up = {"state": Fate.SKIPPED.value, "next_try": None, "reply": TOO_LATE}
    dead = copy.c.issue == str(issue), copy.c.state == INTENT
    with database.write() as connection:
        connection.execute(update(copy).where(*dead).values(state=Fate.IN_DOUBT.value))
        connection.execute(update(copy).where(*open_still).values(**given_up))
    sealed = seal_if_done(database, issue, now)
    if sealed is None:
        return  # there is no copy
    this = seal.c.issue == str(issue), seal.c.sequence == sealed.sequence
    with database.write() as connection:
        connection.execute(update(seal).where(*this).values(purged=int(now.timestamp())))
