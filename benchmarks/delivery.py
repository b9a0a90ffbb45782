"""What it costs to send: the engine with its ledger, beside Postfix's smtp-source and smtplib, in the same rounds.

``python benchmarks/delivery.py`` sends distinct letters of 60 kB to a fast sink of its own, in another process on
loopback, by turns: ``smtp-source`` of Postfix with four sessions, the engine (four connections, each intent and outcome
on the disk) and smtplib on four threads (the same letters, no ledger); then the last two where each answer takes
20 ms. It prints medians of the rounds and their ratios, and where the engine's time goes. A machine's speed changes
from minute to minute, so ratios are taken within a round. Without smtp-source (Debian: postfix) its row is left out.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import cProfile
import datetime as dt
import itertools
import multiprocessing
import os
import pstats
import secrets
import shutil
import smtplib
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from newsletter.audience.recipients import recipients  # noqa: E402 - after its own path
from newsletter.audience.records import Newcomer, locked  # noqa: E402 - run as a script from a clone
from newsletter.delivery.carriers.smtp import Smtp  # noqa: E402 - after its own path
from newsletter.delivery.own import own  # noqa: E402 - after its own path
from newsletter.delivery.send import send  # noqa: E402 - after its own path
from newsletter.delivery.server import Server  # noqa: E402 - after its own path
from newsletter.gate.clear import Cleared  # noqa: E402 - after its own path
from newsletter.ledger.writer import Answer, Entry, Writer  # noqa: E402 - after its own path
from newsletter.letters.compose import compose  # noqa: E402 - after its own path
from newsletter.letters.encode import encode_editions  # noqa: E402 - after its own path
from newsletter.nouns.draft import Edition, IssueName, Profile, Sender, Translated  # noqa: E402 - after its own path
from newsletter.nouns.letter import (  # noqa: E402 - after its own path
    Context,
    Dossier,
    Message,
    Rendered,
    Slot,
    SlotName,
)
from newsletter.nouns.person import Ground  # noqa: E402 - after its own path
from newsletter.settings import Settings  # noqa: E402 - after its own path
from newsletter.store.open import Store, open_store  # noqa: E402 - after its own path
from newsletter.store.tables import subscriber  # noqa: E402 - after its own path
from newsletter.workspace import Workspace  # noqa: E402 - after its own path

CONNECTIONS, SIZE, LATENCY = 4, 60_000, 0.020
BARS = {"smtp-source": 0.7, "smtplib at 20 ms": 3.5, "ledger": 0.06}
JULY = IssueName.parse("2025-07")
YEARS = itertools.count(1000)
NOW = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
_END, _TAIL = b"\r\n.\r\n", 600


class Sink:
    """A mail server that takes everything and looks at the ends of what it gets only; each round trip may take time."""

    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._listener.getsockname()[1])
        self._count = multiprocessing.Value("L", 0)
        self._process = multiprocessing.get_context("fork").Process(target=self._serve, daemon=True)
        self._process.start()
        self._listener.close()

    @property
    def taken(self) -> int:
        """How many messages came."""
        return int(self._count.value)

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            self._converse(connection)

    def _converse(self, connection: socket.socket) -> None:
        connection.sendall(b"220 sink.example.org ESMTP\r\n")
        room = memoryview(bytearray(1 << 18))
        rest, in_text = b"", False
        while size := connection.recv_into(room):
            rest += bytes(room[max(0, size - _TAIL) : size]) if in_text else bytes(room[:size])
            said, rest, in_text = self._answers(rest, in_text=in_text)
            if said:
                if self._latency:
                    time.sleep(self._latency)
                connection.sendall(said)

    def _answers(self, rest: bytes, *, in_text: bool) -> tuple[bytes, bytes, bool]:
        said = b""
        while rest:
            if in_text:
                at = rest.rfind(_END)
                if at < 0:
                    return said, rest[-8:], True
                with self._count.get_lock():
                    self._count.value += 1
                rest, in_text = rest[at + len(_END) :], False
                said += b"250 2.0.0 Ok\r\n"
                continue
            line, found, behind = rest.partition(b"\r\n")
            if not found:
                return said, rest, False
            verb = line[:4].upper()
            rest = behind
            said += _REPLIES.get(verb, b"250 2.0.0 Ok\r\n")
            if verb == b"DATA":
                in_text, rest = True, b"\r\n" + rest
        return said, rest, in_text


_REPLIES = {
    b"EHLO": b"250-sink.example.org\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n",
    b"HELO": b"250 sink.example.org\r\n",
    b"DATA": b"354 Go on\r\n",
    b"QUIT": b"221 2.0.0 Bye\r\n",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What one sender did: letters a second, CPU of its process and, of that, of the ledger, in ms a letter."""

    rate: float
    cpu: float
    ledger: float = 0.0


