"""What signed sending costs: the share of RSA in the sender's CPU, and its rate beside openssl's own, in one run.

    python benchmarks/signing.py

A list of invented readers gets letters of 60 kB, each with its name and links, the ledger on, over eight connections to a
server in another process on the same two cores, which reads and throws away. Measured around the calls, in the threads
that make them: CPU inside the RSA operation, and inside it and the hash of the body (bars: 0.65 and 0.8 of the sending
process's CPU). After each round ``openssl speed -multi 2 rsa2048`` runs; letters a second are at least half of it. Then
a letter is signed alone by this program and by dkimpy. Where a bar is missed it is shown where the CPU goes.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import dkim
from rich.console import Console
from rich.table import Table
from sending import ALL_STEPS, HASH, NOW, RSA, SETTINGS, Sent, dossier, engine, machine, readers, show_steps, sink

from newsletter.delivery.sign import signer as signers
from newsletter.delivery.sign.new_key import new_key
from newsletter.letters.compose import compose
from newsletter.letters.encode import encode
from newsletter.nouns.person import Recipient
from newsletter.settings import Settings

CONNECTIONS = 8
BARS = {"RSA, of the sender's CPU": 0.65, "RSA and the body's hash": 0.80, "rate, of openssl's": 0.50}


@dataclass(frozen=True, slots=True)
class Turn:
    """One round: what was sent, and openssl's signatures a second after it."""

    sent: Sent
    openssl: float

    def seen(self) -> dict[str, float]:
        """What the bars are about."""
        rsa, both = self.sent.step(RSA) / self.sent.cost, self.sent.step(RSA, HASH) / self.sent.cost
        return dict(zip(BARS, (rsa, both, self.sent.rate / self.openssl), strict=True))


def sent(people: int, settings: Settings, steps: tuple[str, ...] = (RSA, HASH)) -> Sent:
    """One sending."""
    with readers(people, settings) as store, sink() as there:
        return engine(store, there.port, CONNECTIONS, steps, settings)


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
        figures = (f"{value:.3f}" for value in (one.sent.cost, one.sent.step(RSA), one.sent.step(HASH)))
        table.add_row(str(number), f"{one.sent.rate:,.0f}", *figures, f"{one.openssl:,.0f}")
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


def main() -> None:
    """Measure in rounds, and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=4000)
    asked.add_argument("--rounds", type=int, default=3)
    said = asked.parse_args()
    if shutil.which("openssl") is None:
        raise SystemExit("openssl is not installed")
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder) / "key.pem"
        new_key(key)
        settings = replace(SETTINGS, dkim_domain="example.org", dkim_selector="july", dkim_key_file=str(key))
        kept = show([Turn(sent(said.people, settings), openssl()) for _ in range(said.rounds)])
        print(machine())
        ours, theirs, size = one_letter(settings, key)
        print(f"one letter of {size:,} bytes, composed and signed: ours {ours:.2f} ms, with dkimpy {theirs:.1f} ms")
        if not kept:
            show_steps(sent(said.people, settings, ALL_STEPS))


if __name__ == "__main__":
    main()
