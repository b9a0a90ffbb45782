"""What the books cost with 1,000,000 readers, beside what they cost with 10,000, on one machine in one run.

    make bench

Both are made here in a temporary folder and measured in turns, so that a busy minute falls on both. A letter is what
each letter does to the books: its intent and its outcome, two statements and two commits with synchronous = FULL, as
SQL alone, on readers in the order in which they are written to; what is compared is the processor's time, as a shared
disk says more about its other users than about us. ``status`` is the command, from its start to its end, first of
books in which three in sixteen were refused or put off, then where every copy was put off; what it takes to start at all stands
beside it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from newsletter.ledger.book import Ledger
from newsletter.ledger.seal import read_rows
from newsletter.ledger.verify import verify
from newsletter.nouns.draft import IssueName
from newsletter.store.database import Database, open_database

SMALL, LARGE = 10_000, 1_000_000
ROUNDS, LETTERS, STARTS = 31, 100, 5
LETTER_BAR, STATUS_BAR = 1.10, 1.0  # times; seconds
ISSUE = IssueName.parse("2025-07")
NOW = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
AT = int(NOW.timestamp())
INTENT = (
    "UPDATE copy SET state = 'intent', attempts = attempts + 1, first_try = coalesce(first_try, ?1), last_try = ?1"
    " WHERE issue = ?2 AND subscriber = ?3 AND state IN ('waiting', 'deferred')"
)
OUTCOME = (
    "UPDATE copy SET state = 'accepted', next_try = NULL, code = 250, enhanced = '2.0.0', reply = 'Ok: queued as 4BfX',"
    " sender_at_fault = 0 WHERE issue = ?1 AND subscriber = ?2 AND state = 'intent'"
)
SIXTEENTH = "unicode(substr(subscriber, -1)) % 16"
USUAL = (
    f"UPDATE copy SET state = CASE {SIXTEENTH} WHEN 0 THEN 'refused' WHEN 1 THEN 'deferred' ELSE 'accepted' END,"  # noqa: S608
    f" next_try = CASE {SIXTEENTH} WHEN 1 THEN 5 END, attempts = 1, first_try = 1, last_try = 5, enhanced = '4.2.2',"
    " reply = 'answer of server ' || substr(subscriber, 1, 2) WHERE state = 'waiting'"
)
WORST = "UPDATE copy SET state = 'deferred', next_try = 5, reply = 'answer ' || substr(subscriber, 1, 2)"


@dataclass
class Books:
    """A newsletter of so many readers, in a folder of its own."""

    root: Path
    readers: int
    figures: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.root / "issues").mkdir(parents=True)
        (self.root / "issues" / "newsletter.yaml").write_text("title: Peru newsletter\n", "utf-8")
        (self.root / "issues" / "2025-07.yaml").write_text("subject: July\n", "utf-8")
        self.database: Database = open_database(str(self.root / "records" / "newsletter.db"))
        ids = sorted(hashlib.md5(b"%d" % one, usedforsecurity=False).hexdigest() for one in range(self.readers))
        begun = time.process_time()
        plan = ((one, "es" if one[0] == "0" else "en") for one in ids)
        Ledger(self.database).plan(ISSUE, {"en": "1" * 64, "es": "2" * 64}, plan, {"f" * 33: "left"}, NOW)
        self.figures["freeze"] = (time.process_time() - begun) / self.readers * 1e6
        self.next = iter(ids)
        self.hot = sqlite3.connect(self.database.where, isolation_level=None)
        self.hot.execute("PRAGMA synchronous = FULL")

    def letters(self) -> float:
        """Microseconds of the processor for one letter."""
        some = [next(self.next) for _ in range(LETTERS)]
        begun = time.process_time()
        for one in some:
            self.hot.execute(INTENT, (AT, str(ISSUE), one))
            self.hot.execute(OUTCOME, (str(ISSUE), one))
        return (time.process_time() - begun) / LETTERS * 1e6

    def change(self, sql: str) -> None:
        """Let the copies meet other fates."""
        with self.database.write() as connection:
            connection.exec_driver_sql(sql)
        self.hot.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def look(self) -> None:
        """What reading costs, in this process."""
        ledger = Ledger(self.database)
        self.figures["figures"] = best(lambda: ledger.books(ISSUE)) * 1e6
        with self.database.read() as connection:
            self.figures["seal"] = best(lambda: read_rows(connection, ISSUE), 1)
        self.figures["verify"] = best(lambda: verify(self.database, lambda _: False), 1)
        self.figures["size"] = Path(self.database.where).stat().st_size / 1e6

    def type(self, *words: str, times: int = STARTS) -> float:
        """Type a command: the shortest of a few times in seconds."""
        typed = [sys.executable, "-m", "newsletter", *words]
        environ = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
        none = subprocess.DEVNULL

        def run() -> None:
            subprocess.run(typed, cwd=self.root, env=environ, stdout=none, stderr=none, check=True)

        return best(run, times)


def best(what: Callable[[], object], times: int = STARTS) -> float:
    """The shortest time in seconds."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        what()
        took.append(time.perf_counter() - begun)
    return min(took)


