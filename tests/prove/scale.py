"""An issue to 1,000,000 readers -> a table: what a letter costs, and what memory the sender takes, beside 10,000 readers.

``python tests/prove/scale.py`` takes a quarter of an hour. The list of a million invented readers is made in a temporary
folder, and the issue is sent to all of them, by the engine with four connections, each intent and outcome in the books,
to a small mail server of another process. After every hundred thousand letters the sender waits while the same issue is
sent to ten thousand other readers, by a process of their own with books of their own, so that a busy minute of the
machine falls on both; what is compared is the processor's time of the two senders. The memory is the sender's, as the
system counts it. ``newsletter status`` is typed while the issue is under way, and once everything has left.
``benchmarks/ledger.py`` measures the books alone.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import multiprocessing
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import datetime as dt  # noqa: E402 - after the paths

from sending import Sink  # noqa: E402 - the fast mail server of the benchmark

from newsletter.audience.records import Newcomer, locked  # noqa: E402 - run as a script from a clone
from newsletter.delivery.carriers.smtp import Smtp  # noqa: E402 - after its own path
from newsletter.delivery.send import send  # noqa: E402 - after its own path
from newsletter.delivery.server import Server  # noqa: E402 - after its own path
from newsletter.nouns.person import Ground  # noqa: E402 - after its own path
from newsletter.settings import Settings  # noqa: E402 - after its own path
from newsletter.store.open import open_store  # noqa: E402 - after its own path
from newsletter.store.tables import subscriber  # noqa: E402 - after its own path
from newsletter.workspace import Workspace  # noqa: E402 - after its own path
from tests.prove.engine import let_through  # noqa: E402 - after its own path
from tests.prove.invented import ISSUE, Newsletter, write_issue  # noqa: E402 - after its own path

LARGE, SMALL, STEP = 1_000_000, 10_000, 10_000  # readers; letters of which the cost is taken
COST_BAR, MEMORY_BAR, FLAT_BAR, STATUS_BAR = 1.10, 150.0, 10.0, 1.0  # times; MB; MB; seconds
AT_ONCE = 20_000  # rows put into one statement
LONGEST = 7200  # seconds for everything


@dataclass
class Taken:
    """What the sender's process had taken after so many letters."""

    letters: int
    seconds: float  # of the processor
    megabytes: float


@dataclass
class Figures:
    """What is measured."""

    large: list[Taken] = field(default_factory=list)
    small: list[float] = field(default_factory=list)  # microseconds a letter, each time
    status: list[tuple[float, float]] = field(default_factory=list)  # seconds by the clock, and of the processor


def enlist(folder: Path, key: str, people: int) -> None:
    """So many invented readers, straight into the list."""
    settings = Settings(key=key)
    with open_store(Workspace(folder.resolve()), settings) as store:
        for start in range(0, people, AT_ONCE):
            rows = [
                locked(
                    Newcomer(
                        f"reader{number}@example.org",
                        secrets.token_bytes(32),
                        f"Reader {number}",
                        "en",
                        Ground.CONSENT,
                        "invented",
                        dt.date(2025, 1, 1),
                    ),
                    store.vault,
                )
                for number in range(start, min(people, start + AT_ONCE))
            ]
            with store.database.write() as connection:
                connection.execute(subscriber.insert(), rows)


def memory() -> float:
    """Megabytes of this process that are in memory now."""
    said = Path("/proc/self/status").read_text("ascii")
    return int(said.partition("VmRSS:")[2].split()[0]) / 1024


def sender(folder: Path, key: str, port: int, say: Connection, every: int) -> None:
    """Send the issue; after so many letters say what it took, and wait for a word to go on."""
    settings = Settings(key=key, smtp_profile="own-relay")
    cleared = let_through(folder)
    server = Server("127.0.0.1", port, "none", "mail.example.org")

    def progress(done: int, _total: int) -> None:
        if done % every == 0:
            say.send(Taken(done, time.process_time(), memory()))
            say.recv()

    with open_store(Workspace(folder.resolve()), settings) as store:
        sent = send(cleared, store, settings, Smtp(server), lambda: dt.datetime.now(dt.UTC), progress=progress)
        say.send(sent.books.accepted)


