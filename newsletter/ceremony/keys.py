"""A terminal -> whether somebody presses a key, read at once and without Enter; where there is none, only time passes."""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

Pressed = Callable[[float], bool]
"""Wait up to so many seconds; whether a key was pressed within them."""
_LOOK = 0.05  # seconds, where a key can only be asked for, not waited for


@contextmanager
def any_key(*, watched: bool) -> Iterator[Pressed]:
    """Listen to the keyboard of whoever watches. What was typed before does not count, and is thrown away.

    Ctrl-C stays what it is. A terminal that was closed counts as a key: nobody is there to press one any more.
    """
    if not watched:
        yield _only_time
    elif os.name == "posix":
        with _posix() as pressed:
            yield pressed
    else:
        yield _windows(importlib.import_module("msvcrt"))


def _only_time(seconds: float) -> bool:
    time.sleep(seconds)
    return False


@contextmanager
def _posix() -> Iterator[Pressed]:
    import select

    terminal, modes = sys.stdin.fileno(), importlib.import_module("termios")
    before = modes.tcgetattr(terminal)

    def pressed(seconds: float) -> bool:
        if not select.select([terminal], [], [], seconds)[0]:
            return False
        with suppress(OSError):  # it was closed
            os.read(terminal, 1024)
        return True

    try:
        importlib.import_module("tty").setcbreak(terminal, modes.TCSAFLUSH)
        yield pressed
    finally:
        with suppress(modes.error):  # where it was closed meanwhile
            modes.tcsetattr(terminal, modes.TCSAFLUSH, before)


def _windows(console: Any) -> Pressed:
    while console.kbhit():
        console.getwch()

    def pressed(seconds: float) -> bool:
        until = time.monotonic() + seconds
        while not console.kbhit():
            if time.monotonic() >= until:
                return False
            time.sleep(_LOOK)
        console.getwch()
        return True

    return pressed
