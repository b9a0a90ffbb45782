"""What signed sending costs: the share of RSA in the sender's CPU, and its rate beside openssl's own, in one run.

    python benchmarks/signing.py

A list of invented readers gets letters of 60 kB, each with its name and links, the ledger on, over two connections to a
server in another process on the same two cores, which reads and throws away. Measured around the calls, in the threads
that make them: CPU inside the RSA operation, and inside it and the hash of the body (bars: 0.65 and 0.8 of the sending
process's CPU). After each round ``openssl speed -multi 2 rsa2048`` runs; letters a second are at least half of it. Then
a letter is signed alone by this program and by dkimpy. Where a bar is missed the profile says what the rest is.
"""

from __future__ import annotations

import argparse
import base64
import cProfile
import datetime as dt
import multiprocessing
import pstats
import re
import secrets
import shutil
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
from typing import Any
from unittest.mock import patch

import dkim
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from newsletter.audience.records import Newcomer, locked  # noqa: E402 - run as a script from a clone
from newsletter.delivery.carriers.smtp import Smtp  # noqa: E402 - after its own path
from newsletter.delivery.send import send  # noqa: E402 - after its own path
from newsletter.delivery.server import Server  # noqa: E402 - after its own path
from newsletter.delivery.sign import signature as signing  # noqa: E402 - after its own path
from newsletter.delivery.sign import signer as signers  # noqa: E402 - after its own path
from newsletter.delivery.sign.new_key import new_key  # noqa: E402 - after its own path
from newsletter.gate.clear import Cleared  # noqa: E402 - after its own path
from newsletter.letters.compose import compose  # noqa: E402 - after its own path
from newsletter.letters.encode import encode  # noqa: E402 - after its own path
from newsletter.nouns.draft import Edition, IssueName, Profile, Sender, Translated  # noqa: E402 - after its own path
from newsletter.nouns.letter import Context, Dossier, Rendered, Slot, SlotName  # noqa: E402 - after its own path
from newsletter.nouns.person import Ground, Recipient  # noqa: E402 - after its own path
from newsletter.settings import Settings  # noqa: E402 - after its own path
from newsletter.store.open import Store, open_store  # noqa: E402 - after its own path
from newsletter.store.tables import subscriber  # noqa: E402 - after its own path
from newsletter.workspace import Workspace  # noqa: E402 - after its own path

SIZE, CONNECTIONS = 60_000, 2
JULY, NOW = IssueName.parse("2025-07"), dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
BARS = {"RSA, of the sender's CPU": 0.65, "RSA and the body's hash": 0.80, "rate, of openssl's": 0.50}
_END = b"\r\n.\r\n"
_ANSWERS = {b"EHLO": b"250-sink.example.org\r\n250-PIPELINING\r\n250 8BITMIME\r\n", b"DATA": b"354 Go on\r\n"}


@dataclass(frozen=True, slots=True)
class Turn:
    """One round: letters a second, CPU milliseconds a letter, of those in RSA and in the hash; openssl's signatures."""

    rate: float
    cpu: float
    rsa: float
    sha: float
    openssl: float

    def seen(self) -> dict[str, float]:
        """What the bars are about."""
        return dict(
            zip(BARS, (self.rsa / self.cpu, (self.rsa + self.sha) / self.cpu, self.rate / self.openssl), strict=True)
        )


