"""A path -> one holder at a time among all threads and programs, by a lock that the system frees when its owner dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


class Taken(Exception):
    """Somebody else holds it, and has for as long as one was ready to wait."""


@contextmanager
def held(file: Path, seconds: float) -> Iterator[None]:
    """Hold the lock that this file stands for, waiting so long for it. Raises Taken, OSError."""
    lock = FileLock(file, mode=0o600)
    try:
        lock.acquire(timeout=seconds, poll_interval=0.01)
    except Timeout:
        raise Taken from None
    try:
        yield
    finally:
        lock.release()
