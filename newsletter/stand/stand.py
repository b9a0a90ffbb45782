"""A prepared issue and the books -> Stand: what is known of it and of the list, and the one next step."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from newsletter.errors import NewsletterError

if TYPE_CHECKING:
    from newsletter.drafting.pause import Pause
    from newsletter.ledger.book import Books
    from newsletter.nouns.draft import IssueName
    from newsletter.nouns.letter import Dossier
    from newsletter.nouns.problem import Problem
    from newsletter.pipeline import Prepared
    from newsletter.settings import Settings
    from newsletter.stand.list_and_books import Kept
    from newsletter.workspace import Workspace

LATE = dt.timedelta(days=7)


class Step(StrEnum):
    """What is to be done next in the month."""

    GO_ON = "go on"  # with a sending that is not done
    PUBLISH = "publish"
    NEW = "new"
    MEND = "mend"
    APPROVE = "approve"
    READERS = "readers"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class Stand:
    """What is known of the newest issue and of the list. None where there is nothing to look at yet."""

    issue: IssueName
    dossier: Dossier | None
    problems: tuple[Problem, ...]
    missing_approvals: tuple[str, ...]
    readers: int | None
    books: Books | None
    published: bool = False
    long_ago: dt.date | None = None  # the day on which it was to go out, where that has long passed
    pause: Pause | None = None  # that follows it
    list_trouble: NewsletterError | None = None  # why the list cannot be looked at just now
    overdue: tuple[str, ...] = ()  # the issues of which it is kept for too long who got them

    @property
    def to_mend(self) -> int:
        """How many errors there are."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def step(self) -> Step:
        """The one next step."""
        if self.books is not None and self.books.waiting + self.books.deferred:
            return Step.GO_ON
        if self.books is not None:
            return Step.NEW if self.published else Step.PUBLISH
        if self.to_mend or self.dossier is None:
            return Step.MEND
        if self.missing_approvals:
            return Step.APPROVE
        return Step.SEND if self.readers else Step.READERS


def stand(workspace: Workspace, settings: Settings, issue: IssueName, now: dt.datetime) -> Stand:
    """Look at an issue wholly: it is made and checked."""
    from newsletter.pipeline import everything, prepare
    from newsletter.stand.list_and_books import list_and_books

    prepared = prepare(workspace, issue, settings)
    return stand_of(workspace, prepared, everything(prepared), list_and_books(workspace, settings, now), now)


def stand_of(
    workspace: Workspace, prepared: Prepared, problems: tuple[Problem, ...], kept: Kept, now: dt.datetime
) -> Stand:
    """Where an issue stands that was made and checked already."""
    issue, dossier = prepared.issue, prepared.dossier
    missing = missing_approvals(workspace, dossier)
    published = (workspace.outbox / "site" / str(issue) / "index.html").is_file()
    day, pause = _long_ago(dossier, now), _pause(dossier)
    books = kept.books.get(str(issue))
    return Stand(
        issue, dossier, problems, missing, kept.readers, books, published, day, pause, kept.trouble, kept.overdue
    )


def missing_approvals(workspace: Workspace, dossier: Dossier | None) -> tuple[str, ...]:
    """The languages that somebody has still to approve as they are now. Raises BrokenApproval."""
    from newsletter.gate.approvals import read_approvals
    from newsletter.gate.leaving import leaving

    if dossier is None or not dossier.profile.approval_required:
        return ()
    there = read_approvals(workspace, dossier.issue)
    digests = {language: leaving(workspace, dossier, language).digest for language in dossier.renderings}
    return tuple(one for one, digest in digests.items() if one not in there or there[one].digest != digest)


def _long_ago(dossier: Dossier | None, now: dt.datetime) -> dt.date | None:
    """The day on which an issue was to go out, a week or more ago: it went by another door, or never will."""
    day = dossier.editions[0].send_on if dossier else None
    return day if day and day + LATE <= now.date() else None


def _pause(dossier: Dossier | None) -> Pause | None:
    from newsletter.drafting.pause import pause_after

    if dossier is None:
        return None
    days = {one.issue: one.send_on for one in (*dossier.earlier, *reversed(dossier.editions))}
    return pause_after(dossier.issue, days, dossier.profile.pause)
