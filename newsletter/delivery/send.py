"""Cleared issue, list and carrier -> the issue delivered, each copy's intent and outcome committed in the books."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection

from newsletter.audience.recipients import Audience
from newsletter.audience.suppress import may_be_written_to
from newsletter.delivery.own import Own, own
from newsletter.delivery.pace.allowance import Allowance, allowance
from newsletter.delivery.pace.past import written_to
from newsletter.delivery.readers import NobodyToWriteTo, readers
from newsletter.delivery.replies import about_the_reader, asks_for_patience
from newsletter.errors import NewsletterError, OutsideFailed, StoppedForSafety
from newsletter.gate.clear import Cleared
from newsletter.ledger.book import Books, Copy, Ledger
from newsletter.ledger.lock import sending
from newsletter.ledger.retry import USUAL, RetryRule
from newsletter.ledger.seal import seal_if_done
from newsletter.letters.compose import compose
from newsletter.letters.encode import Encoded, encode_editions
from newsletter.letters.headers import UnfitAddress
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Carrier, Dossier, Fate, Message, Outcome
from newsletter.nouns.person import Recipient
from newsletter.settings import Settings
from newsletter.store.open import Store
from newsletter.workspace import Workspace

ENOUGH = 3  # answers in a row that lie with the sender, or that were lost: the run pauses (S9)
STEP = 0.25  # seconds of a wait after which a wish to stop is heard
_TRIES = 3  # so often a refusal is doubted that may be about us
_UNFIT = Outcome(Fate.REFUSED, 0, "5.1.3", "This is not an address that mail can be sent to.")


class ChangedSincePlanned(StoppedForSafety):
    """The issue is not the one of which some letters have left already (S18)."""

    def __init__(self, issue: IssueName, language: str) -> None:
        super().__init__(
            f"The issue {issue} in {language} is no longer the one that the first readers got, so the sending stopped.",
            "Put its words, pictures, templates and settings back as they were and give the same command again; or, to let the"
            f" others have it as it is now: newsletter send {issue} --for-real --changed",
        )


class EditionGone(StoppedForSafety):
    """Some readers are still to get an edition that is no longer there."""

    def __init__(self, issue: IssueName, language: str) -> None:
        super().__init__(
            f"The issue {issue} has no edition in {language} any more, and some of its readers are still to get it.",
            "Bring its file back as it was, then give the same command again.",
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


class AnswersLost(OutsideFailed):
    """The connection breaks after letter after letter: nobody can know whether they left."""

    def __init__(self, issue: IssueName) -> None:
        super().__init__(
            "The connection to the mail server broke after each of the last letters, before its answer. Nobody knows"
            " whether they left, so the sending stopped.",
            "See whether they arrived, and ask whoever looks after your mail; then go on with the others:"
            f" newsletter send {issue} --for-real",
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
    changed: bool = False,
    workspace: Workspace | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Sent:
    """Send an issue, or go on sending it: who was accepted, refused or is in doubt gets nothing twice.

    ``progress`` hears after each copy how many of this run's are done; ``stopped`` is asked before each; ``changed``
    lets the rest have an issue that changed after the first letters left; ``workspace`` holds profiles of the pace of
    its own, and the journal of its test copies; ``sleep`` waits so many seconds for the pace. Raises Locked, NobodyToWriteTo, EditionGone,
    ChangedSincePlanned, DailyLimit, RunPaused, AnswersLost, Interrupted, and what the carrier and the store raise.
    """
    issue = cleared.dossier.issue
    ledger = Ledger(store.database, rule)
    with sending(Path(store.database.where), issue):
        ledger.settle_dead(issue)
        people = readers(cleared.dossier, store)
        planned = ledger.digests(issue)
        if not planned and not len(people):
            raise NobodyToWriteTo
        due = ledger.due(issue, now())
        if due or not planned:
            _same(cleared.dossier, {copy.language: planned[copy.language] for copy in due}, ledger, changed=changed)
            run = _Run(
                issue=issue,
                carrier=carrier,
                now=now,
                ledger=ledger,
                allowance=allowance(issue, settings, store.database, now(), workspace),
                sleep=sleep,
                own=own(issue, cleared.dossier.profile, settings, store.vault),
                people={one.id: one for one in people},
                encoded=encode_editions(cleared.dossier, public_url=settings.public_url),
            )
            with carrier:  # before the readers are frozen: a server that cannot be reached plans nothing
                if not planned:
                    _plan(ledger, cleared.dossier, people, now())
                run.through(progress, stopped)
        seal_if_done(store.database, issue, now())
        return Sent(ledger.books(issue), ledger.next_due(issue), ledger.unplanned(issue, [one.id for one in people]))


def _same(dossier: Dossier, planned: Mapping[str, str], ledger: Ledger, *, changed: bool) -> None:
    """See that the rest gets what the first ones got, or that somebody wants it otherwise (S18)."""
    for language, digest in planned.items():
        if language not in dossier.renderings:
            raise EditionGone(dossier.issue, language)
        if dossier.renderings[language].digest != digest and not changed:
            raise ChangedSincePlanned(dossier.issue, language)
    if changed:
        ledger.plan_anew(dossier.issue, {language: dossier.renderings[language].digest for language in planned})


def _plan(ledger: Ledger, dossier: Dossier, people: Audience, now: dt.datetime) -> None:
    digests = {language: rendered.digest for language, rendered in dossier.renderings.items()}
    skipped = {one.id: one.reason for one in people.skipped}
    ledger.plan(dossier.issue, digests, [(one.id, one.language) for one in people], skipped, now)


@dataclass(slots=True)
class _Heard:
    """What the answers of a run say together."""

    faults: int = 0  # in a row
    lost: int = 0  # in a row
    accepted: bool = False
    doubted: list[str] = field(default_factory=list)  # readers whose refusals were not believed yet

    def add(self, outcome: Outcome) -> None:
        """One more."""
        self.faults = self.faults + 1 if outcome.sender_at_fault else 0
        self.lost = self.lost + 1 if outcome.fate is Fate.IN_DOUBT else 0


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of a sending: what stays the same from letter to letter."""

    issue: IssueName
    carrier: Carrier
    now: Callable[[], dt.datetime]
    ledger: Ledger
    allowance: Allowance
    sleep: Callable[[float], None]
    own: Own
    people: Mapping[str, Recipient] = field(repr=False)
    encoded: Mapping[str, Encoded] = field(repr=False)
    heard: _Heard = field(default_factory=_Heard)

    def through(self, progress: Callable[[int, int], None], stopped: Callable[[], bool]) -> None:
        """Every copy that is due, one after the other."""
        due = self.ledger.due(self.issue, self.now())
        known = written_to(self.ledger.database) if self.allowance.limits.new_a_day else frozenset()
        for done, copy in enumerate(due, 1):
            if stopped():
                raise Interrupted(self.issue)
            self._keep_pace(stopped, new=copy.subscriber not in known)
            outcome = self._one(copy)
            progress(done, len(due))
            if outcome:
                self._pause_where_it_is_enough(outcome)

    def _pause_where_it_is_enough(self, outcome: Outcome) -> None:
        self.heard.add(outcome)
        if asks_for_patience(outcome):
            self.allowance.slow_down(self.now())
        if self.heard.lost >= ENOUGH:
            raise AnswersLost(self.issue)
        if self.heard.faults >= ENOUGH:
            now = self.now()
            raise RunPaused(self.issue, outcome, max(self.ledger.next_due(self.issue) or now, now))

    def _keep_pace(self, stopped: Callable[[], bool], *, new: bool) -> None:
        """Wait until the letter may leave, in steps so small that a wish to stop is heard at once."""
        while wait := self.allowance.take(self.now(), new=new):
            self.sleep(min(wait.total_seconds(), STEP))
            if stopped():
                raise Interrupted(self.issue)

    def _one(self, copy: Copy) -> Outcome | None:
        """One copy: intent, message, outcome; None where she has left since and got nothing (S17)."""
        if not self.ledger.begin(self.issue, copy.subscriber, self.now(), self._may):
            return None
        try:
            outcome = self._weighed(copy, self.carrier.deliver(self._message(copy)))
        except UnfitAddress:
            outcome = _UNFIT
        except NewsletterError:
            self.ledger.withdraw(self.issue, copy.subscriber)  # it surely did not leave
            raise
        self.ledger.finish(self.issue, copy.subscriber, outcome, self.now())
        if self.heard.accepted and self.heard.doubted:
            self.ledger.refuse(self.issue, self.heard.doubted)
            self.heard.doubted.clear()
        return outcome

    def _weighed(self, copy: Copy, outcome: Outcome) -> Outcome:
        """A refusal that may be about us is not believed until the server has accepted somebody.

        A server that wants a password, or does not know us, says so at each reader; many say no more than "550 relay
        not permitted". Believed, one wrong setting would cost the whole list this issue.
        """
        self.heard.accepted = self.heard.accepted or outcome.fate is Fate.ACCEPTED
        clear = self.heard.accepted or copy.attempts >= _TRIES or about_the_reader(outcome.enhanced)
        if outcome.fate is not Fate.REFUSED or not outcome.code or clear:
            return outcome
        self.heard.doubted.append(copy.subscriber)
        return replace(outcome, fate=Fate.DEFERRED, sender_at_fault=True)

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
            sign=self.own.sign,
        )
