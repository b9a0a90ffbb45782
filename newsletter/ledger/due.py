"""An issue -> its copies that are due now, page by page: memory stays flat however long the list is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import Connection

from newsletter.ledger.book import Copy
from newsletter.ledger.retry import USUAL, RetryRule
from newsletter.nouns.draft import IssueName
from newsletter.store.database import Database

_PAGE = 500
_ID = 16  # bytes of a subscriber's id
# No wait is longer than the longest: a time beyond that was written by a clock that has been set back since.
_ITS_TIME = "state = 'deferred' AND (next_try <= :now OR next_try > :now + :longest)"
_EDITIONS = "SELECT language FROM planned_edition WHERE issue = :issue ORDER BY language"
# A sum for each edition in one pass: grouping would sort a million rows, and hold them in memory.
_FIGURES = f"SELECT {{sums}} FROM copy WHERE issue = :issue AND (state = 'waiting' OR ({_ITS_TIME}))"  # noqa: S608 - constants
_DEFERRED = f"SELECT subscriber FROM copy WHERE issue = :issue AND {_ITS_TIME} ORDER BY subscriber"  # noqa: S608 - constants
_WAITING = """
SELECT subscriber, language, attempts FROM copy
WHERE issue = :issue AND state = 'waiting' AND subscriber > :after ORDER BY subscriber LIMIT :page
"""
_ONE = """
SELECT subscriber, language, attempts FROM copy
WHERE issue = :issue AND subscriber = :subscriber AND state = 'deferred'
"""


class Due:
    """The copies to hand over now, each once: waiting ones, then the deferred ones whose time had come at the start.

    In this order a few readers whose copies pause every run keep nobody else waiting for ever.
    """

    def __init__(self, database: Database, issue: IssueName, now: dt.datetime, rule: RetryRule = USUAL) -> None:
        self._database, self._issue = database, str(issue)
        values: dict[str, str | int] = {"issue": self._issue, "now": int(now.timestamp()), "longest": rule.longest}
        with database.read() as connection:
            self.by_language = _figures(connection, values)
            # Ids only, and packed: what is deferred anew while the others go out is for another run.
            self._deferred = b"".join(bytes.fromhex(row[0]) for row in connection.exec_driver_sql(_DEFERRED, values))

    def __len__(self) -> int:
        return sum(self.by_language.values())

    def __iter__(self) -> Iterator[Copy]:
        after = ""
        while page := self._rows(_WAITING, after=after, page=_PAGE):
            yield from page
            after = page[-1].subscriber
        for start in range(0, len(self._deferred), _ID):
            yield from self._rows(_ONE, subscriber=self._deferred[start : start + _ID].hex())

    def _rows(self, sql: str, **values: object) -> list[Copy]:
        with self._database.read() as connection:
            return [Copy(*row) for row in connection.exec_driver_sql(sql, {"issue": self._issue, **values}).fetchall()]


def _figures(connection: Connection, values: dict[str, str | int]) -> dict[str, int]:
    """How many copies of each edition are due; an edition of which none is does not stand there."""
    editions = [str(row[0]) for row in connection.exec_driver_sql(_EDITIONS, {"issue": values["issue"]})]
    if not editions:
        return {}
    names = {f"edition{number}": language for number, language in enumerate(editions)}
    sums = ", ".join(f"coalesce(sum(language = :{name}), 0)" for name in names)
    row = connection.exec_driver_sql(_FIGURES.format(sums=sums), {**values, **names}).one()
    return {language: int(number) for language, number in zip(editions, row, strict=True) if number}
