"""Cleared issue, list and carrier -> the issue delivered, each copy's intent and outcome committed in the books."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from newsletter.audience.recipients import Audience, recipients
from newsletter.audience.suppress import may_be_written_to
from newsletter.delivery.own import Own, own
from newsletter.delivery.pace import WINDOW, DailyLimit, Pace, pace
from newsletter.errors import NewsletterError, OutsideFailed, StoppedForSafety, ToMend
from newsletter.gate import Cleared
from newsletter.ledger.book import Books, Copy, Ledger
from newsletter.ledger.lock import sending
from newsletter.ledger.retry import USUAL, RetryRule
from newsletter.letters.compose import compose
from newsletter.letters.encode import Encoded, encode
from newsletter.letters.headers import UnfitAddress
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Carrier, Dossier, Fate, Message, Outcome
from newsletter.nouns.person import Recipient
from newsletter.settings import Settings
from newsletter.store.open import Store

ENOUGH = 3  # answers in a row that lie with the sender: the run pauses (S9)
_UNFIT = Outcome(Fate.REFUSED, 0, "5.1.3", "This is not an address that mail can be sent to.")


class ChangedSincePlanned(StoppedForSafety):
    """The issue is not the one of which some letters have left already (S18)."""

    def __init__(self, issue: IssueName, language: str) -> None:
        super().__init__(
            f"The issue {issue} in {language} is no longer the one that the first readers got, so the sending stopped.",
            "Put its words, pictures and templates back as they were and give the same command again. A correction goes out as an"
            " issue of its own.",
        )


class NobodyToWriteTo(ToMend):
    """The list is empty."""

    def __init__(self) -> None:
        super().__init__(
            "There is nobody on the list to write to.",
            "Bring the readers in: newsletter subscribers import FILE --ground consent --source TEXT",
        )


class RunPaused(OutsideFailed):
    """The server refuses letter after letter for reasons that lie with the sender (S9)."""

    def __init__(self, issue: IssueName, outcome: Outcome, due: dt.datetime) -> None:
        said = " ".join(part for part in (str(outcome.code or ""), outcome.reply) if part)
        super().__init__(
            f"The mail server refuses letter after letter for a reason that lies with the sender, not with the readers:"
            f" {said}",
            f"Nobody is struck off. Ask whoever looks after your mail, then go on at {due.astimezone():%Y-%m-%d %H:%M}"
            f" or later: newsletter send {issue} --for-real",
        )


class Interrupted(NewsletterError):
    """Somebody asked to stop; the letter on its way was finished first."""

    exit_code = 130

    def __init__(self, issue: IssueName) -> None:
        super().__init__(
            "Stopped. Every letter that left is in the books, nothing is lost.",
            f"To go on with the others: newsletter send {issue} --for-real",
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """How a run ended: the books, when the first deferred copy is due, and who is not in this issue's books."""

    books: Books
    next_due: dt.datetime | None
    newcomers: int  # came onto the list after the readers of this issue were written down; the next issue is theirs


def _say_nothing(done: int, total: int) -> None:
    """Nobody watches."""


def send(
    cleared: Cleared,
    store: Store,
    settings: Settings,
    carrier: Carrier,
    now: Callable[[], dt.datetime],
    *,
    progress: Callable[[int, int], None] = _say_nothing,
    stopped: Callable[[], bool] = lambda: False,
    rule: RetryRule = USUAL,
) -> Sent:
    """Send an issue, or go on sending it: who was accepted, refused or is in doubt gets nothing twice.

    ``progress`` hears after each copy how many of this run's are done; ``stopped`` is asked before each.
    Raises Locked, ChangedSincePlanned, DailyLimit, RunPaused, Interrupted, and what the carrier and the store raise.
    """
    issue = cleared.dossier.issue
    ledger = Ledger(store.database, rule)
    with sending(Path(store.database.where), issue):
        ledger.settle_dead(issue)
        people = _audience(cleared.dossier, store)
        planned = ledger.digests(issue)
        _unchanged(cleared.dossier, planned)
        if not planned and not len(people):
            raise NobodyToWriteTo
        if not planned or ledger.due(issue, now()):
            run = _Run(
                issue=issue,
                carrier=carrier,
                now=now,
                ledger=ledger,
                pace=pace(settings),
                own=own(issue, cleared.dossier.profile, settings, store.vault),
                people={one.id: one for one in people},
                encoded=_encoded(cleared.dossier, settings),
            )
            with carrier:  # before the readers are frozen: a server that cannot be reached plans nothing
                if not planned:
                    _plan(ledger, cleared.dossier, people, now())
                run.through(progress, stopped)
        return Sent(ledger.books(issue), ledger.next_due(issue), ledger.unplanned(issue, [one.id for one in people]))


