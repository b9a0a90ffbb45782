"""What it costs to send: the engine with its ledger, beside C, Postfix, smtplib and other programs, in the same rounds.

``python benchmarks/delivery.py`` sends distinct letters of 60 kB to a fast sink, in another process on loopback, by
turns: ``smtp-source`` of Postfix with four sessions, the engine (eight connections, as to an own server; each intent and
outcome on the disk), smtplib on eight threads (the same letters, no ledger), nodemailer's pool, Django's mass mail and mailmerge (their own
templates of the same words, no ledger, no signature; fewer letters, as they take their time, and each by its own clock
from its first letter to its last); the first two also into a real Postfix of its own, which throws away; and the engine
and smtplib where each answer takes 20 ms. It prints medians of the rounds, the engine's rate as so many times each
other's, and the bars; where one is missed, where the engine's CPU goes, and its rate with the books in memory, which is
what is left where a disk takes no time. A machine's speed changes from minute to minute, so ratios are taken within a
round. What is not installed (Debian: postfix, npm; pip: the extra "bench") is left out, and said.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import os
import shutil
import smtplib
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from compose import install
from postfix import thrown_away
from rich.console import Console
from rich.table import Table
from sending import (
    ALL_STEPS,
    JULY,
    LEDGER,
    NOW,
    SETTINGS,
    Sent,
    dossier,
    engine,
    machine,
    readers,
    show_steps,
    sink,
)

from newsletter.audience.recipients import recipients
from newsletter.delivery.own import own
from newsletter.letters.compose import compose
from newsletter.letters.encode import encode_editions
from newsletter.nouns.letter import Message, Slot, SlotName
from newsletter.store.open import Store

CONNECTIONS, SESSIONS, LATENCY = 8, 4, 0.020
PEERS = Path(__file__).resolve().parent / "peers"
ENGINE, SOURCE, LIBRARY = "the engine, ledger on", "smtp-source", "smtplib"
INTO_POSTFIX, SLOW = f"{SOURCE}, into a real Postfix", f"{LIBRARY}, each answer after 20 ms"
BARS = {SOURCE: 0.7, INTO_POSTFIX: 0.9, SLOW: 3.5, "nodemailer, pooled": 15, "Django, mass mail": 15, "mailmerge": 100}
LEDGER_BAR = 0.06
Turn = dict[str, Sent]


class Letters:
    """The letters that the engine sends, for whoever sends the same."""

    def __init__(self, store: Store) -> None:
        issue = dossier()
        self._encoded = encode_editions(issue, public_url=SETTINGS.public_url)["es"]
        self._own = own(JULY, issue.profile, SETTINGS, store.vault)
        self._people = list(recipients(store, ("es",), "es"))

    def __len__(self) -> int:
        return len(self._people)

    def letter(self, number: int) -> Message:
        """One of them, composed now."""
        one = self._people[number]
        number_of = self._own.message_id(one.id, self._encoded.domain)
        return compose(self._encoded, one, leave=self._own.leave(one.id), message_id=number_of, now=NOW)


def library(letters: Letters, port: int) -> Sent:
    """The library on as many threads, with the same letters spliced as they go and nothing written down."""

    def lane(start: int) -> None:
        with smtplib.SMTP("127.0.0.1", port, local_hostname="mail.example.org") as session:
            for number in range(start, len(letters), CONNECTIONS):
                message = letters.letter(number)
                session.sendmail(message.sender, [message.recipient], message.data)

    threads = [threading.Thread(target=lane, args=(start,)) for start in range(CONNECTIONS)]
    began, worked = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Sent(len(letters), time.perf_counter() - began, time.process_time() - worked)


def source(letters: Letters, port: int) -> Sent:
    """Postfix's own generator of load, written in C; it does not pipeline. Its letters are as long as ours."""
    words = ["-d", "-s", str(SESSIONS), "-l", str(len(letters.letter(0).data)), "-m", str(len(letters))]
    to = ["-f", "a@example.org", "-t", "b@example.org", f"127.0.0.1:{port}"]
    return _child(len(letters), [SOURCE, *words, *to])


