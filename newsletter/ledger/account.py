"""An issue -> all that its books say of it, of one moment: figures, audience, reasons, decisions, seal. Shown everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from newsletter.ledger.book import Books, Why, books_in, next_due_in, reasons_in
from newsletter.ledger.seal import Seal, last_seal
from newsletter.ledger.settle import Settlement, settlements_in
from newsletter.nouns.draft import IssueName
from newsletter.store.database import Database
from newsletter.store.ledger_tables import audience_count


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of an issue that was sent, or is being sent; nothing in it says who."""

    issue: IssueName
    books: Books
    being_sent: bool = False
    editions: Mapping[str, int] | None = None  # the audience as it was planned, by language
    left_out: Mapping[str, int] | None = None  # those of the list who were skipped from the start, by reason
    reasons: tuple[Why, ...] = ()
    next_due: dt.datetime | None = None  # of the deferred copies
    settlements: tuple[Settlement, ...] = ()
    seal: Seal | None = None  # None as long as something waits

    @property
    def done(self) -> bool:
        """Whether nothing waits any more."""
        return not (self.being_sent or self.books.waiting or self.books.deferred)

    @property
    def purged(self) -> bool:
        """Whether it is no longer kept who got it."""
        return self.seal is not None and self.seal.purged is not None


def account(database: Database, issue: IssueName, *, being_sent: bool = False) -> Account:
    """Look into the books; ``being_sent`` says whether a living process is sending the issue."""
    with database.read() as connection:
        books = books_in(connection, issue, being_sent=being_sent)
        sealed = last_seal(connection, issue)
        return Account(
            issue,
            books,
            being_sent,
            _audience(connection, issue, left_out=False),
            _audience(connection, issue, left_out=True),
            tuple(reasons_in(connection, issue)),
            next_due_in(connection, issue),
            settlements_in(connection, issue),
            sealed if sealed and sealed.books == books else None,
        )


def _audience(connection: Connection, issue: IssueName, *, left_out: bool) -> dict[str, int]:
    column = audience_count.c.reason if left_out else audience_count.c.language
    these = (audience_count.c.language == "") if left_out else (audience_count.c.language != "")
    found = select(column, func.sum(audience_count.c.number)).where(audience_count.c.issue == str(issue), these)
    return {row[0]: row[1] for row in connection.execute(found.group_by(column).order_by(column))}
