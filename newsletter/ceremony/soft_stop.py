"""Ctrl-C, SIGTERM or a terminal that is closed -> a wish to stop, heard once; Ctrl-C and SIGTERM mean it the second time."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

_CLOSED = getattr(signal, "SIGHUP", None)  # Windows has none
_SCREENS = (0, 1, 2)


@contextmanager
def soft_stop(heard: str) -> Iterator[Callable[[], bool]]:
    """Take the first one as a wish, and say what was heard; a second one does what it does by itself.

    A terminal that is closed says so more than once, through the system and the shell, and means the same each time.
    """
    asked: list[int] = []
    before = {number: signal.getsignal(number) for number in _heeded()}
    screens = [one for one in _SCREENS if os.isatty(one)]

    def wish(number: int, _frame: FrameType | None) -> None:
        first = not asked
        asked.append(number)
        if number == _CLOSED:
            _say_no_more(screens)
        if first:
            back(but=_CLOSED)  # before it is said: whoever reads it and does the same again is heard
            with suppress(OSError, ValueError):  # where stderr is no file of the system's
                os.write(sys.stderr.fileno(), heard.encode())  # echo may be what was interrupted

    def back(but: int | None) -> None:
        for one, was in before.items():
            if one != but:
                signal.signal(one, was)

    for number in before:
        signal.signal(number, wish)
    try:
        yield lambda: bool(asked)
    finally:
        back(but=_CLOSED if _CLOSED in asked else None)  # what comes after, such as the report, is finished too


def _heeded() -> Iterator[int]:
    yield from (signal.SIGINT, signal.SIGTERM)
    if _CLOSED is not None and signal.getsignal(_CLOSED) != signal.SIG_IGN:  # as nohup has it: go on without a terminal
        yield _CLOSED


def _say_no_more(screens: list[int]) -> None:
    """Let what is said to a terminal that is gone go nowhere, instead of failing."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for one in screens:
        if not os.isatty(one):
            os.dup2(nowhere, one)
    os.close(nowhere)
