"""A newsletter of invented readers in a folder, and the real command on it, as whoever types it would give it."""

from __future__ import annotations

import base64
import contextlib
import csv
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from newsletter.delivery.server import Timeouts
from newsletter.letters.message_id import PURPOSE, message_id
from newsletter.nouns.draft import IssueName
from newsletter.store.vault import Vault

ROOT = Path(__file__).resolve().parents[2]
ISSUE = "2025-07"
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
SHORT = Timeouts(connect=5, greeting=5, command=1, data=1, block=1, final=1, goodbye=1)
TORN = 2100  # bytes: half a page of the log that was being written when the power failed
CONSENT = ("--ground", "consent", "--source", "invented for a proof", "--yes")


def write_issue(folder: Path) -> None:
    """The profile and one issue."""
    (folder / "issues").mkdir(parents=True)
    (folder / "issues" / "newsletter.yaml").write_text(PROFILE, "utf-8")
    (folder / "issues" / f"{ISSUE}.yaml").write_text(LETTER, "utf-8")


def write_list(file: Path, rows: list[tuple[str, str, str]]) -> None:
    """A table of readers, (address, name, language), as ``newsletter subscribers import`` takes it."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.writer(opened)
        table.writerow(["email", "name", "language"])
        table.writerows(rows)


@dataclass
class Newsletter:
    """A workspace of invented readers, and the runs of the command in it; ``settings`` are beyond the usual ones."""

    folder: Path
    people: int
    settings: dict[str, str]
    longest: float  # seconds for everything
    domain: str = "example.org"
    environ: dict[str, str] = field(init=False)
    addresses: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.addresses = [f"reader{number:04}@{self.domain}" for number in range(self.people)]
        self.until = time.monotonic() + self.longest
        self.environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("NEWSLETTER_")},
            "PYTHONPATH": str(ROOT),
            "NEWSLETTER_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "NEWSLETTER_SMTP_HOST": "127.0.0.1",
            "NEWSLETTER_SMTP_SECURITY": "none",
            "NEWSLETTER_SMTP_PROFILE": "own-relay",
            **self.settings,
        }

    @property
    def books_file(self) -> Path:
        """Where list and books are kept."""
        return self.folder / "records" / "newsletter.db"

    def prepare(self) -> None:
        """The profile, the issue and the list."""
        write_issue(self.folder)
        self.enlist("en")

    def enlist(self, *languages: str) -> None:
        """Everybody comes onto the list, with the languages in turn."""
        rows = [
            (address, f"Reader {number}", languages[number % len(languages)])
            for number, address in enumerate(self.addresses)
        ]
        write_list(self.folder / "list.csv", rows)
        self.run("subscribers", "import", "list.csv", *CONSENT)

    def run(self, *words: str) -> str:
        """One command to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "newsletter", *words],
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            timeout=max(1, self.until - time.monotonic()),
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"newsletter {' '.join(words)} ended with {done.returncode}:\n{done.stderr.decode()}")
        return done.stdout.decode("utf-8")

    def books(self) -> dict[str, int]:
        """What the program says."""
        said: dict[str, int] = json.loads(self.run("status", ISSUE, "--json"))
        return said

    def states(self) -> dict[str, str]:
        """What the ledger says of each person, by the Message-ID that is hers (made again here from key and id)."""
        return states(self.books_file, self.environ["NEWSLETTER_KEY"])


def states(books: Path, key: str) -> dict[str, str]:
    """What books say of each copy, by its Message-ID, which is made again from the key and the reader's id."""
    secret, issue = Vault(base64.urlsafe_b64decode(key)).derive(PURPOSE), IssueName.parse(ISSUE)
    with contextlib.closing(sqlite3.connect(books)) as opened:
        rows = opened.execute("SELECT subscriber, state FROM copy WHERE issue = ?", (ISSUE,)).fetchall()
    return {message_id(secret, issue, subscriber, "example.org"): state for subscriber, state in rows}


def copy_books(books: Path, folder: Path) -> None:
    """The files of the books as they are now, with the log that is not folded in yet."""
    for file in (books, books.with_name(f"{books.name}-wal")):
        if file.exists():
            shutil.copyfile(file, folder / file.name)


def put_back(copied: Path, books: Path) -> None:
    """The books as they were on the disk when the power failed; what was being written after that is half there."""
    for end in ("", "-wal", "-shm"):
        books.with_name(f"{books.name}{end}").unlink(missing_ok=True)
    for file in copied.iterdir():
        shutil.copyfile(file, books.with_name(file.name))
        if file.name.endswith("-wal"):
            with books.with_name(file.name).open("ab") as log:
                log.write(secrets.token_bytes(TORN))