def _audience(dossier: Dossier, store: Store) -> Audience:
    languages = tuple(dossier.renderings)
    first = dossier.profile.languages[0]
    return recipients(store, languages, first if first in languages else languages[0])


def _encoded(dossier: Dossier, settings: Settings) -> dict[str, Encoded]:
    return {
        language: encode(rendered, dossier.profile, public_url=settings.public_url)
        for language, rendered in dossier.renderings.items()
    }


def _unchanged(dossier: Dossier, planned: dict[str, str]) -> None:
    for language, digest in planned.items():
        rendered = dossier.renderings.get(language)
        if rendered is None or rendered.digest != digest:
            raise ChangedSincePlanned(dossier.issue, language)


def _plan(ledger: Ledger, dossier: Dossier, people: Audience, now: dt.datetime) -> None:
    digests = {language: rendered.digest for language, rendered in dossier.renderings.items()}
    skipped = {one.id: one.reason for one in people.skipped}
    ledger.plan(dossier.issue, digests, [(one.id, one.language) for one in people], skipped, now)


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of a sending: what stays the same from letter to letter."""

    issue: IssueName
    carrier: Carrier
    now: Callable[[], dt.datetime]
    ledger: Ledger
    pace: Pace
    own: Own
    people: Mapping[str, Recipient] = field(repr=False)
    encoded: Mapping[str, Encoded] = field(repr=False)

    def through(self, progress: Callable[[int, int], None], stopped: Callable[[], bool]) -> None:
        """Every copy that is due, one after the other."""
        due = self.ledger.due(self.issue, self.now())
        in_a_row = 0
        for done, copy in enumerate(due, 1):
            if stopped():
                raise Interrupted(self.issue)
            self._keep_pace()
            outcome = self._one(copy)
            progress(done, len(due))
            in_a_row = in_a_row + 1 if outcome and outcome.sender_at_fault else 0
            if outcome and in_a_row >= ENOUGH:
                raise RunPaused(self.issue, outcome, self.ledger.next_due(self.issue) or self.now())

    def _keep_pace(self) -> None:
        if self.pace.per_day is not None:
            now = self.now()
            free = self.pace.free_at(self.ledger.sent_since(now - WINDOW), now)
            if free is not None:
                raise DailyLimit(self.issue, self.pace.per_day, free.astimezone(now.tzinfo))

    def _one(self, copy: Copy) -> Outcome | None:
        """One copy: intent, message, outcome; None where she has left since and got nothing (S17)."""
        if not self.ledger.begin(self.issue, copy.subscriber, self.now(), self._may):
            return None
        try:
            message = self._message(copy)
            outcome = self.carrier.deliver(message)
        except UnfitAddress:
            outcome = _UNFIT
        except NewsletterError:
            self.ledger.withdraw(self.issue, copy.subscriber)  # it surely did not leave
            raise
        self.ledger.finish(self.issue, copy.subscriber, outcome, self.now())
        return outcome

    def _may(self, connection: Connection, subscriber: str) -> bool:
        return subscriber in self.people and may_be_written_to(connection, subscriber)

    def _message(self, copy: Copy) -> Message:
        encoded = self.encoded[copy.language]
        return compose(
            encoded,
            self.people[copy.subscriber],
            leave=self.own.leave(copy.subscriber),
            message_id=self.own.message_id(copy.subscriber, encoded.domain),
            now=self.now(),
        )