@contextmanager
def sink() -> Iterator[int]:
    """A mail server in a process of its own that takes everything; its port."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as listener:
        process = multiprocessing.get_context("fork").Process(target=_serve, args=(listener,), daemon=True)
        process.start()
        yield int(listener.getsockname()[1])
        process.terminate()
        process.join()


def _serve(listener: socket.socket) -> None:
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_talk, args=(connection,), daemon=True).start()


def _talk(connection: socket.socket) -> None:
    connection.sendall(b"220 sink.example.org ESMTP\r\n")
    waiting, text = b"", False
    while more := connection.recv(1 << 18):
        waiting += more
        said = b""
        while (at := waiting.find(_END if text else b"\r\n")) >= 0:
            verb, waiting = waiting[:4].upper(), waiting[at + (5 if text else 2) :]
            said += b"250 2.0.0 Ok\r\n" if text else _ANSWERS.get(verb, b"250 2.0.0 Ok\r\n")
            text = not text and verb == b"DATA"
        waiting = waiting[-4:] if text else waiting
        if said:
            connection.sendall(said)


def dossier() -> Dossier:
    """An issue of 60 kB, with a name and the reader's own links in both parts."""
    line = "El tribunal escuchó a las familias, y fijó la próxima sesión para el mes de agosto. "
    name = Slot(SlotName.FIRST_NAME, Context.HTML_TEXT, "friend")
    link = Slot(SlotName.LEAVE_URL, Context.HTML_ATTRIBUTE)
    page = f'<p style="margin:0 0 16px">{line * 4}</p>\n' * (SIZE * 8 // 10 // 430)
    rendered = Rendered(
        issue=JULY,
        language="es",
        direction="ltr",
        subject=("Perú en julio",),
        preheader="",
        html=("<html><body><p>Hola ", name, f',</p>\n{page}<a href="', link, '">Dejarlo</a></body></html>\n'),
        text=(
            "Hola ",
            replace(name, context=Context.PLAIN_TEXT),
            f",\n\n{f'{line * 4}{chr(10)}' * (SIZE * 2 // 10 // 390)}\n",
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
    )
    edition = Edition(JULY, "es", "Perú en julio", "", dt.date(2025, 7, 4), (), "issues/2025-07.yaml")
    return Dossier(JULY, profile, (edition,), {"es": rendered})


def cleared() -> Cleared:
    """What only the gate makes, made past it: this measures what comes after."""
    made = object.__new__(Cleared)
    object.__setattr__(made, "dossier", dossier())
    object.__setattr__(made, "on", NOW.date())
    return made


@contextmanager
def readers(people: int, settings: Settings) -> Iterator[Store]:
    """A list of so many invented people, in a folder of its own."""
    on, since = Ground.CONSENT, dt.date(2025, 1, 1)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "issues").mkdir()
        with open_store(Workspace(Path(folder).resolve()), settings) as store:
            rows = [
                locked(
                    Newcomer(f"r{number}@example.org", secrets.token_bytes(32), name, "es", on, "invented", since),
                    store.vault,
                )
                for number in range(people)
                if (name := f"Reader {number}")
            ]
            with store.database.write() as connection:
                connection.execute(subscriber.insert(), rows)
            yield store


class Spent:
    """CPU seconds inside what is wrapped, of all threads."""

    def __init__(self) -> None:
        self._each: list[float] = []

    def around(self, call: Callable[..., bytes]) -> Callable[..., bytes]:
        """The call, measured in its own thread."""

        def measured(*given: Any) -> bytes:
            began = time.thread_time()
            try:
                return call(*given)
            finally:
                self._each.append(time.thread_time() - began)

        return measured

    @property
    def seconds(self) -> float:
        """So far."""
        return sum(self._each)


def turn(people: int, settings: Settings) -> Turn:
    """One sending, and openssl after it."""
    rsa, sha = Spent(), Spent()
    with (
        readers(people, settings) as store,
        sink() as port,
        patch.object(signing, "_raw", rsa.around(signing._raw)),  # noqa: SLF001 - the operation itself
        patch.object(signers, "hash_body", sha.around(signing.hash_body)),
    ):
        carrier = Smtp(Server("127.0.0.1", port, "none", "mail.example.org"))
        vars(carrier).update(connections=CONNECTIONS)  # at once, where a carrier can
        began, worked = time.perf_counter(), time.process_time()
        sent = send(cleared(), store, settings, carrier, lambda: NOW)
        took, cpu = time.perf_counter() - began, time.process_time() - worked
    assert sent.books.accepted == people
    each = [1000 * seconds / people for seconds in (cpu, rsa.seconds, sha.seconds)]
    return Turn(people / took, each[0], each[1], each[2], openssl())


def openssl() -> float:
    """RSA-2048 signatures a second of two processes."""
    command = ["openssl", "speed", "-seconds", "2", "-multi", "2", "rsa2048"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"^rsa\s+2048 bits\s+\S+\s+\S+\s+(\S+)", said, re.MULTILINE)
    assert found, said
    return float(found[1])


def one_letter(settings: Settings, key: Path) -> tuple[float, float, int]:
    """Milliseconds of CPU to compose and sign one, ours and with dkimpy's signature; and the letter's size."""
    sign = signers.signer(settings, "peru@example.org")
    edition = encode(dossier().renderings["es"], dossier().profile, public_url=settings.public_url)
    reader = Recipient("1" * 32, "ana@example.org", "Ana", "es")
    leave = f"{settings.public_url}/u/{'T' * 44}"

    def ours(signer: Any = sign) -> bytes:
        return compose(edition, reader, leave=leave, message_id="<1@example.org>", now=NOW, sign=signer).data

    fields = [b"from", b"to", b"subject", b"date", b"list-unsubscribe", b"list-unsubscribe-post"]

    def theirs() -> bytes:
        data = ours(None)
        return bytes(dkim.sign(data, b"july", b"example.org", key.read_bytes(), include_headers=fields)) + data

    return _ms(ours, 300), _ms(theirs, 20), len(ours())


def _ms(job: Callable[[], object], times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        job()
    return (time.process_time() - began) * 1000 / times


def show(turns: list[Turn]) -> bool:
    """The tables; whether every bar is kept, by the median of the rounds."""
    table = Table("round", "letters/s", "CPU ms a letter", "in RSA", "in the hash", "openssl, signatures/s")
    for number, one in enumerate(turns, 1):
        figures = (f"{value:.3f}" for value in (one.cpu, one.rsa, one.sha))
        table.add_row(str(number), f"{one.rate:,.0f}", *figures, f"{one.openssl:,.0f}")
    bars = Table("", "median", "bar", "")
    kept = True
    for name, bar in BARS.items():
        value = statistics.median(one.seen()[name] for one in turns)
        kept = kept and value >= bar
        bars.add_row(name, f"{value:.2f}", f"{bar:.2f}", "kept" if value >= bar else "MISSED")
    console = Console(width=110)
    console.print(table)
    console.print(bars)
    return kept


def show_profile(people: int, settings: Settings) -> None:
    """Where the time of all threads goes, by Python's profiler, which makes small functions look large."""
    profiler = cProfile.Profile()
    run = threading.Thread.run

    def profiled(self: threading.Thread) -> None:
        own = cProfile.Profile()
        own.runcall(run, self)
        others.append(own)

    others: list[cProfile.Profile] = []
    with readers(people, settings) as store, sink() as port, patch.object(threading.Thread, "run", profiled):
        carrier = Smtp(Server("127.0.0.1", port, "none", "mail.example.org"))
        vars(carrier).update(connections=CONNECTIONS)
        profiler.runcall(send, cleared(), store, settings, carrier, lambda: NOW)
    stats = pstats.Stats(profiler, *others, stream=sys.stdout)
    stats.strip_dirs().sort_stats("tottime").print_stats(25)


def main() -> None:
    """Measure in rounds, and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=2000)
    asked.add_argument("--rounds", type=int, default=3)
    said = asked.parse_args()
    if shutil.which("openssl") is None:
        raise SystemExit("openssl is not installed")
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder) / "key.pem"
        new_key(key)
        settings = Settings(
            key=base64.urlsafe_b64encode(bytes(32)).decode(),
            smtp_profile="own-relay",
            public_url="https://news.example.org",
            dkim_domain="example.org",
            dkim_selector="july",
            dkim_key_file=str(key),
        )
        kept = show([turn(said.people, settings) for _ in range(said.rounds)])
        ours, theirs, size = one_letter(settings, key)
        print(f"one letter of {size:,} bytes, composed and signed: ours {ours:.2f} ms, with dkimpy {theirs:.1f} ms")
        if not kept:
            show_profile(said.people // 4, settings)


if __name__ == "__main__":
    main()
