"""The command as it is, with so many connections, and killed by its own hand at a commit of its books.

``python tests/prove/sender.py CONNECTIONS WHEN COMMIT FOLDER send 2025-07 ...``: WHEN is ``never``; ``before``,
``within`` or ``after`` that commit; or ``power``: the books' files are copied into FOLDER when that commit is on the
disk, and the sender lives on until the next one would be, as it does where the power fails between two commits.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from newsletter.__main__ import main
from newsletter.delivery import server, work
from newsletter.ledger.writer import Writer
from tests.prove.commits import watched
from tests.prove.invented import SHORT, copy_books

ON_THE_WIRE = 0.02  # seconds in which what may leave by the books leaves


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed(when: str, commit: int, folder: Path) -> AbstractContextManager[None]:
    def before(number: int, writer: Writer) -> None:
        if when == "power" and number > commit:
            time.sleep(ON_THE_WIRE)
            _die()
        if when == "before" and number == commit:
            _die()
        if when == "within" and number == commit:
            writer._connection.set_trace_callback(lambda said: _die() if said.startswith("COMMIT") else None)

    def after(number: int, writer: Writer) -> None:
        if when == "after" and number == commit:
            _die()
        if when == "power" and number == commit:
            copy_books(Path(writer._database.where), folder)

    return watched(before, after)


def _start(connections: str, when: str, commit: str, folder: str, *words: str) -> int:
    if int(connections):
        work.number_of_lines = lambda *_: int(connections)
    server.Server = partial(server.Server, timeouts=SHORT)  # type: ignore[misc,assignment]  # the proof's own hand
    with _killed(when, int(commit), Path(folder)):
        return main(list(words))


if __name__ == "__main__":
    sys.exit(_start(*sys.argv[1:]))
