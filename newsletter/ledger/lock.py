"""The folder of the books and an issue -> one sender at a time, by a lock that the system frees when its owner dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from newsletter.errors import StoppedForSafety
from newsletter.lock import Taken, held
from newsletter.nouns.draft import IssueName


class Locked(StoppedForSafety):
    """Another process is sending this issue now."""

    def __init__(self, issue: IssueName) -> None:
        super().__init__(
            f"The issue {issue} is being sent right now by another window or machine; nothing was done here.",
            f"Wait until it is done; newsletter status {issue} says how far it is.",
        )


@contextmanager
def sending(books: Path, issue: IssueName) -> Iterator[None]:
    """Hold the lock of an issue; ``books`` is the path of the database. Raises Locked."""
    with ExitStack() as stack:
        try:  # not at once: ``status`` holds it for a moment to see whether it is free
            stack.enter_context(held(_file(books, issue), 0.5))
        except Taken:
            raise Locked(issue) from None
        yield


def being_sent(books: Path, issue: IssueName) -> bool:
    """Whether a living process is sending this issue."""
    if not _file(books, issue).exists():
        return False
    try:
        with sending(books, issue):
            return False
    except Locked:
        return True


def _file(books: Path, issue: IssueName) -> Path:
    return books.resolve().with_name(f"{issue}.sending")  # one lock, by whatever way the books are reached
