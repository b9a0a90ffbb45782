"""A command at a terminal of its own, as somebody sits before it: what it shows, and keys that are pressed."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

LONG = 60  # seconds that no machine is busy for

SCRIPT = """
import datetime as dt, sys, time
from newsletter.door import Door
import newsletter.__main__ as program
began = time.monotonic()
day = dt.datetime(2025, 7, 4, 9, tzinfo=dt.UTC)
program.Door = lambda start: Door(start, now=lambda: day + dt.timedelta(seconds=time.monotonic() - began))
sys.exit(program.main(sys.argv[1:]))
"""
"""The program on the fourth of July, from nine o'clock on."""


@dataclass
class Terminal:
    """One command at its terminal. ``seen`` is all it has shown so far."""

    number: int
    end: int
    seen: str = ""

    def waits_for(self, words: str) -> None:
        """Read on until these words stand there."""
        until = time.monotonic() + LONG
        while words not in self.seen:
            assert time.monotonic() < until, f"{words!r} never came:\n{self.seen}"
            assert self._read(), f"{words!r} never came:\n{self.seen}"

    def types(self, keys: str) -> None:
        """Press some keys."""
        os.write(self.end, keys.encode())

    def ends(self) -> int:
        """Read to the end; the exit code."""
        while self._read():
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])

    def _read(self) -> bool:
        if not select.select([self.end], [], [], LONG)[0]:
            return False
        try:
            said = os.read(self.end, 65536)
        except OSError:  # Linux says so where the other side is closed
            return False
        self.seen += said.decode("utf-8", "replace")
        return bool(said)


@contextmanager
def terminal(words: tuple[str, ...], folder: Path, environ: Mapping[str, str]) -> Iterator[Terminal]:
    """Start it there."""
    pty = pytest.importorskip("pty")
    ours = {**os.environ, **environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "COLUMNS": "120"}
    number, end = pty.fork()
    if number == 0:
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-c", SCRIPT, *words], ours)  # noqa: S606 - a child of the test's
    try:
        yield Terminal(number, end)
    finally:
        os.close(end)
