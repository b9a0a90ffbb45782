"""The command as it is, with so many connections, and killed by its own hand at a commit of its books.

``python tests/prove/sender.py CONNECTIONS WHEN COMMIT FOLDER send 2025-07 ...``: WHEN is ``never``; ``before``,
``within`` or ``after`` that commit; or ``power``: the books' files are copied into FOLDER when that commit is on the
disk, and the sender lives on until the next one would be, as it does where the power fails between two commits.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

from newsletter.__main__ import main
from newsletter.delivery import server, work
from newsletter.delivery.server import Timeouts
from newsletter.ledger.writer import Writer

SHORT = Timeouts(connect=5, greeting=5, command=1, data=1, block=1, final=1, goodbye=1)
ON_THE_WIRE = 0.02  # seconds in which what may leave by the books leaves


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _copy(books: Path, folder: Path) -> None:
    for file in (books, books.with_name(f"{books.name}-wal")):
        if file.exists():
            shutil.copyfile(file, folder / file.name)


def _killed(when: str, commit: int, folder: Path) -> None:
    commits, real = count(1), Writer._commit

    def counted(self: Writer, batch: list[Any]) -> None:
        number = next(commits)
        if when == "power" and number > commit:
            time.sleep(ON_THE_WIRE)
            _die()
        if when == "before" and number == commit:
            _die()
        if when == "within" and number == commit:
            self._connection.set_trace_callback(lambda said: _die() if said.startswith("COMMIT") else None)
        real(self, batch)
        if when == "after" and number == commit:
            _die()
        if when == "power" and number == commit:
            _copy(Path(self._database.where), folder)

    Writer._commit = counted  # type: ignore[method-assign]  # the sender's own hand


def _start(connections: str, when: str, commit: str, folder: str, *words: str) -> int:
    if int(connections):
        work.number_of_lines = lambda *_: int(connections)
    server.Server.__dataclass_fields__["timeouts"].default = SHORT
    server.Server.__init__.__defaults__ = (*server.Server.__init__.__defaults__[:-1], SHORT)  # type: ignore[index]
    if when != "never":
        _killed(when, int(commit), Path(folder))
    return main(list(words))


if __name__ == "__main__":
    sys.exit(_start(*sys.argv[1:]))