def nodemailer(people: int, port: int) -> Sent:
    """JavaScript's library, as many pooled connections."""
    return _child(people, ["node", str(PEERS / "nodemailer.mjs")], _asked(people, port))


def mass_mail(people: int, port: int) -> Sent:
    """Django's own way to send to many: one connection."""
    return _child(people, [sys.executable, str(PEERS / "mass_mail.py")], _asked(people, port))


def mailmerge(people: int, port: int) -> Sent:
    """A program that coordinators use: a template and a CSV. Its start counts, as it has no other clock."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        head = "TO: {{email}}\nFROM: peru@example.org\nSUBJECT: Perú en julio\nContent-Type: text/html\n\n"
        html = _template("html") + _template("text")  # as long as ours; it takes one of the two
        (there / "mailmerge_template.txt").write_text(head + html, "utf-8")
        (there / "mailmerge_server.conf").write_text(f"[smtp_server]\nhost = 127.0.0.1\nport = {port}\n", "utf-8")
        with (there / "mailmerge_database.csv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["email", "name", "leave"])
            for number in range(people):
                rows.writerow(
                    [f"reader{number}@example.org", f"Reader {number}", f"https://news.example.org/u/{number}"]
                )
        words = [
            str(Path(sys.executable).with_name("mailmerge")),
            "--no-dry-run",
            "--no-limit",
            "--output-format",
            "text",
        ]
        return _child(people, words, folder=folder)


def _child(people: int, words: list[str], asked: str = "", folder: str | None = None) -> Sent:
    began, before = time.perf_counter(), os.times()
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    program = [shutil.which(words[0], path=path) or words[0], *words[1:]]
    done = subprocess.run(program, input=asked, capture_output=True, text=True, check=True, cwd=folder)
    took, after = time.perf_counter() - began, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Sent(people, float(done.stdout) if asked else took, cpu)


def _asked(people: int, port: int) -> str:
    """What a peer has to know; it makes up the same readers."""
    return json.dumps(
        {
            "people": people,
            "port": port,
            "connections": CONNECTIONS,
            "from": "Coordinación Perú <peru@example.org>",
            "subject": "Perú en julio",
            "leave": "https://news.example.org/u/",
            "html": _template("html"),
            "text": _template("text"),
        }
    )


def _template(part: str) -> str:
    pieces = getattr(dossier().renderings["es"], part)
    words = {SlotName.FIRST_NAME: "{{name}}", SlotName.LEAVE_URL: "{{leave}}"}
    return "".join(words[piece.name] if isinstance(piece, Slot) else piece for piece in pieces)


def peers() -> dict[str, Callable[[int, int], Sent]]:
    """The other programs that are there; what is not is said."""
    found: dict[str, Callable[[int, int], Sent]] = {}
    if shutil.which("npm") and shutil.which("node"):
        install()
        found["nodemailer, pooled"] = nodemailer
    if importlib.util.find_spec("django"):
        found["Django, mass mail"] = mass_mail
    if importlib.util.find_spec("mailmerge"):
        found["mailmerge"] = mailmerge
    return found


def has_source() -> bool:
    """Whether Postfix's generator of load is there."""
    return shutil.which(SOURCE, path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None


def fast(people: int, few: int, rounds: int) -> list[Turn]:
    """Everybody in turn, into the sink."""
    turns, others = [], peers()
    with readers(people) as store, sink() as there:
        letters = Letters(store)
        for _ in range(rounds):
            taken = there.taken
            turn = {ENGINE: engine(store, there.port, CONNECTIONS, LEDGER), LIBRARY: library(letters, there.port)}
            if has_source():
                turn[SOURCE] = source(letters, there.port)
            turn |= {name: sends(few, there.port) for name, sends in others.items()}
            assert there.taken - taken == sum(sent.letters for sent in turn.values())
            turns.append(turn)
    return turns


def into_postfix(people: int, rounds: int) -> list[Turn]:
    """The engine and smtp-source in turn, into a Postfix that takes everything and throws it away."""
    if not has_source():
        return []
    with readers(people) as store, thrown_away() as port:
        if port is None:
            return []
        letters = Letters(store)
        return [
            {ENGINE: engine(store, port, CONNECTIONS, LEDGER), INTO_POSTFIX: source(letters, port)}
            for _ in range(rounds)
        ]


def slow(people: int, rounds: int) -> list[Turn]:
    """The engine and the library in turn, where each answer takes its time."""
    with readers(people) as store, sink(LATENCY) as there:
        letters = Letters(store)
        return [
            {ENGINE: engine(store, there.port, CONNECTIONS, LEDGER), SLOW: library(letters, there.port)}
            for _ in range(rounds)
        ]


def show(title: str, turns: list[Turn]) -> dict[str, float]:
    """The table; and the engine's rate as a multiple of each other's, the median of the rounds."""
    table = Table(title, "letters/s", "CPU ms a letter", "the engine is so many times")
    times = {name: statistics.median(turn[ENGINE].rate / turn[name].rate for turn in turns) for name in turns[0]}
    for name in turns[0]:
        each = [turn[name] for turn in turns]
        rate, cost = (statistics.median(values) for values in zip(*((one.rate, one.cost) for one in each), strict=True))
        table.add_row(name, f"{rate:,.0f}", f"{cost:.3f}", "" if name == ENGINE else f"{times[name]:.2f}")
    Console(width=110).print(table)
    return times


def show_bars(times: dict[str, float], ledger: float) -> bool:
    """Each bar; whether every one that could be measured is kept."""
    table = Table("the engine", "seen", "bar", "")
    kept = True
    for name, bar in BARS.items():
        if name not in times:
            table.add_row(f"times {name}", "", f"{bar:.1f}", "not measured: not installed")
            continue
        kept = kept and times[name] >= bar
        table.add_row(f"times {name}", f"{times[name]:.2f}", f"{bar:.1f}", "kept" if times[name] >= bar else "MISSED")
    said = "kept" if ledger <= LEDGER_BAR else "MISSED"
    table.add_row("ledger, CPU ms a letter, at most", f"{ledger:.3f}", f"{LEDGER_BAR:.2f}", said)
    Console(width=110).print(table)
    return kept and ledger <= LEDGER_BAR


def show_why(people: int) -> None:
    """Where the engine's CPU goes; and how fast it is where the disk takes no time."""
    with readers(people) as store, sink() as there:
        show_steps(engine(store, there.port, CONNECTIONS, ALL_STEPS))
    memory = Path("/dev/shm")  # noqa: S108 - Linux's files in memory; another system has none of this name
    if memory.is_dir():
        with readers(people, where=str(memory)) as store, sink() as there:
            sent = engine(store, there.port, CONNECTIONS, LEDGER)
        print(f"with the books in memory: {sent.rate:,.0f} letters/s, {sent.cost:.3f} ms of CPU a letter")


def main() -> None:
    """Measure, show, and say which bars are missed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=6000)
    options.add_argument("--rounds", type=int, default=5)
    asked = options.parse_args()
    few = max(50, asked.people // 40)
    near = fast(asked.people, few, asked.rounds)
    times = show("60 kB letters, loopback", near)
    if through := into_postfix(max(200, asked.people // 3), min(3, asked.rounds)):
        times |= show("into a real Postfix", through)
    times |= show("each answer after 20 ms", slow(max(200, asked.people // 3), min(3, asked.rounds)))
    print(machine())
    ledger = statistics.median(turn[ENGINE].step(*LEDGER) for turn in near)
    if not show_bars(times, ledger):
        show_why(asked.people)


if __name__ == "__main__":
    main()
