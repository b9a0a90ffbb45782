"""Intents and outcomes of many connections -> the ledger: what is asked for by turns at the same time shares one commit.

A letter is in doubt from its intent to its outcome. Both are on the disk before ``write`` returns, so however many
share a commit, each connection has one letter in doubt at most.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import NamedTuple, Self

from newsletter import turns
from newsletter.ledger.book import GAVE_UP, LEFT_SINCE, REPLY_LENGTH, NotThisCopy
from newsletter.ledger.retry import USUAL, RetryRule
from newsletter.ledger.together import Said, Usual, write_together
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate, Outcome
from newsletter.store.database import Database, plain_words

_INTENT = """
UPDATE copy SET state = 'intent', attempts = attempts + 1, first_try = coalesce(first_try, ?), last_try = ?
WHERE issue = ? AND subscriber = ? AND state IN ('waiting', 'deferred')
"""
_SKIP = """
UPDATE copy SET state = 'skipped', next_try = NULL, reply = ?
WHERE issue = ? AND subscriber = ? AND state IN ('waiting', 'deferred')
"""
_END = """
UPDATE copy SET state = ?, next_try = ?, code = ?, enhanced = ?, reply = ?, sender_at_fault = ?
WHERE issue = ? AND subscriber = ? AND state = 'intent'
"""
_TRIED = "SELECT attempts, first_try FROM copy WHERE issue = ? AND subscriber = ?"
_WITHDRAW = """
UPDATE copy SET state = CASE WHEN next_try IS NULL THEN 'waiting' ELSE 'deferred' END, attempts = attempts - 1,
    first_try = nullif(first_try, last_try), last_try = CASE WHEN attempts > 1 THEN last_try END
