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


class Terminal:
    """One command, from its start to its end."""

    def __init__(
        self, arguments: Sequence[str], folder: Path, environ: Mapping[str, str], script: str = "newsletter"
    ) -> None:
        import pty  # not everywhere

        ours, theirs = pty.openpty()
        start = ["-m", script] if script == "newsletter" else ["-c", script]
        root = str(Path(__file__).resolve().parent.parent.parent)
        clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSLETTER_")}
        self._ours, self.seen = ours, ""
        self._process = subprocess.Popen(
            [sys.executable, *start, *arguments],
            cwd=folder,
            env={**clean, "PYTHONPATH": root, "DISPLAY": "", **environ},
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
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._ours)

    def until(self, words: str) -> str:
        """Wait for words that were not seen before; what came up to them."""
        begun, until = len(self.seen), time.monotonic() + _PATIENCE
        while words not in self.seen[begun:]:
            assert time.monotonic() < until, f"waited for {words!r}, and saw:\n{self.seen}"
            if not self._more():
                raise AssertionError(f"it ended before {words!r}:\n{self.seen}")
        return self.seen[begun:]

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self._ours, text.encode() + b"\n")

    def end(self) -> int:
        """Wait until it ends; its exit code."""
        until = time.monotonic() + _PATIENCE
        while self._more():
            assert time.monotonic() < until, f"it does not end:\n{self.seen}"
        return self._process.wait(_PATIENCE)

    def _more(self) -> bool:
        if not select.select([self._ours], [], [], 1)[0]:
            return self._process.poll() is None
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # how Linux says that nobody is there any more
            return False
        self.seen += data.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(data)
