"""What the benchmarks of sending share: an issue of 60 kB, its readers, a mail server, and where the CPU's time goes."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import itertools
import multiprocessing
import os
import secrets
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from newsletter.audience.records import Newcomer, locked
from newsletter.delivery import work
from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.run import Run
from newsletter.delivery.send import _plan, send
from newsletter.delivery.server import Server
from newsletter.delivery.sign import signature, signer
from newsletter.delivery.wire import Wire
from newsletter.gate.clear import Cleared
from newsletter.ledger.book import Ledger
from newsletter.ledger.writer import Writer
from newsletter.nouns.draft import Edition, IssueName, Profile, Sender, Translated
from newsletter.nouns.letter import Context, Dossier, Rendered, Slot, SlotName
from newsletter.nouns.person import Ground
from newsletter.settings import Settings
from newsletter.store.open import Store, open_store
from newsletter.store.tables import subscriber
from newsletter.turns import Turns
from newsletter.workspace import Workspace

SIZE = 60_000
JULY = IssueName.parse("2025-07")
NOW = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
SETTINGS = Settings(
    key=base64.urlsafe_b64encode(bytes(32)).decode(), smtp_profile="own-relay", public_url="https://news.example.org"
)
_YEARS = itertools.count(1000)
_END, _TAIL = b"\r\n.\r\n", 600
_REPLIES = {
    b"EHLO": b"250-sink.example.org\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n",
    b"HELO": b"250 sink.example.org\r\n",
    b"DATA": b"354 Go on\r\n",
    b"QUIT": b"221 2.0.0 Bye\r\n",
}


class Sink:
    """A mail server that takes everything and looks at the ends of what it gets only; each round trip may take time."""

    def __init__(self, latency: float = 0.0) -> None:
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


@contextmanager
def sink(latency: float = 0.0) -> Iterator[Sink]:
    """A sink for as long as it is needed."""
    there = Sink(latency)
    try:
        yield there
    finally:
        there.close()


def dossier() -> Dossier:
    """An issue of 60 kB, as it travels, with a name, and links that are the reader's own, in both parts; in Spanish."""
    line = "El tribunal escuchó a las familias, y fijó la próxima sesión para el mes de agosto. "
    name = Slot(SlotName.FIRST_NAME, Context.HTML_TEXT, "friend")
    link = Slot(SlotName.LEAVE_URL, Context.HTML_ATTRIBUTE)
    html = f'<p style="margin:0 0 16px">{line * 4}</p>\n' * (SIZE * 8 // 10 // 452)
    text = f"{line * 4}\n\n" * (SIZE * 2 // 10 // 411)
    rendered = Rendered(
        issue=JULY,
        language="es",
        direction="ltr",
        subject=("Perú en julio",),
        preheader="",
        html=("<html><body><p>Hola ", name, f',</p>\n{html}<a href="', link, '">Dejarlo</a></body></html>\n'),
        text=(
            "Hola ",
            replace(name, context=Context.PLAIN_TEXT),
            f",\n\n{text}",
            replace(link, context=Context.PLAIN_TEXT),
            "\n",
        ),
        pictures=(),
        digest="1" * 64,
    )
    profile = Profile(
        title=Translated({"": "Boletín del Perú"}),
        languages=("es",),
        countries={},
        sender=Sender("Coordinación Perú", "peru@example.org", "peru@example.org", "peru.news.example.org"),
        leave_by_mail="leave@example.org",
    )
    edition = Edition(JULY, "es", "Perú en julio", "", dt.date(2025, 7, 4), (), "issues/2025-07.yaml")
    return Dossier(JULY, profile, (edition,), {"es": rendered})


def _cleared(issue: Dossier) -> Cleared:
    """What only the gate makes, made past it: this measures what comes after."""
    made = object.__new__(Cleared)
    object.__setattr__(made, "dossier", issue)
    object.__setattr__(made, "on", dt.date(2025, 7, 4))
    return made


@contextmanager
def readers(people: int, settings: Settings = SETTINGS, where: str | None = None) -> Iterator[Store]:
    """A list of so many invented people, in a folder of its own."""
    with tempfile.TemporaryDirectory(dir=where) as folder:
        workspace = Workspace(Path(folder).resolve())
        (workspace.root / "issues").mkdir()
        with open_store(workspace, settings) as store:
            rows = [
                locked(
                    Newcomer(
                        f"reader{number}@example.org",
                        secrets.token_bytes(32),
                        f"Reader {number}",
                        "es",
                        Ground.CONSENT,
                        "invented",
                        dt.date(2025, 1, 1),
                    ),
                    store.vault,
                )
                for number in range(people)
            ]
            with store.database.write() as connection:
                connection.execute(subscriber.insert(), rows)
            yield store


@dataclass(frozen=True, slots=True)
class Sent:
    """What one sender did: how many letters, in how many seconds, with how much CPU of its process."""

    letters: int
    seconds: float
    cpu: float = 0.0
    steps: dict[str, float] = field(default_factory=dict)  # CPU seconds by step
    calls: dict[str, int] = field(default_factory=dict)  # how often each was taken

    @property
    def rate(self) -> float:
        """Letters a second."""
        return self.letters / self.seconds

    @property
    def cost(self) -> float:
        """Milliseconds of CPU a letter."""
        return self.cpu / self.letters * 1000

    def step(self, *names: str) -> float:
        """Milliseconds of CPU a letter within these steps."""
        return sum(self.steps.get(name, 0.0) for name in names) / self.letters * 1000


def engine(store: Store, port: int, connections: int, steps: tuple[str, ...], settings: Settings = SETTINGS) -> Sent:
    """The real thing: frozen readers, intents and outcomes on the disk; the plan is made before the clock starts."""
    issue = replace(dossier(), issue=IssueName(next(_YEARS), 7))  # books are kept: each time another issue
    _plan(Ledger(store.database), issue, store, NOW)
    carrier = Smtp(Server("127.0.0.1", port, "none", "mail.example.org"), connections=connections)
    with measured(steps) as spent:
        began, worked = time.perf_counter(), time.process_time()
        books = send(_cleared(issue), store, settings, carrier, lambda: NOW).books
        took, cpu = time.perf_counter() - began, time.process_time() - worked
    assert books.accepted == books.planned
    seconds = {name: sum(each) for name, each in spent.items()}
    calls = {name: len(each) for name, each in spent.items()}
    return Sent(books.accepted, took, cpu, seconds, calls)


RSA, HASH = "inside the RSA operation", "the body's SHA-256"
COMPOSE = "choosing, unlocking and composing a letter"
ASK, COMMIT = "the ledger: asking", "the ledger: statements and commits, with what the disk takes of the CPU"
LEDGER = (ASK, COMMIT)
_STEPS: dict[str, tuple[tuple[Any, str], ...]] = {
    RSA: ((signature, "_raw"),),
    HASH: ((signer, "hash_body"),),
    COMPOSE: ((Run, "letter"),),
    ASK: ((Writer, "write"),),
    COMMIT: ((Writer, "_commit"),),
    "handing bytes to the system": ((Wire, "write"),),
    "waiting for and reading answers": ((Wire, "reply"), (Wire, "early")),
    "judging an answer, and counting": ((Run, "ended"),),
    "the rest of a connection": ((work, "_letters"),),
}
ALL_STEPS = tuple(_STEPS)


@dataclass(slots=True)
class _Spent:
    """CPU seconds of one turn: within steps that were taken within the one it takes now, and of others meanwhile."""

    inner: float = 0.0
    away: float = 0.0


_here: ContextVar[_Spent] = ContextVar("here")


@contextmanager
def measured(steps: tuple[str, ...]) -> Iterator[dict[str, list[float]]]:
    """CPU seconds by step, in the turns that take them; what one step spends within another counts once."""
    spent: dict[str, list[float]] = defaultdict(list)
    with ExitStack() as stack:
        if steps:
            stack.enter_context(patch.object(Turns, "_pause", _left(Turns._pause)))  # noqa: SLF001 - a turn is left there
        for name in steps:
            for owner, call in _STEPS[name]:
                stack.enter_context(patch.object(owner, call, _around(getattr(owner, call), spent[name])))
        yield spent


def _around(call: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        here = _mine()
        outer, here.inner, away = here.inner, 0.0, here.away
        began = time.thread_time()
        try:
            return call(*given, **named)
        finally:
            took = time.thread_time() - began - (here.away - away)
            spent.append(took - here.inner)
            here.inner = outer + took

    return timed


def _left(call: Callable[..., Any]) -> Callable[..., Any]:
    def others(*given: Any) -> Any:
        here, began = _mine(), time.thread_time()
        try:
            return call(*given)
        finally:
            here.away += time.thread_time() - began

    return others


def _mine() -> _Spent:
    here = _here.get(None)
    if here is None:
        _here.set(here := _Spent())
    return here


def show_steps(sent: Sent) -> None:
    """Where a letter's CPU goes."""
    table = Table("step of a letter", "CPU ms", "share")
    rows = [(name, sent.step(name)) for name in ALL_STEPS if sent.steps.get(name)]
    rows.append(("before, after and around: freezing, sealing, watching", sent.cost - sum(one for _, one in rows)))
    for name, cost in sorted(rows, key=lambda row: -row[1]):
        table.add_row(name, f"{cost:.3f}", f"{cost / sent.cost:.2f}")
    table.add_row("all, with what it costs to measure", f"{sent.cost:.3f}", "1.00")
    Console(width=110).print(table)
    if commits := sent.calls.get(COMMIT):
        print(f"{sent.letters / commits:.1f} letters a commit")


def machine() -> str:
    """What the figures depend on beside us."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    took, cpu = _disk()
    disk = f"this disk takes {took:.2f} ms, and {cpu:.3f} ms of the CPU, to have a page for certain"
    return f"{disk}; {os.cpu_count()} cores, load {load}"


def _disk() -> tuple[float, float]:
    """Milliseconds, and those of CPU, to have 4 kB for certain, as each commit of the ledger must; medians."""
    took, cpu = [], []
    with tempfile.TemporaryFile() as file:
        for _ in range(50):
            began, worked = time.perf_counter(), time.thread_time()
            file.write(secrets.token_bytes(4096))
            file.flush()
            os.fsync(file.fileno())
            took.append((time.perf_counter() - began) * 1000)
            cpu.append((time.thread_time() - worked) * 1000)
    return statistics.median(took), statistics.median(cpu)