WHERE issue = ? AND subscriber = ? AND state = 'intent'
"""
_REFUSE = """
UPDATE copy SET state = 'refused', next_try = NULL, sender_at_fault = 0
WHERE issue = ? AND subscriber = ? AND state = 'deferred'
"""


class Intent(NamedTuple):
    """A copy is about to be handed over. The answer: whether it may be; if not, its reader is skipped."""

    subscriber: str
    at: dt.datetime


class Ended(NamedTuple):
    """What became of a copy whose intent was written. The answer: its fate."""

    subscriber: str
    outcome: Outcome
    at: dt.datetime


class Tried(NamedTuple):
    """What became of a copy that was refused or put off before it could leave: an attempt without a doubt."""

    subscriber: str
    outcome: Outcome
    at: dt.datetime


class Withdrawn(NamedTuple):
    """A copy whose intent was written did not leave after all, for its final dot did not: that was no attempt.

    Of a copy with attempts before that one, ``last_try`` says when the last one was about to be made.
    """

    subscriber: str


class MeantIt(NamedTuple):
    """A deferred copy is refused: what the server said of its reader was meant after all."""

    subscriber: str


Entry = Intent | Ended | Tried | Withdrawn | MeantIt
Answer = bool | Fate | None
_SOME = 3  # entries from which on it is worth while to write them together


@dataclass(slots=True)
class _Request:
    """What one turn waits for."""

    entries: tuple[Entry, ...]
    answers: list[Answer] = field(default_factory=list)
    error: NotThisCopy | None = None


class Writer:
    """The only one who writes an issue's copies while it is sent, from one thread at a time. Use it as a context."""

    def __init__(self, database: Database, issue: IssueName, may: str, rule: RetryRule = USUAL) -> None:
        """``may`` is SQL: whether, at the moment of its intent, the reader of a row of ``copy`` may be written to."""
        self._database, self._issue, self._rule = database, issue, rule
        self._name, self._may, self._intent = str(issue), may, f"{_INTENT} AND ({may})"
        self._stack = ExitStack()
        self._in_use, self._closed = threading.Lock(), False

    def __enter__(self) -> Self:
        """Open the books. Raises what opening a database raises."""
        self._connection = self._stack.enter_context(self._database.hot())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close them, once nobody writes."""
        with self._in_use:
            self._closed = True
            self._stack.close()

    def write(self, *entries: Entry) -> list[Answer]:
        """Commit these in this order, and with them what other turns ask for; say the answer to each.

        Raises NotThisCopy (the entries before that one stand), DiskFull, DiskFailed, DatabaseBusy, DamagedDatabase, and
        RuntimeError once the books are closed (nothing of them stands).
        """
        request = _Request(entries)
        turns.together(self._written, request)
        if request.error is not None:
            raise request.error
        return request.answers

    def _written(self, batch: list[_Request]) -> None:
        with self._in_use:
            if self._closed:
                raise RuntimeError("the books of this run are closed")
            self._commit(batch)

    def _commit(self, batch: list[_Request]) -> None:
        try:
            with plain_words(self._database.where):
                self._connection.execute("BEGIN IMMEDIATE")
                if not self._as_mostly(batch):
                    for request in batch:
                        self._answer(request)
                self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise

    def _as_mostly(self, batch: list[_Request]) -> bool:
        """Accepted letters and intents, all of this second, in one go; False, and nothing written, where it is not so."""
        usual = _usual(batch)
        if usual is None:
            return False
        if not write_together(self._connection, self._name, self._may, usual):
            self._connection.execute("ROLLBACK")
            self._connection.execute("BEGIN IMMEDIATE")
            return False
        for request in batch:
            request.answers += [True if isinstance(one, Intent) else Fate.ACCEPTED for one in request.entries]
        return True

    def _answer(self, request: _Request) -> None:
        try:
            for entry in request.entries:
                request.answers.append(self._apply(entry))
        except NotThisCopy as error:
            request.error = error

    def _apply(self, entry: Entry) -> Answer:
        if isinstance(entry, Intent):
            return self._begin(entry)
        if isinstance(entry, Ended):
            return self._end(entry.subscriber, entry.outcome, entry.at)
        if isinstance(entry, Tried):
            at = _seconds(entry.at)
            self._change(_INTENT, (at, at, self._name, entry.subscriber))
            return self._end(entry.subscriber, entry.outcome, entry.at)
        sql = _WITHDRAW if isinstance(entry, Withdrawn) else _REFUSE
        self._connection.execute(sql, (self._name, entry.subscriber))
        return None

    def _begin(self, entry: Intent) -> bool:
        at = _seconds(entry.at)
        if self._connection.execute(self._intent, (at, at, self._name, entry.subscriber)).rowcount == 1:
            return True
        self._change(_SKIP, (LEFT_SINCE, self._name, entry.subscriber))
        return False

    def _end(self, subscriber: str, outcome: Outcome, at: dt.datetime) -> Fate:
        fate, next_try, enhanced = outcome.fate, None, outcome.enhanced
        if fate is Fate.DEFERRED:
            next_try = self._next_try(subscriber, outcome, _seconds(at))
            if next_try is None:
                fate, enhanced = Fate.REFUSED, enhanced or GAVE_UP
        said = (fate.value, next_try, outcome.code, enhanced, outcome.reply[:REPLY_LENGTH], outcome.sender_at_fault)
        self._change(_END, (*said, self._name, subscriber))
        return fate

    def _next_try(self, subscriber: str, outcome: Outcome, now: int) -> int | None:
        row = self._connection.execute(_TRIED, (self._name, subscriber)).fetchone()
        if row is None:
            raise NotThisCopy(self._issue)
        return self._rule.next_try(outcome, row[0], row[1] or now, now)

    def _change(self, sql: str, values: tuple[object, ...]) -> None:
        if self._connection.execute(sql, values).rowcount != 1:
            raise NotThisCopy(self._issue)


def _usual(batch: list[_Request]) -> Usual | None:
    accepted: list[Said] = []
    meant: list[str] = []
    times = set()
    for request in batch:
        for one in request.entries:
            if isinstance(one, Intent):
                meant.append(one.subscriber)
                times.add(_seconds(one.at))
            elif isinstance(one, Ended) and one.outcome.fate is Fate.ACCEPTED:
                accepted.append(_said(one))
            else:
                return None
    if len(accepted) + len(meant) < _SOME or len(times) > 1:
        return None
    return Usual(accepted, meant, times.pop() if times else 0)


def _said(one: Ended) -> Said:
    said = one.outcome
    return one.subscriber, said.code, said.enhanced, said.reply[:REPLY_LENGTH], said.sender_at_fault


def _seconds(moment: dt.datetime) -> int:
    return int(moment.timestamp())
