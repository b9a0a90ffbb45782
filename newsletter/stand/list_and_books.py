"""Workspace and settings -> how many readers there are, and the books of every issue that was sent; nothing is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from newsletter.errors import NewsletterError
from newsletter.ledger.book import Books, Ledger
from newsletter.ledger.lock import being_sent
from newsletter.ledger.retention import overdue
from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings
from newsletter.store.open import database_path
from newsletter.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Kept:
    """``readers`` is None where there is no list yet; ``trouble`` says why a list that is there cannot be read."""

    readers: int | None = None
    books: Mapping[str, Books] = field(default_factory=dict)  # by the issue's name
    trouble: NewsletterError | None = None
    overdue: tuple[str, ...] = ()  # the issues of which it is kept for too long who got them


def list_and_books(workspace: Workspace, settings: Settings, now: dt.datetime | None = None) -> Kept:
    """Look into the list and the books, where there are any; with ``now`` also at what has been kept too long."""
    path = database_path(workspace, settings)
    if not path.is_file():
        return Kept()
    from sqlalchemy import func, select

    from newsletter.store.database import open_database
    from newsletter.store.tables import subscriber

    try:
        database = open_database(str(path))
    except NewsletterError as error:
        return Kept(trouble=error)
    try:
        active = select(func.count()).where(subscriber.c.state == "active")
        with database.read() as connection:
            readers = connection.execute(active).scalar_one()
        ledger = Ledger(database)
        names = [IssueName.parse(name) for name in ledger.issues()]
        late = overdue(database, now) if now else []
        books = {str(one): ledger.books(one, being_sent=being_sent(path, one)) for one in names}
    finally:
        database.close()
    return Kept(readers, {name: one for name, one in books.items() if one.planned}, overdue=tuple(late))
