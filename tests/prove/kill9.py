"""A sending killed two hundred times -> a table: nobody lost, nobody twice, who is in doubt is reported.

``python tests/prove/kill9.py`` takes some minutes. It makes a newsletter of invented readers in a temporary folder,
starts the real command ``newsletter send 2025-07 --for-real --yes`` again and again, with one to eight connections, and
ends it (only processes that it has started): with kill -9 at every step of the mail protocol, before, within and after
a commit of its books, and as where the power fails, when the books are as they were at the last commit that is on the
disk, with half a page of rubbish behind it. In between the line is dropped, reset or falls silent at some step. Every
other server takes several commands at once. While it is sent the books are read, and balance. Then the command may
finish, and the books are compared with what the mail server, a small one of its own on loopback, wrote down before
each of its answers.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from newsletter.ledger.book import Ledger
from newsletter.nouns.draft import IssueName
from newsletter.store.database import open_database
from tests.prove.invented import ISSUE, Newsletter, put_back
from tests.prove.judged import balanced, judged, promise
from tests.prove.sink import Cut, Sink

SENDER = Path(__file__).with_name("sender.py")
LONGEST = 1500  # seconds for everything
STEPS = ("MAIL", "before the answer", "after the answer", "RCPT", "at the dot", "soon after", "DATA", "in the text")
COMMITS = ("power", "after", "within", "before")
CUTS = ("drop", "reset", "stall")
MOST = 8  # connections


@dataclass
class Proof:
    """A workspace of invented readers, a server, and the runs of the command."""

    folder: Path
    people: int
    kills: int
    sink: Sink = field(default_factory=Sink)
    rows: list[tuple[int, str, int, str, int]] = field(default_factory=list)
    doubtful: int = 0  # letters that may be in doubt: one a connection that was at work, one a line that was cut
    readings: int = 0
    unbalanced: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.news = Newsletter(self.folder, self.people, {"NEWSLETTER_SMTP_PORT": str(self.sink.port)}, LONGEST)

    def kill(self) -> None:
        """Start the sending and end it, once at each place."""
        for number in range(self.kills):
            there = len(self.sink.written)
            left = self.people - there - self.doubtful  # at the least: who is in doubt has mostly arrived
            self._once(number, there + max(1, left // (self.kills - number + 1)))

    def _once(self, number: int, place: int) -> None:
        connections = 1 + number * 3 % MOST
        by_itself = COMMITS[number // 3 % len(COMMITS)] if number % 3 == 2 else "never"
        step = "EHLO" if not number else by_itself if by_itself != "never" else STEPS[number % len(STEPS)]
        kind = number // 4
        cut = Cut(place - 1, STEPS[kind % len(STEPS)], CUTS[kind % len(CUTS)]) if number % 4 == 3 else None
        self.sink.place, self.sink.step = 0 if not number else place, step
        self.sink.several, self.sink.cut = number % 2 == 1, cut
        copied = Path(tempfile.mkdtemp(dir=self.folder))
        words = (str(connections), by_itself, str(2 + number % 7), str(copied), "send", ISSUE, "--for-real", "--yes")
        sender = subprocess.Popen(
            [sys.executable, str(SENDER), *words],
            cwd=self.folder,
            env=self.news.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.sink.victim = sender if by_itself == "never" else None
        try:
            self._read_until_it_ends(sender)
        finally:
            sender.kill()
        self.sink.victim, self.sink.place = None, -1
        if sender.returncode != -signal.SIGKILL:
            raise SystemExit(f"The sending ended with {sender.returncode} before it was killed at {step}, {place}.")
        self.sink.quiet()
        if by_itself == "power":
            put_back(copied, self.news.books_file)
        happened = cut is not None and self.sink.cut is None
        self.sink.cut = None
        self.doubtful += connections + happened
        told = f"{step}, after a {cut.how} at {cut.step}" if cut and happened else step
        self.rows.append((number + 1, told, connections, "yes" if self.sink.several else "no", len(self.sink.written)))

    def _read_until_it_ends(self, sender: subprocess.Popen[bytes]) -> None:
        """Read the books while they are written: they balance at every moment."""
        with contextlib.closing(open_database(str(self.news.books_file))) as database:
            while sender.poll() is None:
                if time.monotonic() > self.news.until:
                    raise SystemExit("It takes too long.")
                books = Ledger(database).books(IssueName.parse(ISSUE), being_sent=True).as_dict()
                self.readings += 1
                if books["planned"] not in (0, self.people) or 2 * books["planned"] != sum(books.values()):
                    self.unbalanced.append(str(books))
                time.sleep(0.01)


def judge(proof: Proof, books: dict[str, int], states: dict[str, str]) -> dict[str, int]:
    """The promise in figures: each has to be 0. ``states`` is what the ledger says by Message-ID."""
    return {
        **judged(proof.sink.written, states),
        "in doubt more often than one a connection": max(0, books["in_doubt"] - proof.doubtful),
        "out of balance when read in between": len(proof.unbalanced),
        **balanced(books, proof.people, len(states)),
    }


def table(proof: Proof, books: dict[str, int], states: dict[str, str], verdict: dict[str, int]) -> str:
    """What is printed."""
    lines = ["kill  at step                                        connections  several at once  at the server"]
    lines += [
        f"{number:>4}  {step:<46} {lines:>11}  {several:>15}  {count:>13}"
        for number, step, lines, several, count in proof.rows
    ]
    there = {one.number for one in proof.sink.written}
    doubt = {one for one, state in states.items() if state == "in_doubt"}
    lines.append("")
    lines.append(f"readers {proof.people}, arrived {len(there)}, books {json.dumps(books)}")
    lines.append(
        f"in doubt {len(doubt)} of at most {proof.doubtful}, of which arrived {len(doubt & there)}; all reported"
    )
    lines.append(f"the books were read {proof.readings} times in between")
    lines += [f"{name} {number}" for name, number in verdict.items()]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Run the proof; 0 where the promise holds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=3000)
    options.add_argument("--kills", type=int, default=200)
    asked = options.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        proof = Proof(Path(folder), asked.people, asked.kills)
        proof.news.prepare()
        proof.kill()
        proof.news.run("send", ISSUE, "--for-real", "--yes")
        proof.news.run("send", ISSUE, "--for-real", "--yes")  # once more, with nothing left to do
        books = proof.news.books()
        states = proof.news.states()
        verdict = judge(proof, books, states)
        sys.stdout.write(table(proof, books, states, verdict))
    sys.stdout.write(f"{promise(verdict)} ({time.monotonic() - started:.0f} s)\n")
    return int(any(verdict.values()))


if __name__ == "__main__":
    sys.exit(main())