@contextlib.contextmanager
def started(folder: Path, key: str, port: int, every: int) -> Iterator[Connection]:
    """A sender in a process of its own."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=sender, args=(folder, key, port, theirs, every), daemon=True
    )
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        process.join(30)
        process.kill()


def of_the_small(root: Path, port: int) -> float:
    """Microseconds of the processor for a letter of ten thousand; the second half of them, once everything is warm."""
    key = key_of(root)
    make(root, key, SMALL)
    taken: list[Taken] = []
    with started(root, key, port, SMALL // 2) as heard:
        while not isinstance(said := heard.recv(), int):
            taken.append(said)
            heard.send("go on")
    assert said == SMALL
    return (taken[1].seconds - taken[0].seconds) / (taken[1].letters - taken[0].letters) * 1e6


def key_of(root: Path) -> str:
    """A key of one's own for a folder."""
    return Newsletter(root, 0, {}, LONGEST).environ["NEWSLETTER_KEY"]


def make(root: Path, key: str, people: int) -> None:
    """A newsletter of so many readers."""
    write_issue(root)
    enlist(root, key, people)


def of_the_large(root: Path, people: int, port: int, between: Callable[[Path, str, Taken], None]) -> list[Taken]:
    """Send to all, and let ``between`` be called after each step."""
    key = key_of(root)
    make(root, key, people)
    taken: list[Taken] = []
    with started(root, key, port, STEP) as heard:
        while not isinstance(said := heard.recv(), int):
            taken.append(said)
            between(root, key, said)
            heard.send("go on")
    assert said == people, f"{said} of {people}"
    between(root, key, Taken(people + 1, 0, 0))
    return taken


def typed(root: Path, key: str) -> tuple[float, float]:
    """Seconds of ``newsletter status``, by the clock and of the processor, the shortest of three."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "NEWSLETTER_KEY": key}
    took = []
    for _ in range(3):
        began, before = time.perf_counter(), os.times()
        done = subprocess.run(
            [sys.executable, "-m", "newsletter", "status", ISSUE, "--json"],
            cwd=root,
            env=environ,
            capture_output=True,
            check=True,
        )
        clock, after = time.perf_counter() - began, os.times()
        worked = after.children_user + after.children_system - before.children_user - before.children_system
        took.append((clock, worked))
    assert json.loads(done.stdout)["planned"]
    return min(took)


def measured(people: int) -> Figures:
    """Both, in turns."""
    figures, turns = Figures(), max(STEP, people // 10)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sink = Sink(0)

        def between(root: Path, key: str, taken: Taken) -> None:
            if taken.letters > people:
                figures.status.append(typed(root, key))
            elif taken.letters % turns == 0:
                figures.small.append(of_the_small(folder / f"small-{taken.letters}", sink.port))
                figures.status.append(typed(root, key))
                sys.stdout.write(f"{taken.letters:>9,} letters, {taken.megabytes:.0f} MB, {figures.small[-1]:.0f} us\n")
                sys.stdout.flush()

        figures.large = of_the_large(folder / "large", people, sink.port, between)
        sink.close()
    return figures


def main() -> int:
    """Measure, print the table; 1 where a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=LARGE)
    people = options.parse_args().people
    figures = measured(people)
    large = figures.large
    costs = [(two.seconds - one.seconds) / (two.letters - one.letters) * 1e6 for one, two in itertools.pairwise(large)]
    cost, beside = statistics.median(costs), statistics.median(figures.small)
    early = max(one.megabytes for one in large[: max(1, len(large) // 10)])
    most = max(one.megabytes for one in large)
    status, worked = (max(one[place] for one in figures.status) for place in (0, 1))
    rows = (
        (f"a letter, {people:,} readers: us of the processor", f"{cost:.0f}", ""),
        (f"a letter, {SMALL:,} readers: us of the processor", f"{beside:.0f}", ""),
        ("times", f"{cost / beside:.2f}", f"at most {COST_BAR:.2f}"),
        ("memory of the sender, the most: MB", f"{most:.0f}", f"under {MEMORY_BAR:.0f}"),
        ("of it after the first tenth of the letters: MB", f"{most - early:.1f}", f"under {FLAT_BAR:.0f}"),
        ("newsletter status, the longest: s", f"{status:.2f}", f"under {STATUS_BAR:.0f}"),
        ("of it the processor's; the rest is what else the machine does", f"{worked:.2f}", ""),
    )
    for name, value, bar in rows:
        sys.stdout.write(f"{name:<62} {value:>8}  {bar}\n")
    kept = cost / beside <= COST_BAR and most < MEMORY_BAR and most - early < FLAT_BAR
    return int(not (kept and status < STATUS_BAR))


if __name__ == "__main__":
    sys.exit(main())