def dossier() -> Dossier:
    """An issue of 60 kB with a name, and links that are the reader's own, in both parts."""
    line = "The court heard the families of those who did not return, and set a day for the next session. "
    name = Slot(SlotName.FIRST_NAME, Context.HTML_TEXT, "friend")
    link = Slot(SlotName.LEAVE_URL, Context.HTML_ATTRIBUTE)
    html = f'<p style="margin:0 0 16px">{line * 4}</p>\n' * (SIZE * 8 // 10 // 430)
    text = f"{line * 4}\n\n" * (SIZE * 2 // 10 // 400)
    rendered = Rendered(
        issue=JULY,
        language="en",
        direction="ltr",
        subject=("Peru in July",),
        preheader="",
        html=("<html><body><p>Dear ", name, f",</p>\n{html}", '<a href="', link, '">Leave</a></body></html>\n'),
        text=(
            "Dear ",
            Slot(SlotName.FIRST_NAME, Context.PLAIN_TEXT, "friend"),
            f",\n\n{text}",
            Slot(SlotName.LEAVE_URL, Context.PLAIN_TEXT),
            "\n",
        ),
        pictures=(),
        digest="1" * 64,
    )
    profile = Profile(
        title=Translated({"": "Peru newsletter"}),
        languages=("en",),
        countries={},
        sender=Sender("Peru coordination", "peru@example.org", "peru@example.org", "peru.news.example.org"),
        leave_by_mail="leave@example.org",
    )
    edition = Edition(JULY, "en", "Peru in July", "", dt.date(2025, 7, 4), (), "issues/2025-07.yaml")
    return Dossier(JULY, profile, (edition,), {"en": rendered})


def cleared(issue: Dossier) -> Cleared:
    """What only the gate makes, made past it: this measures what comes after."""
    made = object.__new__(Cleared)
    object.__setattr__(made, "dossier", issue)
    object.__setattr__(made, "on", dt.date(2025, 7, 4))
    return made


SETTINGS = Settings(
    key=base64.urlsafe_b64encode(bytes(32)).decode(), smtp_profile="own-relay", public_url="https://news.example.org"
)


@contextmanager
def readers(people: int) -> Iterator[Store]:
    """A list of so many invented people, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder).resolve())
        (workspace.root / "issues").mkdir()
        with open_store(workspace, SETTINGS) as store:
            rows = (
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
                for number in range(people)
            )
            with store.database.write() as connection:
                connection.execute(subscriber.insert(), list(rows))
            yield store


def engine(store: Store, port: int) -> Figures:
    """The real thing: frozen readers, intents and outcomes on the disk; the plan is made before the clock starts."""
    from newsletter.delivery.send import _plan
    from newsletter.ledger.book import Ledger

    issue = replace(dossier(), issue=IssueName(next(YEARS), 7))  # books are kept: each time another issue
    _plan(Ledger(store.database), issue, store, NOW)
    server = Server("127.0.0.1", port, "none", "mail.example.org")
    with ledger_time() as spent:
        began, worked = time.perf_counter(), time.process_time()
        sent = send(cleared(issue), store, SETTINGS, Smtp(server, connections=CONNECTIONS), lambda: NOW)
        took, cpu = time.perf_counter() - began, time.process_time() - worked
    number = sent.books.accepted
    assert number == sent.books.planned
    return Figures(number / took, cpu / number * 1000, sum(spent) / number * 1000)


@contextmanager
def ledger_time() -> Iterator[list[float]]:
    """CPU seconds that the ledger takes: of the thread that writes, and of those that ask it, around the calls."""
    spent: list[float] = []
    write, serve = Writer.write, Writer._serve  # noqa: SLF001 - measured from outside

    def timed(work: Callable[[], None]) -> None:
        began = time.thread_time()
        work()
        spent.append(time.thread_time() - began)

    def timed_write(self: Writer, *entries: Entry, meanwhile: Callable[[], None] | None = None) -> list[Answer]:
        other = 0.0  # what a connection does while it waits is not the ledger's

        def timed_meanwhile() -> None:
            nonlocal other
            began = time.thread_time()
            if meanwhile is not None:
                meanwhile()
            other = time.thread_time() - began

        began = time.thread_time()
        try:
            return write(self, *entries, meanwhile=timed_meanwhile)
        finally:
            spent.append(time.thread_time() - began - other)

    Writer.write = timed_write  # type: ignore[method-assign]  # measured from outside
    Writer._serve = lambda self: timed(lambda: serve(self))  # type: ignore[method-assign]  # noqa: SLF001 - likewise
    try:
        yield spent
    finally:
        Writer.write, Writer._serve = write, serve  # type: ignore[method-assign]  # noqa: SLF001 - as it was


def library(store: Store, port: int) -> Figures:
    """The library on as many threads, with the same letters spliced as they go and nothing written down."""
    issue = dossier()
    encoded = encode_editions(issue, public_url=SETTINGS.public_url)["en"]
    mine = own(JULY, issue.profile, SETTINGS, store.vault)
    people = list(recipients(store, ("en",), "en"))

    def letter(number: int) -> Message:
        one = people[number]
        message_id = mine.message_id(one.id, encoded.domain)
        return compose(encoded, one, leave=mine.leave(one.id), message_id=message_id, now=NOW)

    def lane(start: int) -> None:
        with smtplib.SMTP("127.0.0.1", port, local_hostname="mail.example.org") as session:
            for number in range(start, len(people), CONNECTIONS):
                message = letter(number)
                session.sendmail(message.sender, [message.recipient], message.data)

    threads = [threading.Thread(target=lane, args=(start,)) for start in range(CONNECTIONS)]
    began, worked = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, cpu = time.perf_counter() - began, time.process_time() - worked
    return Figures(len(people) / took, cpu / len(people) * 1000)


def source(people: int, port: int) -> Figures | None:
    """Postfix's own generator of load, written in C; it does not pipeline."""
    program = shutil.which("smtp-source", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        return None
    words = ["-d", "-s", str(CONNECTIONS), "-l", str(SIZE), "-m", str(people), "-f", "a@example.org", "-t"]
    began, before = time.perf_counter(), os.times()
    subprocess.run([program, *words, "b@example.org", f"127.0.0.1:{port}"], check=True)
    took, after = time.perf_counter() - began, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Figures(people / took, cpu / people * 1000)


def rounds(people: int, number: int, latency: float) -> list[dict[str, Figures]]:
    """Everybody in turn, so often."""
    found = []
    with readers(people) as store:
        sink = Sink(latency)
        try:
            for _ in range(number):
                taken = sink.taken
                turn = {"the engine, ledger on": engine(store, sink.port), "smtplib": library(store, sink.port)}
                if not latency and (there := source(people, sink.port)):
                    turn["smtp-source"] = there
                assert sink.taken - taken == people * len(turn)
                found.append(turn)
        finally:
            sink.close()
    return found


def show(title: str, turns: list[dict[str, Figures]], base: str) -> dict[str, float]:
    """The table; and the engine's rate as a multiple of each peer's, the median of the rounds."""
    table = Table(title, "letters/s", "CPU ms a letter", "of it the ledger", f"times {base}")
    for name in turns[0]:
        each = [turn[name] for turn in turns]
        middle = [statistics.median(getattr(one, what) for one in each) for what in ("rate", "cpu", "ledger")]
        ratio = statistics.median(turn[name].rate / turn[base].rate for turn in turns)
        ledger = f"{middle[2]:.3f}" if middle[2] else ""
        table.add_row(name, f"{middle[0]:,.0f}", f"{middle[1]:.3f}", ledger, f"{ratio:.2f}")
    Console(width=110).print(table)
    first = "the engine, ledger on"
    return {name: statistics.median(turn[first].rate / turn[name].rate for turn in turns) for name in turns[0]} | {
        "ledger": statistics.median(turn[first].ledger for turn in turns)
    }


def show_profile(people: int) -> None:
    """Where the time goes, of one connection: own time, the twenty most costly functions."""
    with readers(people) as store:
        sink = Sink(0)
        profiler = cProfile.Profile()
        try:
            run = threading.Thread.run

            def profiled(self: threading.Thread) -> None:
                if self.name == "line 1":
                    profiler.runcall(run, self)
                else:
                    run(self)

            threading.Thread.run = profiled  # type: ignore[method-assign]  # the first line only
            try:
                engine(store, sink.port)
            finally:
                threading.Thread.run = run  # type: ignore[method-assign]  # as it was
        finally:
            sink.close()
    pstats.Stats(profiler, stream=sys.stdout).strip_dirs().sort_stats("tottime").print_stats(20)


def load() -> str:
    """What else the machine had to do in the last minute, where it says so."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def disk() -> float:
    """Milliseconds that this disk takes to have 4 kB for certain, which each commit of the ledger waits for; a median."""
    with tempfile.TemporaryFile() as file:
        times = []
        for _ in range(50):
            began = time.perf_counter()
            file.write(secrets.token_bytes(4096))
            file.flush()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def main() -> None:
    """Measure, show, and say which bars are missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=4000)
    options.add_argument("--rounds", type=int, default=5)
    asked = options.parse_args()
    fast = rounds(asked.people, asked.rounds, 0)
    peer = "smtp-source" if "smtp-source" in fast[0] else "smtplib"
    near = show(f"{SIZE // 1000} kB letters, loopback", fast, peer)
    far = show("each answer after 20 ms", rounds(max(200, asked.people // 10), 3, LATENCY), "smtplib")
    print(f"this disk takes {disk():.2f} ms to have a page for certain; {os.cpu_count()} cores, load {load()}")
    seen = {"smtp-source": near.get("smtp-source"), "smtplib at 20 ms": far["smtplib"], "ledger": near["ledger"]}
    missed = False
    for name, bar in BARS.items():
        if (value := seen[name]) is None:
            print(f"{name}: not measured, it is not installed")
            continue
        good = value <= bar if name == "ledger" else value >= bar
        missed = missed or not good
        print(f"{name}: {value:.3f}, bar {bar}: {'kept' if good else 'MISSED'}")
    if missed:
        show_profile(asked.people)


if __name__ == "__main__":
    main()
