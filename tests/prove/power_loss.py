"""The power fails between any two commits of the books -> a table: nobody lost, nobody twice, doubt is one a connection.

``python tests/prove/power_loss.py`` takes some minutes. An issue is sent to a small mail server on loopback, with one to
eight connections, the server taking several commands at once or not. After every commit the files of the books, with
the log that is not folded in yet, are copied; how much the server had by then is known. Then each copy is taken as what
the disk holds when the power comes back, half a page of rubbish behind it where the next commit was being written, and
the issue is sent on from there, to the same server: with all that had arrived until the next commit was on the disk, and
once more judged with only what had arrived when this one was. In the end each reader must be accepted once, or in doubt.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from newsletter.delivery.server import Timeouts
from newsletter.gate.clear import Cleared
from newsletter.ledger.book import Books
from newsletter.ledger.writer import Writer
from tests.prove.commits import watched
from tests.prove.engine import deliver, let_through, on_a_quick_disk
from tests.prove.invented import Newsletter, copy_books, put_back, states
from tests.prove.judged import balanced, judged, promise
from tests.prove.sink import Arrival, Sink

FULL = 2  # PRAGMA synchronous
PATIENT = Timeouts()  # no line is cut here: a busy machine is no broken one
LONGEST = 1800  # seconds for everything


@dataclass
class Failure:
    """The power fails after a commit: what the disk holds, and until when letters may still arrive."""

    copied: Path
    at: float
    until: float = float("inf")


@dataclass
class Row:
    """What became of all the failures of one sending."""

    connections: int
    several: bool
    failures: int = 0
    doubt: int = 0  # the most of one failure
    doubtful: int = 0  # of all
    arrived: int = 0  # of those
    wrong: Counter[str] = field(default_factory=Counter)


@dataclass
class Proof:
    """An issue, its readers, and the failures."""

    folder: Path
    people: int

    def __post_init__(self) -> None:
        self.news = Newsletter(self.folder / "news", self.people, {}, LONGEST)
        self.news.prepare()
        self.cleared: Cleared = let_through(self.news.folder)

    def row(self, connections: int, *, several: bool) -> Row:
        """Send once, and let the power fail after each commit of it."""
        row = Row(connections, several)
        place = self.folder / f"{connections}-{several}"
        books = place / "records" / "newsletter.db"
        books.parent.mkdir(parents=True)
        shutil.copyfile(self.news.books_file, books)
        sink = Sink(several=several)
        failures = self._sent(place, books, sink, connections)
        arrived = list(sink.written)
        for failure in failures:
            self._power_is_back(failure, arrived, sink, row)
        sink.close()
        shutil.rmtree(place)
        return row

    def _sent(self, place: Path, books: Path, sink: Sink, connections: int) -> list[Failure]:
        """The sending, with a copy of the books after each commit."""
        failures: list[Failure] = []

        def begun(number: int, writer: Writer) -> None:
            if number == 1:  # the readers are frozen, nothing has left
                assert writer._connection.execute("PRAGMA synchronous").fetchone()[0] == FULL
                failures.append(copied(0, writer))

        def done(number: int, writer: Writer) -> None:
            failures[-1].until = time.monotonic()  # nobody has gone on yet on the strength of this commit
            failures.append(copied(number, writer))

        def copied(number: int, writer: Writer) -> Failure:
            folder = place / str(number)
            folder.mkdir()
            copy_books(Path(writer._database.where), folder)
            return Failure(folder, time.monotonic())

        with watched(before=begun, after=done):
            after, stopped = deliver(self.cleared, books, self._key, sink.port, connections, timeouts=PATIENT)
        assert stopped is None
        assert after.accepted == self.people
        sink.quiet()
        return failures

    def _power_is_back(self, failure: Failure, arrived: list[Arrival], sink: Sink, row: Row) -> None:
        """Send on from what the disk holds, and judge."""
        books = failure.copied.parent / "again" / "records" / "newsletter.db"
        books.parent.mkdir(parents=True, exist_ok=True)
        put_back(failure.copied, books)
        before = [one for one in arrived if one.at <= failure.until]
        sink.written[:] = before
        after, stopped = deliver(self.cleared, books, self._key, sink.port, row.connections, timeouts=PATIENT)
        sink.quiet()
        said = states(books, self._key)
        since = sink.written[len(before) :]
        row.failures += 1
        row.wrong["stopped"] += stopped is not None
        for there in (before, [one for one in before if one.at <= failure.at]):
            row.wrong.update(judged([*there, *since], said))
        self._count(row, after, said, {one.number for one in before})

    def _count(self, row: Row, books: Books, said: dict[str, str], arrived: set[str]) -> None:
        doubt = {one for one, state in said.items() if state == "in_doubt"}
        row.wrong.update(balanced(books.as_dict(), self.people, len(said)))
        row.wrong["in doubt more often than one a connection"] += max(0, len(doubt) - row.connections)
        row.doubt = max(row.doubt, len(doubt))
        row.doubtful += len(doubt)
        row.arrived += len(doubt & arrived)

    @property
    def _key(self) -> str:
        return self.news.environ["NEWSLETTER_KEY"]


def main() -> int:
    """Run the proof; 0 where the promise holds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=60)
    options.add_argument("--connections", type=int, nargs="*", default=list(range(1, 9)))
    asked = options.parse_args()
    began, wrong, failures = time.monotonic(), Counter[str](), 0
    sys.stdout.write(
        "connections  several at once  power failed  in doubt, most of one  of all  of which arrived  wrong\n"
    )
    with tempfile.TemporaryDirectory(dir=on_a_quick_disk()) as folder:
        proof = Proof(Path(folder), asked.people)
        for connections in asked.connections:
            for several in (False, True):
                row = proof.row(connections, several=several)
                wrong, failures = wrong + row.wrong, failures + row.failures
                sys.stdout.write(
                    f"{row.connections:>11}  {'yes' if several else 'no':>15}  {row.failures:>12}  {row.doubt:>21}"
                    f"  {row.doubtful:>6}  {row.arrived:>16}  {row.wrong.total():>5}\n"
                )
                sys.stdout.flush()
    sys.stdout.write(f"{failures} failures of the power. {promise(wrong)} ({time.monotonic() - began:.0f} s)\n")
    return int(any(wrong.values()))


if __name__ == "__main__":
    sys.exit(main())
