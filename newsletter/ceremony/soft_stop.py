"""Ctrl-C and SIGTERM -> a wish to stop, heard once; the second time they mean it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType


@contextmanager
def soft_stop(heard: str) -> Iterator[Callable[[], bool]]:
    """Take the first one as a wish, and say what was heard; a second one does what it does by itself."""
    asked: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def wish(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        with suppress(OSError, ValueError):  # where stderr is no file of the system's
            os.write(sys.stderr.fileno(), heard.encode())  # echo may be what was interrupted
        for one, was in before.items():
            signal.signal(one, was)

    for number in before:
        signal.signal(number, wish)
    try:
        yield lambda: bool(asked)
    finally:
        for number, was in before.items():
            signal.signal(number, was)
