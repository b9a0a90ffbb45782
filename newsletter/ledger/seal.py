"""An issue of which nothing waits any more -> its totals, sealed: with the time and a digest over each copy's fate."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from newsletter.ledger.book import INTENT, Books
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate
from newsletter.store.database import Database
from newsletter.store.ledger_tables import copy, copy_count, seal, settlement

_AT_ONCE = 10_000
_OPEN = (Fate.WAITING.value, Fate.DEFERRED.value, INTENT)


@dataclass(frozen=True, slots=True)
class Seal:
    """An issue's closing totals. ``purged`` says since when the copies themselves are gone. Times are in UTC."""

    books: Books
    at: dt.datetime
    begun: dt.datetime | None
    ended: dt.datetime | None
    digest: str
    sequence: int = 1
    purged: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """What the copies themselves say, each read: how many stand in each state, their digest, the first and last time."""

    states: dict[str, int]
    digest: str
    begun: int | None
    ended: int | None

    @property
    def books(self) -> Books:
        """The books that these rows make."""
        return books_of(self.states)


def seal_if_done(database: Database, issue: IssueName, now: dt.datetime) -> Seal | None:
    """Seal an issue's totals where nothing of it waits and it is not sealed so already. Only under the issue's lock.

    A settlement of what was in doubt, or a run after it, seals anew; earlier seals stay. The seal that holds is returned.
    """
    with database.read() as connection:
        last, states = last_seal(connection, issue), counters_in(connection, issue)
        if last and last.purged:
            return last
        if not states or any(states.get(one) for one in _OPEN):
            return None
        if last and _holds(connection, issue, last, states):
            return last
        rows = read_rows(connection, issue)
    if last and (last.books, last.digest) == (rows.books, rows.digest):
        return last
    return _write(database, issue, rows, last.sequence + 1 if last else 1, now)


def _holds(connection: Connection, issue: IssueName, last: Seal, states: dict[str, int]) -> bool:
    """Whether nothing can have changed since the seal: the same totals, no copy handed over since, nothing decided."""
    handed = select(copy.c.last_try).where(copy.c.issue == str(issue), copy.c.last_try.is_not(None))
    ended = connection.execute(handed.order_by(copy.c.last_try.desc()).limit(1)).scalar()
    since = settlement.c.issue == str(issue), settlement.c.at >= int(last.at.timestamp())
    decided = connection.execute(select(settlement.c.id).where(*since).limit(1)).first()
    return last.books == books_of(states) and last.ended == _moment(ended) and decided is None


def _write(database: Database, issue: IssueName, rows: Rows, number: int, now: dt.datetime) -> Seal:
    totals = {name: figure for name, figure in rows.books.as_dict().items() if name not in _OPEN}
    times = {"at": int(now.timestamp()), "begun": rows.begun, "ended": rows.ended}
    with database.write() as connection:
        connection.execute(
            insert(seal).values(issue=str(issue), sequence=number, digest=rows.digest, **totals, **times)
        )
    return Seal(rows.books, now, _moment(rows.begun), _moment(rows.ended), rows.digest, number)


def last_seal(connection: Connection, issue: IssueName) -> Seal | None:
    """The seal that was made last; None where the issue was never done."""
    found = select(seal).where(seal.c.issue == str(issue)).order_by(seal.c.sequence.desc()).limit(1)
    row = connection.execute(found).first()
    if row is None:
        return None
    books = Books(row.planned, row.accepted, row.refused, in_doubt=row.in_doubt, skipped=row.skipped)
    at = dt.datetime.fromtimestamp(row.at, dt.UTC)
    times = _moment(row.begun), _moment(row.ended)
    return Seal(books, at, *times, row.digest, row.sequence, _moment(row.purged))


def counters_in(connection: Connection, issue: IssueName) -> dict[str, int]:
    """The counters of an issue's copies by state, those at nought left out."""
    found = select(copy_count.c.state, copy_count.c.number).where(
        copy_count.c.issue == str(issue), copy_count.c.number > 0
    )
    return {row[0]: row[1] for row in connection.execute(found)}


def read_rows(connection: Connection, issue: IssueName) -> Rows:
    """Look at each copy of an issue, in the order of the readers' ids; a million take seconds."""
    columns = copy.c.subscriber, copy.c.state, copy.c.code, copy.c.enhanced, copy.c.first_try, copy.c.last_try
    found = select(*columns).where(copy.c.issue == str(issue)).order_by(copy.c.subscriber)
    states: dict[str, int] = {}
    digest, begun, ended = hashlib.sha256(), None, None
    for some in connection.execute(found).partitions(_AT_ONCE):
        lines = []
        for subscriber, state, code, enhanced, first, last in some:
            states[state] = states.get(state, 0) + 1
            lines.append(f"{subscriber} {state} {code} {enhanced}\n")
            if first is not None and (begun is None or first < begun):
                begun = first
            if last is not None and (ended is None or last > ended):
                ended = last
        digest.update("".join(lines).encode())
    return Rows(states, digest.hexdigest(), begun, ended)


def books_of(states: Mapping[str, int]) -> Books:
    """The books that so many copies in each state make; an intent counts as in doubt."""
    counted = {state: number for state, number in states.items() if state != INTENT}
    counted[Fate.IN_DOUBT.value] = counted.get(Fate.IN_DOUBT.value, 0) + states.get(INTENT, 0)
    return Books(planned=sum(counted.values()), **counted)


def _moment(at: int | None) -> dt.datetime | None:
    return None if at is None else dt.datetime.fromtimestamp(at, dt.UTC)
