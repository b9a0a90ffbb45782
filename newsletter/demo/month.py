"""A folder and the clock -> the whole month on the sample, through the rooms that the commands use, and its Outcome."""

from __future__ import annotations

import base64
import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from newsletter.archive.publish import publish
from newsletter.audience.import_list import import_list
from newsletter.audience.review import review
from newsletter.audience.terms import Terms
from newsletter.build import Built, build
from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.rehearse import rehearse
from newsletter.delivery.send import send
from newsletter.delivery.server import server
from newsletter.demo.folder import copy_files, fresh_folder
from newsletter.demo.server import LOOPBACK, Received, mail_server
from newsletter.gate.approvals import approve
from newsletter.gate.clear import Cleared, clear, mended
from newsletter.gate.leaving import leaving
from newsletter.ledger.book import Books
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Dossier
from newsletter.pipeline import everything, prepare
from newsletter.platforms.export import export
from newsletter.platforms.platform import read_platforms
from newsletter.settings import Settings
from newsletter.store.open import Store, open_store
from newsletter.workspace import Workspace, shipped

ISSUE = IssueName(2025, 7)
APPROVER = "Rosalind Example, who does not exist"
LISTS = Path(__file__).resolve().parent
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the month: how many were on the list and asked to leave it, the books, and where everything lies."""

    listed: int
    left: int
    books: Books
    received: int
    strangers: int  # messages with more or fewer than one recipient; there must be none
    built: tuple[Built, ...]
    rehearsal: Path
    mailbox: Path
    exports: dict[str, Path]  # by the platform's name
    site: Path
    folder: Path

    @property
    def balanced(self) -> bool:
        """Whether the server's count, the books and the list less those who left say the same."""
        expected = self.listed - self.left
        return self.received == self.books.accepted == expected and not self.strangers


@dataclass(frozen=True, slots=True)
class Month:
    """What each step of the demo is given."""

    workspace: Workspace
    settings: Settings
    now: Callable[[], dt.datetime]
    say: Callable[[str], None]


def month(place: Path, clock: Callable[[], dt.datetime], say: Callable[[str], None]) -> Outcome:
    """Walk through July 2025 in a folder of its own, made afresh. Raises NotOurs, and what the rooms raise."""
    folder = fresh_folder(place)
    copy_files(shipped() / "issues", folder / "issues")
    workspace = Workspace(folder.resolve())
    for approval in workspace.issues.glob("*.approval.yaml"):
        approval.unlink()
    with mail_server(folder / "received") as received:
        settings = Settings(
            smtp_host=LOOPBACK, smtp_port=received.port, smtp_security="none", smtp_profile="own-relay", key=_new_key()
        )
        issues = len(workspace.issue_names())
        say(f"A newsletter of its own in {workspace.root}: {issues} sample issues, and a key for this run only.")
        with open_store(workspace, settings, folder=workspace.records) as store:
            return _through(Month(workspace, settings, _on_its_day(workspace, settings, clock), say), store, received)


def _new_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _on_its_day(
    workspace: Workspace, settings: Settings, clock: Callable[[], dt.datetime]
) -> Callable[[], dt.datetime]:
    """A clock that goes on from this hour of the day on which the issue is to leave."""
    dossier = _read(workspace, settings, ISSUE)
    ahead = dossier.editions[0].send_on - clock().date()
    return lambda: clock() + ahead


def _read(workspace: Workspace, settings: Settings, issue: IssueName) -> Dossier:
    prepared = prepare(workspace, issue, settings)
    return mended(prepared, prepared.problems)


def _through(the: Month, store: Store, received: Received) -> Outcome:
    built = _build(the)
    listed, left = _import(the, store)
    _approve(the)
    cleared = clear(
        the.workspace,
        prepare(the.workspace, ISSUE, the.settings),
        the.now().date(),
        now=the.now(),
        accept_warnings=True,
    )
    rehearsal = _rehearse(the, cleared, store)
    books = _send(the, cleared, store)
    exports = {one.name: export(cleared, key, the.workspace) for key, one in read_platforms().items()}
    the.say(f"Exported for {', '.join(exports)}.")
    site = publish(the.workspace, the.settings, the.now())
    the.say(f"Published the public pages of {len(site.issues)} issues.")
    return Outcome(
        listed=listed,
        left=left,
        books=books,
        received=received.messages,
        strangers=received.messages - len(set(received.recipients)),
        built=built,
        rehearsal=rehearsal,
        mailbox=received.folder,
        exports=exports,
        site=site.folder,
        folder=the.workspace.root,
    )


def _build(the: Month) -> tuple[Built, ...]:
    prepared = prepare(the.workspace, ISSUE, the.settings)
    dossier = mended(prepared, prepared.problems)
    built = tuple(build(dossier, the.workspace.outbox / str(ISSUE), the.settings, the.now()))
    languages = " and ".join(one.language for one in built)
    remarks = len(everything(prepared))
    the.say(f"Built the issue {ISSUE} in {languages}; {remarks or 'nothing'} to look at.")
    return built


def _import(the: Month, store: Store) -> tuple[int, int]:
    """Fifty invented readers, and the three of them who must not be written to."""
    today = the.now().date()
    people = review(store, LISTS / "list.csv", Terms(), today)
    added = import_list(store, people, today).added
    gone = review(store, LISTS / "suppressed.csv", Terms(), today, all_left=True)
    left = import_list(store, gone, today).suppressed
    the.say(f"Imported {added} invented readers; {left} of them must not be written to.")
    return added, left


def _approve(the: Month) -> None:
    """The second pair of eyes, for the July issue and for the earlier ones that the public pages show."""
    for issue in the.workspace.issue_names():
        dossier = _read(the.workspace, the.settings, issue)
        for language in dossier.renderings:
            approve(the.workspace, issue, leaving(the.workspace, dossier, language), APPROVER, the.now())
    the.say(f"Approved by {APPROVER}.")


def _rehearse(the: Month, cleared: Cleared, store: Store) -> Path:
    folder = the.workspace.outbox / str(ISSUE) / "letters"
    done = rehearse(cleared.dossier, store, the.settings, folder, the.now())
    the.say(f"Rehearsed {done.letters} letters; {done.written} of them are there to be read.")
    return folder


def _send(the: Month, cleared: Cleared, store: Store) -> Books:
    carrier = Smtp(server(the.settings, cleared.dossier.profile.sender))
    sent = send(cleared, store, the.settings, carrier, the.now)
    the.say(f"Sent {sent.books.accepted} letters to a mail server inside this program. Nothing left this computer.")
    return sent.books
