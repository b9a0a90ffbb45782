"""Cleared issue, list and carrier -> the letters on their way, the books told, and a report of how it ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.ceremony.bar import bar
from newsletter.ceremony.report.write import write_report
from newsletter.ceremony.soft_stop import soft_stop
from newsletter.delivery.send import send
from newsletter.errors import NewsletterError, OutsideFailed
from newsletter.ledger.account import account
from newsletter.ledger.answers import answer_words
from newsletter.ledger.book import Ledger
from newsletter.ledger.lock import being_sent
from newsletter.ledger.told import told

if TYPE_CHECKING:
    import datetime as dt

    from newsletter.ceremony.asked import Asked
    from newsletter.ceremony.done import Done
    from newsletter.delivery.send import Sent
    from newsletter.door import Door
    from newsletter.gate.clear import Cleared
    from newsletter.ledger.account import Account
    from newsletter.ledger.book import Books
    from newsletter.nouns.draft import IssueName
    from newsletter.nouns.letter import Carrier
    from newsletter.store.open import Store

WISH_HEARD = "\nStopping once the letters on their way are done. To stop at once, the same again.\n"


class StillToGo(OutsideFailed):
    """The run is over, and some copies have to be tried again later."""

    def __init__(self, issue: IssueName, books: Books, due: dt.datetime | None) -> None:
        number = books.deferred + books.waiting
        when = f"at {due.astimezone():%Y-%m-%d %H:%M} or later" if due else "now"
        super().__init__(
            f"{number} {'copy is' if number == 1 else 'copies are'} deferred; go on {when}.",
            f"Then: newsletter send {issue} --for-real",
        )


def deliver(door: Door, cleared: Cleared, store: Store, carrier: Carrier, *, asked: Asked, done: Done) -> None:
    """Send what is still to go, and say how it ended. Raises what ``send`` raises, and StillToGo."""
    issue = cleared.dossier.issue
    done.began = door.now()
    try:
        sent = _watched(door, cleared, store, carrier, asked)
        done.newcomers, done.next_due = sent.newcomers, sent.next_due
    finally:
        done.ended = door.now()
        elsewhere = being_sent(Path(store.database.where), issue)
        found = account(store.database, issue)
        if found.books.planned and not elsewhere:
            if not asked.as_json:
                for line in told(found, answer_words(door.workspace)):
                    door.out(line)
            if done.planned:
                _report(door, store, cleared, found, done)
    if sent.newcomers:
        door.say(f"{sent.newcomers} came onto the list after this issue was planned; the next one is theirs.")
    if sent.books.deferred or sent.books.waiting:
        raise StillToGo(issue, sent.books, sent.next_due)


def _report(door: Door, store: Store, cleared: Cleared, found: Account, done: Done) -> None:
    """Write the report and say where it is; that it cannot be written hides nothing of how the sending ended."""
    try:
        done.report = write_report(door, store, cleared, found, done)
    except NewsletterError as error:
        door.say(f"There is no report of this run. {error}")
    else:
        door.say(f"The report is in {done.report}, and as a text beside it.")


def _watched(door: Door, cleared: Cleared, store: Store, carrier: Carrier, asked: Asked) -> Sent:
    """Send with a bar on stderr; the first Ctrl-C lets the letters on their way be finished, a second one does not."""
    ledger, issue = Ledger(store.database), cleared.dossier.issue
    with (
        bar(lambda: ledger.books(issue, being_sent=True), watched=door.interactive) as progress,
        soft_stop(WISH_HEARD) as stopped,
    ):
        return send(
            cleared,
            store,
            door.settings,
            carrier,
            door.now,
            progress=progress,
            stopped=stopped,
            changed=asked.changed,
            in_doubt=asked.in_doubt,
            workspace=door.workspace,
        )
