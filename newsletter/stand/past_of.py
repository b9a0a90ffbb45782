"""An issue -> its past, newest first: who approved it, what left of it, when, how much, and with what result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from newsletter.gate.approvals import earlier_approvals, read_approvals
from newsletter.journal import read_journal
from newsletter.ledger.book import Books, Ledger
from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings
from newsletter.store.open import database_path
from newsletter.workspace import Workspace


class Kind(StrEnum):
    """What happened."""

    APPROVED = "approved"
    TEST_COPY = "test copy"
    EXPORT = "export"
    PUBLISHED = "published"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing of an issue's past. ``who`` approved it; ``detail`` is a platform, a fate, or how it was approved."""

    kind: Kind
    at: dt.datetime
    language: str = ""
    who: str = ""
    detail: str = ""
    until: dt.datetime | None = None
    books: Books | None = None


def past_of(workspace: Workspace, settings: Settings, issue: IssueName, books: Books | None) -> tuple[Happened, ...]:
    """All that is known. Raises BrokenApproval."""
    found = [*_approvals(workspace, issue), *_journal(workspace, issue)]
    if books:
        found += _sent(workspace, settings, issue, books)
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _approvals(workspace: Workspace, issue: IssueName) -> Iterator[Happened]:
    for one in (*read_approvals(workspace, issue).values(), *earlier_approvals(workspace, issue)):
        at = dt.datetime.fromisoformat(one.at)
        yield Happened(Kind.APPROVED, at if at.tzinfo else at.astimezone(), one.language, one.by, one.how)


def _journal(workspace: Workspace, issue: IssueName) -> Iterator[Happened]:
    for one in read_journal(workspace, issue):
        yield Happened(Kind(one.what), one.when, one.language, "", one.detail)


def _sent(workspace: Workspace, settings: Settings, issue: IssueName, books: Books) -> Iterator[Happened]:
    from newsletter.store.database import open_database

    database = open_database(str(database_path(workspace, settings)))
    try:
        begun, ended = Ledger(database).times(issue)
    finally:
        database.close()
    if begun:
        yield Happened(Kind.SENT, begun, until=ended, books=books)
