"""The books as one would keep them who has all the time: one copy, one step, one commit. The writer is held against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select, update

from newsletter.ledger.book import GAVE_UP, INTENT, LEFT_SINCE, REPLY_LENGTH, Copy, Ledger, NotThisCopy
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate, Outcome
from newsletter.store.ledger_tables import copy


@dataclass(frozen=True, slots=True)
class PlainLedger(Ledger):
    """The ledger, and each step of a copy's life in the plainest way, where the sender asks ``Due`` and ``Writer``."""

    def due(self, issue: IssueName, now: dt.datetime) -> list[Copy]:
        """The copies to hand over now: waiting ones, then deferred ones whose time has come.

        In this order a few readers whose copies pause every run keep nobody else waiting for ever.
        """
        at = _seconds(now)
        # No wait is longer than the longest: a time beyond that was written by a clock that has been set back since.
        its_time = or_(copy.c.next_try <= at, copy.c.next_try > at + self.rule.longest)
        waiting = copy.c.state == Fate.WAITING.value
        ready = or_(waiting, and_(copy.c.state == Fate.DEFERRED.value, its_time))
        found = select(copy.c.subscriber, copy.c.language, copy.c.attempts).where(copy.c.issue == str(issue), ready)
        with self.database.read() as connection:
            return [Copy(*row) for row in connection.execute(found.order_by(waiting.desc(), copy.c.subscriber))]

    def begin(
        self, issue: IssueName, subscriber: str, now: dt.datetime, may: Callable[[Connection, str], bool]
    ) -> bool:
        """Commit the intent to hand over a copy, before anything of it reaches the server. Raises NotThisCopy.

        ``may`` says, in the same transaction, whether she may still be written to; if not, she is skipped: False.
        """
        at = _seconds(now)
        with self.database.write() as connection:
            allowed = may(connection, subscriber)
            values: dict[str, object] = {"state": Fate.SKIPPED.value, "next_try": None, "reply": LEFT_SINCE}
            if allowed:
                first = func.coalesce(copy.c.first_try, at)
                values = {"state": INTENT, "attempts": copy.c.attempts + 1, "first_try": first, "last_try": at}
            ready = copy.c.state.in_([Fate.WAITING.value, Fate.DEFERRED.value])
            if connection.execute(update(copy).where(_is(issue, subscriber), ready).values(**values)).rowcount != 1:
                raise NotThisCopy(issue)
        return allowed

    def finish(self, issue: IssueName, subscriber: str, outcome: Outcome, now: dt.datetime) -> Fate:
        """Commit what became of a copy, and say its fate: one deferred for too long is given up as refused."""
        with self.database.write() as connection:
            fate, next_try = self._settle(connection, issue, subscriber, outcome, _seconds(now))
            said = outcome.enhanced or (GAVE_UP if fate is Fate.REFUSED and outcome.fate is Fate.DEFERRED else "")
            values = {
                "state": fate.value,
                "next_try": next_try,
                "code": outcome.code,
                "enhanced": said,
                "reply": outcome.reply[:REPLY_LENGTH],
                "sender_at_fault": outcome.sender_at_fault,
            }
            change = update(copy).where(_is(issue, subscriber), copy.c.state == INTENT).values(**values)
            if connection.execute(change).rowcount != 1:
                raise NotThisCopy(issue)
        return fate

    def withdraw(self, issue: IssueName, subscriber: str) -> None:
        """Take an intent back: for certain its final dot did not leave."""
        before = case((copy.c.next_try.is_(None), Fate.WAITING.value), else_=Fate.DEFERRED.value)
        change = update(copy).where(_is(issue, subscriber), copy.c.state == INTENT)
        with self.database.write() as connection:
            first = func.nullif(copy.c.first_try, copy.c.last_try)
            last = case((copy.c.attempts > 1, copy.c.last_try))
            connection.execute(
                change.values(state=before, attempts=copy.c.attempts - 1, first_try=first, last_try=last)
            )

    def refuse(self, issue: IssueName, subscribers: Iterable[str]) -> None:
        """Put deferred copies down as refused: what the server said of them was meant after all."""
        change = update(copy).where(copy.c.issue == str(issue), copy.c.state == Fate.DEFERRED.value)
        with self.database.write() as connection:
            for one in subscribers:
                settled = {"state": Fate.REFUSED.value, "next_try": None, "sender_at_fault": False}
                connection.execute(change.where(copy.c.subscriber == one).values(**settled))

    def _settle(
        self, connection: Connection, issue: IssueName, subscriber: str, outcome: Outcome, now: int
    ) -> tuple[Fate, int | None]:
        if outcome.fate is not Fate.DEFERRED:
            return outcome.fate, None
        tried = select(copy.c.attempts, copy.c.first_try).where(_is(issue, subscriber))
        row = connection.execute(tried).first()
        if row is None:
            raise NotThisCopy(issue)
        next_try = self.rule.next_try(outcome, row.attempts, row.first_try or now, now)
        return (Fate.REFUSED, None) if next_try is None else (Fate.DEFERRED, next_try)


def _is(issue: IssueName, subscriber: str) -> ColumnElement[bool]:
    return and_(copy.c.issue == str(issue), copy.c.subscriber == subscriber)


def _seconds(moment: dt.datetime) -> int:
    return int(moment.timestamp())
