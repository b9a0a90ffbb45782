"""Books and journal -> when letters left of late, a line a minute: of all issues, in all runs, test copies too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from newsletter.journal import FOLDER, What, read_journal
from newsletter.ledger.book import INTENT
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate
from newsletter.store.database import Database
from newsletter.store.ledger_tables import copy
from newsletter.workspace import Workspace

DAY = 86_400
_MINUTE = 60
_LEFT = (Fate.ACCEPTED.value, Fate.IN_DOUBT.value, INTENT)
_KNOWN = (Fate.ACCEPTED.value, Fate.IN_DOUBT.value)


@dataclass(frozen=True, slots=True)
class Past:
    """When letters left, in seconds since 1970, and how many; oldest first. ``new`` are those to people never written to."""

    letters: tuple[tuple[int, int], ...] = ()
    new: tuple[tuple[int, int], ...] = ()


def past(database: Database, now: dt.datetime, workspace: Workspace | None = None, *, strangers: bool = False) -> Past:
    """What left within the last day; ``strangers`` looks for those who had never been written to as well.

    A day ahead is looked at too: a clock that was set back has written that down, and it left all the same.
    """
    moment = now.timestamp()
    left = or_(copy.c.state.in_(_LEFT), copy.c.settled.is_not(None))  # settled to go again: it may have left before
    within = and_(left, copy.c.last_try > moment - DAY - 1, copy.c.last_try <= moment + DAY)
    letters = [*_by_minute(database, within), *_test_copies(workspace, moment)]
    earlier = copy.alias()
    before = and_(
        earlier.c.subscriber == copy.c.subscriber, earlier.c.last_try < copy.c.last_try, earlier.c.state.in_(_KNOWN)
    )
    unknown = _by_minute(database, and_(within, ~exists().where(before))) if strangers else []
    return Past(tuple(sorted(letters)), tuple(unknown))


def written_to(database: Database) -> frozenset[str]:
    """The ids of those who have been written to before. Only for the few profiles that ask: it grows with the list."""
    found = select(copy.c.subscriber).where(copy.c.state.in_(_KNOWN)).distinct()
    with database.read() as connection:
        return frozenset(connection.execute(found).scalars())


def still_to_go(database: Database, issue: IssueName) -> tuple[str, ...]:
    """The ids of those whose copies of an issue are waiting or put off. Only for the few profiles that ask."""
    open_ = copy.c.state.in_([Fate.WAITING.value, Fate.DEFERRED.value])
    with database.read() as connection:
        found = connection.execute(select(copy.c.subscriber).where(copy.c.issue == str(issue), open_))
        return tuple(found.scalars())


def _by_minute(database: Database, which: ColumnElement[bool]) -> list[tuple[int, int]]:
    """A moment in the books is a second that had begun: its letter may have left at its end."""
    minute = copy.c.last_try // _MINUTE
    found = select(func.max(copy.c.last_try) + 1, func.count()).where(which).group_by(minute).order_by(minute)
    with database.read() as connection:
        return [(at, number) for at, number in connection.execute(found)]


def _test_copies(workspace: Workspace | None, moment: float) -> Iterator[tuple[int, int]]:
    for path in sorted((workspace.records / FOLDER).glob("*.jsonl")) if workspace else ():
        try:
            issue = IssueName.parse(path.stem)
        except ValueError:
            continue
        for entry in read_journal(workspace, issue) if workspace else ():
            at = int(entry.when.timestamp()) + 1
            if entry.what is What.TEST_COPY and moment - DAY < at <= moment + DAY:
                yield at, 1
