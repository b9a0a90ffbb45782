"""A reader's number -> what she was sent, issue by issue: when, with what result."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from newsletter.ledger.book import INTENT
from newsletter.nouns.letter import Fate
from newsletter.store.database import Database
from newsletter.store.ledger_tables import copy, planned_edition, seal


@dataclass(frozen=True, slots=True)
class Past:
    """One issue, as far as it concerns her."""

    issue: str
    language: str  # "" where she was left out from the start
    state: str  # Fate
    attempts: int
    first_try: dt.datetime | None
    last_try: dt.datetime | None
    code: int
    enhanced: str
    reply: str
    settled: bool  # by somebody's decision, after it had been in doubt


def history(database: Database, subscriber: str) -> tuple[Past, ...]:
    """Every copy of hers that is kept, the oldest issue first; one under way, or left so, is in doubt."""
    issues = select(planned_edition.c.issue).distinct()
    # Issue by issue: the copies' key begins with it, so each is one look.
    found = select(copy).where(copy.c.issue.in_(issues), copy.c.subscriber == subscriber).order_by(copy.c.issue)
    with database.read() as connection:
        return tuple(
            Past(
                issue=row.issue,
                language=row.language,
                state=Fate.IN_DOUBT.value if row.state == INTENT else row.state,
                attempts=row.attempts,
                first_try=moment(row.first_try),
                last_try=moment(row.last_try),
                code=row.code,
                enhanced=row.enhanced,
                reply=row.reply,
                settled=row.settled is not None,
            )
            for row in connection.execute(found)
        )


def purged_issues(database: Database) -> tuple[str, ...]:
    """The issues of which it is no longer kept who got them."""
    found = select(seal.c.issue).where(seal.c.purged.is_not(None)).distinct().order_by(seal.c.issue)
    with database.read() as connection:
        return tuple(connection.execute(found).scalars())


def moment(at: int | None) -> dt.datetime | None:
    """Seconds since 1970 as a time, in UTC."""
    return None if at is None else dt.datetime.fromtimestamp(at, dt.UTC)
