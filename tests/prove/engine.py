"""An issue, books and a port -> the issue sent by this very process: what ``newsletter send`` does once it has asked."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsletter.delivery import work
from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.run import Run
from newsletter.delivery.send import send
from newsletter.delivery.server import Server, Timeouts
from newsletter.errors import NewsletterError
from newsletter.gate.clear import Cleared, clear
from newsletter.ledger.book import Books, Ledger
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import ManyLines
from newsletter.pipeline import prepare
from newsletter.settings import Settings
from newsletter.store.open import open_store
from newsletter.workspace import Workspace
from tests.prove.invented import ISSUE


def let_through(folder: Path) -> Cleared:
    """What the gate lets through of a proof's issue, today."""
    workspace, now = Workspace(folder.resolve()), dt.datetime.now(dt.UTC)
    prepared = prepare(workspace, IssueName.parse(ISSUE), Settings())
    return clear(workspace, prepared, now.date(), now=now, accept_warnings=True)


def deliver(
    cleared: Cleared, books: Path, key: str, port: int, connections: int, *, timeouts: Timeouts
) -> tuple[Books, NewsletterError | None]:
    """One run of the engine on these books, on so many connections: what they say then, and why it stopped early, if so."""
    settings = Settings(key=key, smtp_profile="own-relay", database=str(books))
    carrier = Smtp(Server("127.0.0.1", port, "none", "mail.example.org", timeouts=timeouts))
    stopped = None
    with open_store(Workspace(books.parent.parent.resolve()), settings) as store, so_many(connections):
        try:
            send(cleared, store, settings, carrier, lambda: dt.datetime.now(dt.UTC))
        except NewsletterError as error:
            stopped = error
        return Ledger(store.database).books(cleared.dossier.issue), stopped


@contextmanager
def so_many(connections: int) -> Iterator[None]:
    """Within the block a run has so many connections, whatever pace and carrier say."""
    real = work.number_of_lines

    def number_of_lines(run: Run, carrier: ManyLines) -> int:
        del carrier
        return max(1, min(connections, len(run.due)))

    work.number_of_lines = number_of_lines
    try:
        yield
    finally:
        work.number_of_lines = real


def on_a_quick_disk() -> str | None:
    """A folder whose files wait for no disk, where there is one: a proof that copies files thousands of times asks for it."""
    there = "/dev/shm"  # noqa: S108 - a folder of our own in it
    return there if os.path.isdir(there) else None  # noqa: PTH112 - a name for tempfile
