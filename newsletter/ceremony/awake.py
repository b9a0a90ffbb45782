"""A wait, or a sending -> the computer kept awake for it, as far as its system lets us; and whether it is."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

NOT_KEPT = (
    "This computer cannot be kept awake from here: see that it does not go to sleep before then (power cable in, lid"
    " open, sleep switched off in its settings)."
)
KEPT = "This computer is kept awake meanwhile; leave its lid open and the power cable in."
_SETTLES = 0.4  # seconds within which a program that cannot do it has said so by ending
_WINDOWS_ON, _WINDOWS_OFF = 0x80000001, 0x80000000  # ES_CONTINUOUS | ES_SYSTEM_REQUIRED, and ES_CONTINUOUS alone


@contextmanager
def awake(why: str) -> Iterator[bool]:
    """Keep the computer awake until the block ends, or we do; says whether that could be done."""
    if sys.platform == "win32":
        with _windows() as kept:
            yield kept
        return
    words = _words(why)
    if words is None:
        yield False
        return
    with _beside(words) as kept:
        yield kept


def _words(why: str) -> list[str] | None:
    """The command that keeps this system awake for as long as it runs; None where there is none.

    The first ends by itself when we do: it reads from a pipe that closes then. The second is told whom to watch.
    """
    if found := shutil.which("systemd-inhibit"):
        return [found, "--what=sleep:idle", "--who=newsletter", f"--why={why}", "--mode=block", "cat"]
    if found := shutil.which("caffeinate"):
        return [found, "-i", "-s", "-w", str(os.getpid())]
    return None


@contextmanager
def _beside(words: list[str]) -> Iterator[bool]:
    try:
        process = subprocess.Popen(  # noqa: S603 - a program of the system's, found by its own name
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us, not for it
        )
    except OSError:
        yield False
        return
    try:
        yield _goes_on(process)
    finally:
        with suppress(OSError):
            if process.stdin:
                process.stdin.close()
        process.terminate()
        process.wait()


def _goes_on(process: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + _SETTLES
    while time.monotonic() < until:
        if process.poll() is not None:
            return False
        time.sleep(0.02)
    return True


@contextmanager
def _windows() -> Iterator[bool]:
    tell = importlib.import_module("ctypes").windll.kernel32.SetThreadExecutionState
    kept = bool(tell(_WINDOWS_ON))
    try:
        yield kept
    finally:
        tell(_WINDOWS_OFF)
