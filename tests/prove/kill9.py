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
import base64
import collections
import contextlib
import csv
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from newsletter.ledger.book import Ledger  # noqa: E402 - run as a script from a clone
from newsletter.letters.message_id import PURPOSE, message_id  # noqa: E402 - after its own path
from newsletter.nouns.draft import IssueName  # noqa: E402 - after its own path
from newsletter.store.database import open_database  # noqa: E402 - after its own path
from newsletter.store.vault import Vault  # noqa: E402 - after its own path

ISSUE = "2025-07"
SENDER = Path(__file__).with_name("sender.py")
LONGEST = 1500  # seconds for everything
STEPS = ("MAIL", "before the answer", "after the answer", "RCPT", "at the dot", "soon after", "DATA", "in the text")
COMMITS = ("power", "after", "within", "before")
CUTS = ("drop", "reset", "stall")
MOST = 8  # connections

PROFILE = """title: Peru newsletter
languages: [en]
countries: {peru: {name: Peru}}
organisation: {name: Friends of Peru, legal: Friends of Peru, postal_address: "1 Example Street, London",
  privacy_url: "https://example.org/privacy", complaints: complaints@example.org}
sender: {name: Peru coordination, address: peru@example.org, reply_to: peru@example.org, list_id: peru.news.example.org,
  ehlo: mail.example.org}
coordinators: [{name: Ana Example, role: Coordinator}]
leave_by_mail: leave@example.org
approval: optional
"""
LETTER = """subject: "Peru: what happened in June, and what you can do"
preheader: "An amnesty is voted; a case reaches the court in San José"
send_on: 2025-07-04
sections:
  - type: letter
    body: |
      Dear {first_name|friend},

      this is a letter to people who were invented for a proof.
"""


@dataclass
class Sink:
    """A mail server that writes down each message before it answers, and ends a sender or a line at some step."""

    written: list[tuple[str, str]] = field(default_factory=list)  # hash of the recipient, Message-ID
    place: int = -1  # after so many messages ...
    step: str = ""  # ... at this step the sender is killed
    victim: subprocess.Popen[bytes] | None = None
    cut: tuple[int, str, str] | None = None  # after so many messages, at this step, this becomes of the line
    several: bool = False  # whether it takes several commands at once

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._talking: list[threading.Thread] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def quiet(self) -> None:
        """Wait until whatever was on its way is written down."""
        while self._talking:
            self._talking.pop().join(10)

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            thread.start()
            self._talking.append(thread)

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                self._talk(connection)
            except OSError:
                return  # the sender was killed, or the line was cut

    def _talk(self, connection: socket.socket) -> None:
        connection.sendall(b"220 sink.example.org ESMTP\r\n")
        lines, recipient = connection.makefile("rb"), ""
        for line in lines:
            verb = line[:4].upper().decode("ascii", "replace")
            self._reached(verb, connection)
            if verb == "EHLO":
                more = b"250-PIPELINING\r\n" if self.several else b""
                connection.sendall(b"250-sink.example.org\r\n" + more + b"250 ENHANCEDSTATUSCODES\r\n")
            elif verb == "QUIT":
                connection.sendall(b"221 2.0.0 Bye\r\n")
                return
            elif verb == "DATA":
                connection.sendall(b"354 Go on\r\n")
                if not self._take(connection, lines, recipient):
                    return
            else:
                if verb == "RCPT":
                    recipient = line.decode("utf-8").partition("<")[2].partition(">")[0]
                connection.sendall(b"250 2.0.0 Ok\r\n")

    def _take(self, connection: socket.socket, lines: BinaryIO, recipient: str) -> bool:
        number = ""
        for count, line in enumerate(lines):
            if line == b".\r\n":
                break
            if count == 3:
                self._reached("in the text", connection)
            if not number and line.lower().startswith(b"message-id:"):
                number = line.decode("ascii").partition(":")[2].strip()
        else:
            return False
        self._reached("at the dot", connection)
        with self._lock:
            self.written.append((hashed(recipient), number))
        self._reached("before the answer", connection, -1)
        connection.sendall(b"250 2.0.0 Ok: queued\r\n")
        self._reached("after the answer", connection, -1)
        if self.step == "soon after" and len(self.written) > self.place >= 0:
            time.sleep(0.0007 * (1 + self.place % 4))
            self._reached("soon after", connection, -1)
        return True

    def _reached(self, step: str, connection: socket.socket, just: int = 0) -> None:
        with self._lock:
            if self.victim is not None and step == self.step and len(self.written) + just >= self.place:
                self.victim.kill()
                self.victim.wait()
                self.victim = None
            cut, there = self.cut, self.cut and step == self.cut[1] and len(self.written) + just >= self.cut[0]
            if there:
                self.cut = None
        if there and cut:
            _break(connection, cut[2])


