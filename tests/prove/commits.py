"""The commits of the books while an issue is sent -> somebody may look before and after each, in the thread that writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from newsletter.ledger.writer import Writer

Look = Callable[[int, Writer], None]


def _nothing(number: int, writer: Writer) -> None:
    """Nobody looks."""


@contextmanager
def watched(before: Look = _nothing, after: Look = _nothing) -> Iterator[None]:
    """Within the block ``before`` and ``after`` are told of each commit, by its number from 1, before anybody goes on."""
    commits, real = count(1), Writer._commit

    def counted(self: Writer, batch: list[Any]) -> None:
        number = next(commits)
        before(number, self)
        real(self, batch)
        after(number, self)

    Writer._commit = counted  # type: ignore[method-assign]  # the proof's own hand
    try:
        yield
    finally:
        Writer._commit = real  # type: ignore[method-assign]  # as it was
