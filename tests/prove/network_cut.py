"""The network is cut at every step, in every way -> a table: nobody lost, nobody twice, doubt is one a line that was cut.

``python tests/prove/network_cut.py`` takes some minutes. An issue is sent to a small mail server on loopback with one to
eight connections, the server taking several commands at once or not. At some step of some letter the line is dropped,
reset, or falls silent: either that line alone, or all lines at once, after which nobody can be reached until the sending
has given up; then it is sent on. In the end each reader must be accepted once, or in doubt, and in doubt is at most one
letter for each line that was cut.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.prove.engine import deliver, let_through, on_a_quick_disk
from tests.prove.invented import SHORT, Newsletter, states
from tests.prove.judged import balanced, judged, promise
from tests.prove.sink import Cut, Sink

STEPS = (
    *("GREETING", "EHLO", "MAIL", "RCPT", "DATA"),
    *("in the text", "at the dot", "before the answer", "after the answer"),
)
WAYS = ("drop", "reset", "stall")
RUNS = 4  # until everything has left: the first, which is cut, and some that go on
LONGEST = 1800  # seconds for everything


@dataclass
class Row:
    """What became of the sendings that were cut at one step in one way."""

    cuts: int = 0
    runs: int = 0
    doubt: int = 0  # letters
    most: int = 0  # of one cut
    arrived: int = 0  # of those in doubt
    wrong: Counter[str] = field(default_factory=Counter)


@dataclass
class Proof:
    """An issue, its readers, and the cuts."""

    folder: Path
    people: int

    def __post_init__(self) -> None:
        self.news = Newsletter(self.folder / "news", self.people, {}, LONGEST)
        self.news.prepare()
        self.cleared = let_through(self.news.folder)

    def cut(self, cut: Cut, connections: int, row: Row, *, several: bool) -> None:
        """Send until everything has left, and judge."""
        books = self.folder / "again" / "records" / "newsletter.db"
        books.parent.mkdir(parents=True)
        shutil.copyfile(self.news.books_file, books)
        sink = Sink(cut=cut, several=several)
        key = self.news.environ["NEWSLETTER_KEY"]
        for _ in range(RUNS):
            after, _ = deliver(self.cleared, books, key, sink.port, connections, timeouts=SHORT)
            sink.quiet()
            row.runs += 1
            row.wrong["never cut"] += sink.cut is not None
            sink.back()
            if after.planned and not after.waiting + after.deferred:
                break
        said = states(books, key)
        sink.close()
        shutil.rmtree(books.parent.parent)
        doubt = {one for one, state in said.items() if state == "in_doubt"}
        row.cuts += 1
        row.doubt += len(doubt)
        row.most = max(row.most, len(doubt))
        row.arrived += len(doubt & {one.number for one in sink.written})
        row.wrong.update(judged(sink.written, said))
        row.wrong.update(balanced(after.as_dict(), self.people, len(said)))
        row.wrong["more in doubt than lines were cut"] += max(0, len(doubt) - (connections if cut.everybody else 1))


def main() -> int:
    """Run the proof; 0 where the promise holds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=40)
    options.add_argument("--connections", type=int, nargs="*", default=list(range(1, 9)))
    options.add_argument("--steps", nargs="*", default=STEPS)
    asked = options.parse_args()
    began, wrong, cuts = time.monotonic(), Counter[str](), 0
    sys.stdout.write("cut at              how    whose     cuts  runs  in doubt  most of one  arrived  wrong\n")
    with tempfile.TemporaryDirectory(dir=on_a_quick_disk()) as folder:
        proof = Proof(Path(folder), asked.people)
        for step, how, everybody in product(asked.steps, WAYS, (False, True)):
            row = Row()
            for connections, several in product(asked.connections, (False, True)):
                # A connection is greeted before any letter.
                after = 0 if step in ("GREETING", "EHLO") else asked.people // 3 + connections
                proof.cut(Cut(after, step, how, everybody), connections, row, several=several)
            wrong, cuts = wrong + row.wrong, cuts + row.cuts
            sys.stdout.write(
                f"{step:<19} {how:<6} {'everybody' if everybody else 'one':<9} {row.cuts:>4}  {row.runs:>4}"
                f"  {row.doubt:>8}  {row.most:>11}  {row.arrived:>7}  {row.wrong.total():>5}\n"
            )
            sys.stdout.flush()
    sys.stdout.write(f"{cuts} cuts. {promise(wrong)} ({time.monotonic() - began:.0f} s)\n")
    return int(any(wrong.values()))


if __name__ == "__main__":
    sys.exit(main())
