"""Cleared issue, list and carrier -> the issue delivered, each copy's intent and outcome committed in the books."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from newsletter.audience.suppress import STILL_ON_THE_LIST
from newsletter.delivery.meant_for import meant_for
from newsletter.delivery.own import own
from newsletter.delivery.pace.allowance import allowance
from newsletter.delivery.pace.past import written_to
from newsletter.delivery.readers import NobodyToWriteTo, everyone
from newsletter.delivery.run import Run
from newsletter.delivery.work import work
from newsletter.errors import StoppedForSafety
from newsletter.gate.clear import Cleared
from newsletter.ledger.book import Books, Ledger
from newsletter.ledger.due import Due
from newsletter.ledger.lock import sending
from newsletter.ledger.retry import USUAL, RetryRule
from newsletter.ledger.seal import seal_if_done
from newsletter.ledger.writer import Writer
from newsletter.letters.encode import encode_editions
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Carrier, Dossier
from newsletter.settings import Settings
from newsletter.store.open import Store
from newsletter.workspace import Workspace


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
    in_doubt: bool = False,
    workspace: Workspace | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Sent:
    """Send an issue, or go on sending it: who was accepted, refused or is in doubt gets nothing twice.

    ``progress`` hears after each copy how many of this run's are done; ``stopped`` is asked before each; ``sleep`` waits
    so many seconds for the pace. They are called by the thread that serves the connections, and ``now`` there too.
    ``changed`` lets the rest have an issue that changed after the first letters left; ``in_doubt`` lets a correction go
    to those too of whom nobody knows whether they got what it corrects; ``workspace`` holds profiles of the pace of its
    own, and the journal of its test copies. Raises Locked, NobodyToWriteTo, EditionGone,
    ChangedSincePlanned, DailyLimit, RunPaused, AnswersLost, Interrupted, and what the carrier and the store raise.
    """
    issue, dossier = cleared.dossier.issue, cleared.dossier
    ledger = Ledger(store.database, rule)
    with sending(Path(store.database.where), issue):
        ledger.settle_dead(issue)
        planned = ledger.digests(issue)
        if not planned and not any(not reason for _, _, reason in meant_for(dossier, store, in_doubt=in_doubt)):
            raise NobodyToWriteTo
        due = Due(store.database, issue, now(), rule)
        if len(due) or not planned:
            _same(dossier, {language: planned[language] for language in due.by_language}, ledger, changed=changed)
            encoded = encode_editions(dossier, public_url=settings.public_url)
            mine = own(issue, dossier.profile, settings, store.vault, workspace)
            with carrier:  # before the readers are frozen: a server that cannot be reached plans nothing
                if not planned:
                    _plan(ledger, dossier, store, now(), in_doubt=in_doubt)
                    due = Due(store.database, issue, now(), rule)
                with Writer(store.database, issue, STILL_ON_THE_LIST, rule) as writer:
                    allowed = allowance(issue, settings, store.database, now(), workspace)
                    known = written_to(store.database) if allowed.limits.new_a_day else frozenset()
                    run = Run(
                        issue, store, ledger, writer, due, allowed, known, mine, encoded, now, sleep, progress, stopped
                    )
                    work(run, carrier)
        seal_if_done(store.database, issue, now())
        newcomers = _newcomers(ledger, dossier, store)
        return Sent(ledger.books(issue), ledger.next_due(issue), newcomers)


def _newcomers(ledger: Ledger, dossier: Dossier, store: Store) -> int:
    """Who came onto the list since; a correction is nothing to them."""
    if dossier.corrects:
        return 0
    return ledger.unplanned(dossier.issue, (one for one, _, reason in everyone(dossier, store) if not reason))


def _same(dossier: Dossier, planned: Mapping[str, str], ledger: Ledger, *, changed: bool) -> None:
    """See that the rest gets what the first ones got, or that somebody wants it otherwise (S18)."""
    for language, digest in planned.items():
        if language not in dossier.renderings:
            raise EditionGone(dossier.issue, language)
        if dossier.renderings[language].digest != digest and not changed:
            raise ChangedSincePlanned(dossier.issue, language)
    if changed:
        ledger.plan_anew(dossier.issue, {language: dossier.renderings[language].digest for language in planned})


def _plan(ledger: Ledger, dossier: Dossier, store: Store, now: dt.datetime, *, in_doubt: bool = False) -> None:
    """Write down who gets the issue, as they come out of the list; only those who get nothing are held in memory."""
    digests = {language: rendered.digest for language, rendered in dossier.renderings.items()}
    skipped = {one: reason for one, _, reason in meant_for(dossier, store, in_doubt=in_doubt) if reason}
    people = (
        (one, to)
        for one, to, reason in meant_for(dossier, store, in_doubt=in_doubt)
        if not reason and one not in skipped
    )
    ledger.plan(dossier.issue, digests, people, skipped, now)
