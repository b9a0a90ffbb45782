"""A server that answers anything at any step -> the table of what becomes of a letter, as it is seen on the wire.

``python tests/prove/hostile.py`` tries every cell out, on a server of its own that is asked one command at a time and on
one that takes several at once, prints the table as it was seen, and names each cell in which the two, or what is promised
(``tests/delivery/hostile_table.py``), differ.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from newsletter.nouns.letter import Message
from tests.delivery.conftest import FakeServer
from tests.delivery.hostile_table import (
    CASES,
    MEANING,
    PLAIN,
    SEVERAL_AT_ONCE,
    STEPS,
    tried,
)

DATA = b"From: peru@example.org\r\nTo: ana@example.net\r\nSubject: July\r\n\r\n.one\r\n..two\r\n"
AT_ONCE = 8  # cells that are tried at the same time: most of them wait


def seen(case: tuple[str, str, str]) -> tuple[str, str]:
    """What comes of a cell, by both kinds of server."""
    reply, step, _ = case
    found = []
    for offer in (PLAIN, SEVERAL_AT_ONCE):
        made: list[FakeServer] = []

        def fake(script: dict[str, list[str]], made: list[FakeServer] = made) -> Any:
            made.append(FakeServer(script))
            return made[-1]

        message = Message("peru@example.org", "ana@example.net", "<1@example.org>", DATA)
        found.append(tried(fake, message, reply, step, offer).said)
        for server in made:
            server.close()
    return found[0], found[1]


def main() -> int:
    """Try everything, print the table; 1 where a cell is not as it is promised."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        cells = dict(zip(CASES, pool.map(seen, CASES), strict=True))
    sys.stdout.write(f"{'the server says':<32}{''.join(f'{step:<10}' for step in STEPS)}\n")
    for reply in dict.fromkeys(reply for reply, _, _ in CASES):
        row = [both for (one, _, _), both in cells.items() if one == reply]
        said = (one if one == other else f"{one}/{other}" for one, other in row)
        sys.stdout.write(f"{reply:<32}{''.join(f'{one:<10}' for one in said).rstrip()}\n")
    sys.stdout.write("".join(f"{short:<4}{words}\n" for short, words in MEANING.items()))
    wrong = [
        f"{reply} at {step}: {both}, not {said}" for (reply, step, said), both in cells.items() if {*both} != {said}
    ]
    sys.stdout.write("".join(f"{one}\n" for one in wrong))
    sys.stdout.write(f"{2 * len(cells)} tried, {len(wrong)} wrong\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
