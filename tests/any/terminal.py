"""A command at a pseudo-terminal: what it asks is waited for, what is typed goes in, and all that a person would see is kept."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

_PATIENCE = 60.0

FOURTH_OF_JULY = """
import datetime as dt, sys, time
from newsletter.door import Door
import newsletter.__main__ as program
began = time.monotonic()
day = dt.datetime(2025, 7, 4, 9, tzinfo=dt.UTC)
program.Door = lambda start: Door(start, now=lambda: day + dt.timedelta(seconds=time.monotonic() - began))
sys.exit(program.main(sys.argv[1:]))
"""
"""The program on that day, from nine o'clock on."""


class Terminal:
    """One command, from its start to its end; ``code`` starts the program otherwise than it is started every day."""

    def __init__(self, arguments: Sequence[str], folder: Path, environ: Mapping[str, str], *, code: str = "") -> None:
        import pty  # not everywhere

        ours, theirs = pty.openpty()
        root = str(Path(__file__).resolve().parents[2])
        clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSLETTER_")}
        self._ours, self._open, self.seen, self._heard = ours, True, "", 0
        self.process = subprocess.Popen(
            [sys.executable, *(("-c", code) if code else ("-m", "newsletter")), *arguments],
            cwd=folder,
            env={**clean, "PYTHONPATH": root, "DISPLAY": "", "COLUMNS": "120", **environ},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put it away."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.close()

    def until(self, words: str) -> str:
        """Wait for words after those that were waited for last; what was shown between."""
        begun, until = self._heard, time.monotonic() + _PATIENCE
        while (at := self.seen.find(words, begun)) < 0:
            assert time.monotonic() < until, f"waited for {words!r}, and saw:\n{self.seen}"
            assert self._more(), f"it ended before {words!r}:\n{self.seen}"
        self._heard = at + len(words)
        return self.seen[begun : self._heard]

    def type(self, text: str) -> None:
        """Type a line."""
        self.press(f"{text}\n")

    def press(self, keys: str) -> None:
        """Press keys, and no more than these."""
        os.write(self._ours, keys.encode())

    def close(self) -> None:
        """Close the window, as its cross does; the command may go on."""
        if self._open:
            os.close(self._ours)
        self._open = False

    def end(self) -> int:
        """Wait until it ends; its exit code."""
        until = time.monotonic() + _PATIENCE
        while self._more():
            assert time.monotonic() < until, f"it does not end:\n{self.seen}"
        return self.process.wait(_PATIENCE)

    def _more(self) -> bool:
        if not select.select([self._ours], [], [], 1)[0]:
            return self.process.poll() is None
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # how Linux says that nobody is there any more
            return False
        self.seen += data.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(data)