def measured(small: Books, large: Books) -> float:
    """Measure both in turns; how many times as much a letter costs in the large books."""
    costs = [(small.letters(), large.letters()) for _ in range(ROUNDS)]
    for books, column in ((small, 0), (large, 1)):
        books.figures["letter"] = statistics.median(one[column] for one in costs)
        books.change(USUAL)
    for books in (small, large):
        books.look()
        books.figures["start"] = books.type("--version")
        books.figures["status"] = books.type("status", "2025-07")
        books.figures["who"] = books.type("who-was-sent", "2025-07")
        books.change(WORST)
        books.figures["worst"] = books.type("status", "2025-07")
        books.figures["lines"] = books.type("status", "2025-07", "--csv", times=1)
    return statistics.median(theirs / ours for ours, theirs in costs)


def rows(small: Books, large: Books, letter: float) -> Iterator[tuple[str, str, str, str, str]]:
    """The lines of the table."""
    for name, key, digits in (
        ("freeze the audience: us of CPU a reader", "freeze", 1),
        ("a letter: us of CPU", "letter", 1),
        ("the seven figures: us", "figures", 0),
        ("any command, to start: s", "start", 2),
        ("newsletter status: s", "status", 2),
        ("newsletter status, all put off: s", "worst", 2),
        ("newsletter who-was-sent: s", "who", 2),
        ("the digest of a seal: s", "seal", 2),
        ("newsletter verify, in its process: s", "verify", 2),
        ("newsletter status --csv: s", "lines", 2),
        ("the file: MB", "size", 0),
    ):
        mine, theirs = small.figures[key], large.figures[key]
        bar = {"letter": f"at most {LETTER_BAR:.2f} times", "status": f"under {STATUS_BAR:.0f} s"}.get(key, "")
        bar = f"under {STATUS_BAR:.0f} s" if key == "worst" else bar
        ratio = letter if key == "letter" else theirs / mine
        yield name, f"{mine:,.{digits}f}", f"{theirs:,.{digits}f}", f"{ratio:.2f}", bar


def main() -> int:
    """Make both, measure, print the table; 1 where a bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = (Books(Path(folder) / str(number), number) for number in (SMALL, LARGE))
        letter = measured(small, large)
        table = Table("what", f"{SMALL:,} readers", f"{LARGE:,} readers", "times", "bar")
        for row in rows(small, large, letter):
            table.add_row(*row)
        Console(width=110).print(table)
        missed = letter > LETTER_BAR or max(large.figures["status"], large.figures["worst"]) > STATUS_BAR
        for books in (small, large):
            books.hot.close()
            books.database.close()
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