def _break(connection: socket.socket, how: str) -> None:
    """Hang up politely, hang up so that the other side hears of an error, or say nothing until it has given up."""
    if how == "stall":
        time.sleep(1.3)
    if how == "reset":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    raise OSError


def hashed(address: str) -> str:
    """What the server writes down of a recipient."""
    return hashlib.sha256(address.lower().encode()).hexdigest()


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
        self.addresses = [f"reader{number:04}@example.org" for number in range(self.people)]
        self._until = time.monotonic() + LONGEST
        self._environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("NEWSLETTER_")},
            "PYTHONPATH": str(ROOT),
            "NEWSLETTER_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "NEWSLETTER_SMTP_HOST": "127.0.0.1",
            "NEWSLETTER_SMTP_PORT": str(self.sink.port),
            "NEWSLETTER_SMTP_SECURITY": "none",
            "NEWSLETTER_SMTP_PROFILE": "own-relay",
        }

    def prepare(self) -> None:
        """The profile, the issue and the list."""
        (self.folder / "issues").mkdir()
        (self.folder / "issues" / "newsletter.yaml").write_text(PROFILE, "utf-8")
        (self.folder / "issues" / f"{ISSUE}.yaml").write_text(LETTER, "utf-8")
        with (self.folder / "list.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["email", "name", "language"])
            rows.writerows([address, f"Reader {number}", "en"] for number, address in enumerate(self.addresses))
        self.run(
            "subscribers", "import", "list.csv", "--ground", "consent", "--source", "invented for a proof", "--yes"
        )

    def run(self, *words: str) -> str:
        """One command to its end."""
        done = subprocess.run(
            self._command(*words),
            cwd=self.folder,
            env=self._environ,
            capture_output=True,
            timeout=max(1, self._until - time.monotonic()),
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"newsletter {' '.join(words)} ended with {done.returncode}:\n{done.stderr.decode()}")
        return done.stdout.decode("utf-8")

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
        cut = (place - 1, STEPS[number // 4 % len(STEPS)], CUTS[number // 4 % len(CUTS)]) if number % 4 == 3 else None
        self.sink.place, self.sink.step = 0 if not number else place, step
        self.sink.several, self.sink.cut = number % 2 == 1, cut
        copied = Path(tempfile.mkdtemp(dir=self.folder))
        words = (str(connections), by_itself, str(2 + number % 7), str(copied), "send", ISSUE, "--for-real", "--yes")
        sender = subprocess.Popen(
            [sys.executable, str(SENDER), *words],
            cwd=self.folder,
            env=self._environ,
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
            self._power_is_back(copied)
        happened = cut is not None and self.sink.cut is None
        self.sink.cut = None
        self.doubtful += connections + happened
        told = f"{step}, after a {cut[2]} at {cut[1]}" if cut and happened else step
        self.rows.append((number + 1, told, connections, "yes" if self.sink.several else "no", len(self.sink.written)))

    def _read_until_it_ends(self, sender: subprocess.Popen[bytes]) -> None:
        """Read the books while they are written: they balance at every moment."""
        path = self.folder / "records" / "newsletter.db"
        with contextlib.closing(open_database(str(path))) as database:
            while sender.poll() is None:
                if time.monotonic() > self._until:
                    raise SystemExit("It takes too long.")
                books = Ledger(database).books(IssueName.parse(ISSUE), being_sent=True).as_dict()
                self.readings += 1
                if books["planned"] not in (0, self.people) or 2 * books["planned"] != sum(books.values()):
                    self.unbalanced.append(str(books))
                time.sleep(0.01)

    def _power_is_back(self, copied: Path) -> None:
        """The books as they were on the disk; what was being written after that is half there."""
        books = self.folder / "records" / "newsletter.db"
        for end in ("", "-wal", "-shm"):
            books.with_name(f"{books.name}{end}").unlink(missing_ok=True)
        for file in copied.iterdir():
            shutil.copyfile(file, books.with_name(file.name))
            if file.name.endswith("-wal"):
                with books.with_name(file.name).open("ab") as log:
                    log.write(secrets.token_bytes(2100))

    def books(self) -> dict[str, int]:
        """What the program says."""
        said: dict[str, int] = json.loads(self.run("status", ISSUE, "--json"))
        return said

    def states(self) -> dict[str, str]:
        """What the ledger says of each person, by the Message-ID that is hers (made again here from key and id)."""
        vault = Vault(base64.urlsafe_b64decode(self._environ["NEWSLETTER_KEY"]))
        secret, issue = vault.derive(PURPOSE), IssueName.parse(ISSUE)
        with contextlib.closing(sqlite3.connect(self.folder / "records" / "newsletter.db")) as books:
            rows = books.execute("SELECT subscriber, state FROM copy WHERE issue = ?", (ISSUE,)).fetchall()
        return {message_id(secret, issue, subscriber, "example.org"): state for subscriber, state in rows}

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "newsletter", *words]


def judge(proof: Proof, books: dict[str, int], states: dict[str, str]) -> dict[str, int]:
    """The promise in figures, person by person: each has to be 0. ``states`` is what the ledger says by Message-ID."""
    arrived = collections.Counter(number for _, number in proof.sink.written)
    people = collections.Counter(person for person, _ in proof.sink.written)
    rest = sum(number for name, number in books.items() if name != "planned")
    return {
        "lost": sum(not arrived[one] and state != "in_doubt" for one, state in states.items()),
        "twice": sum(number > 1 for number in people.values()),
        "arrived and not in the books": sum(states.get(one) not in ("accepted", "in_doubt") for one in arrived),
        "in doubt more often than one a connection": max(0, books["in_doubt"] - proof.doubtful),
        "out of balance when read in between": len(proof.unbalanced),
        "left undone": books["waiting"] + books["deferred"] + books["refused"] + books["skipped"],
        "out of balance": abs(books["planned"] - rest) + abs(books["planned"] - proof.people),
        "books and ledger differ": abs(books["planned"] - len(states)) + abs(len(people) - len(arrived)),
    }


def table(proof: Proof, books: dict[str, int], states: dict[str, str], verdict: dict[str, int]) -> str:
    """What is printed."""
    lines = ["kill  at step                                        connections  several at once  at the server"]
    lines += [
        f"{number:>4}  {step:<46} {lines:>11}  {several:>15}  {count:>13}"
        for number, step, lines, several, count in proof.rows
    ]
    there = {number for _, number in proof.sink.written}
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
        proof.prepare()
        proof.kill()
        proof.run("send", ISSUE, "--for-real", "--yes")
        proof.run("send", ISSUE, "--for-real", "--yes")  # once more, with nothing left to do
        books = proof.books()
        states = proof.states()
        verdict = judge(proof, books, states)
        sys.stdout.write(table(proof, books, states, verdict))
    broken = {name: number for name, number in verdict.items() if number}
    said = f"The promise is broken: {broken}" if broken else "The promise holds: nobody lost, nobody twice."
    sys.stdout.write(f"{said} ({time.monotonic() - started:.0f} s)\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
