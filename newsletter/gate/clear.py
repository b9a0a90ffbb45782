"""Prepared issue + approvals + the day and hour -> Cleared, the only thing that sending, exporting and publishing accept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import InitVar, dataclass

from newsletter.errors import StoppedForSafety, ToMend
from newsletter.gate.approvals import Approval, read_approvals
from newsletter.gate.leaving import AROUND, PROGRAM, SEND_ON, leaving
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.pipeline import Prepared, everything
from newsletter.workspace import Workspace

SHOWN = 3  # problems that a refusal spells out; `newsletter check` shows them all
_OF_THE_GATE = object()


class NotReady(ToMend):
    """The issue has errors that must be mended before it leaves by any door."""

    def __init__(self, issue: IssueName, errors: tuple[Problem, ...]) -> None:
        super().__init__(
            f"The issue {issue} cannot go out yet: {_count(len(errors), 'error')}.\n{_first(errors)}",
            f"newsletter check {issue} shows them all.",
        )


class NotApproved(StoppedForSafety):
    """Nobody has approved the edition."""

    def __init__(self, issue: IssueName, language: str) -> None:
        super().__init__(
            f"Nobody has approved the issue {issue} in {language} yet.",
            f"Somebody who did not write it reads it, then: {_how_to_approve(issue, language)}",
        )


class ChangedSince(StoppedForSafety):
    """The edition is not the one that was approved."""

    def __init__(self, issue: IssueName, approval: Approval, parts: Iterable[str]) -> None:
        at = dt.datetime.fromisoformat(approval.at)
        super().__init__(
            f"The issue {issue} in {approval.language} has changed since {approval.by} approved it"
            f" on {at:%Y-%m-%d} at {at:%H:%M}: {', '.join(parts)}.",
            f"Somebody reads it again, then: {_how_to_approve(issue, approval.language)}",
        )


class UnderEmbargo(StoppedForSafety):
    """It is too early: nothing of the issue may leave yet."""

    def __init__(self, issue: IssueName, until: dt.datetime, now: dt.datetime) -> None:
        own = _on_the_clock_of(until, now)
        here = "" if own.utcoffset() == until.utcoffset() else f" On your clock that is {own:%Y-%m-%d} at {own:%H:%M}."
        super().__init__(
            f"The issue {issue} is under embargo: nothing of it leaves before {until:%Y-%m-%d} at {until:%H:%M}"
            f" ({until.tzinfo}), {_how_long(until - now)} from now.{here}",
            "Wait until then, or change the line embargo: in the issue. Test copies to your own addresses may go.",
        )


class WarningsStand(StoppedForSafety):
    """Nothing is wrong for certain, but something should be looked at first."""

    def __init__(self, issue: IssueName, warnings: tuple[Problem, ...]) -> None:
        super().__init__(
            f"The issue {issue} has {_count(len(warnings), 'warning')}.\n{_first(warnings)}",
            f"newsletter check {issue} shows them all. To go on all the same, give the same command with --yes",
        )


class MadeElsewhere(StoppedForSafety):
    """Something tried to let an issue out past the gate."""

    def __init__(self) -> None:
        super().__init__("Only the gate clears an issue.", "In a program: newsletter.gate.clear.clear(...)")


@dataclass(frozen=True, slots=True)
class Cleared:
    """An issue that has passed the gate, as it passed it, and the day it was passed for."""

    dossier: Dossier
    on: dt.date
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _OF_THE_GATE:
            raise MadeElsewhere


def clear(
    workspace: Workspace,
    prepared: Prepared,
    on: dt.date,
    *,
    now: dt.datetime,
    accept_warnings: bool,
    as_page: bool = False,
) -> Cleared:
    """Let an issue through, to leave on this day. Raises NotReady, UnderEmbargo, NotApproved, ChangedSince, WarningsStand.

    ``now`` bears its zone: an embargo ends at one moment, wherever one is.
    A page (``as_page``) is made of an edition's words and pictures alone: a letter's frame that is other than when it
    was approved, a new postal address say, does not take an old issue off the web.
    """
    problems = everything(prepared, on)
    dossier = mended(prepared, problems)
    until = embargo(dossier)
    if until and now < until:
        raise UnderEmbargo(dossier.issue, until, now)
    if dossier.profile.approval_required:
        _approved(workspace, dossier, as_page=as_page)
    warnings = _of(problems, Severity.WARNING)
    if warnings and not accept_warnings:
        raise WarningsStand(dossier.issue, warnings)
    return Cleared(dossier, on, _OF_THE_GATE)


def mended(prepared: Prepared, problems: Iterable[Problem]) -> Dossier:
    """The dossier of an issue without errors. Raises NotReady."""
    errors = _of(problems, Severity.ERROR)
    if errors or prepared.dossier is None:
        raise NotReady(prepared.issue, errors)
    return prepared.dossier


def embargo(dossier: Dossier) -> dt.datetime | None:
    """The moment before which nothing of an issue leaves, the latest that any edition names; None where none does."""
    return max((edition.embargo for edition in dossier.editions if edition.embargo), default=None)


def _on_the_clock_of(when: dt.datetime, now: dt.datetime) -> dt.datetime:
    """A moment as the clock that says ``now`` will show it: this computer's, also where summer time begins meanwhile."""
    ours = now.utcoffset() == now.astimezone().utcoffset()
    return when.astimezone() if ours else when.astimezone(now.tzinfo)


def _how_long(span: dt.timedelta) -> str:
    minutes = max(1, -(-span // dt.timedelta(minutes=1)))
    days, hours = minutes // (24 * 60), minutes // 60
    if days:
        return _count(days, "day") + (f" and {_count(hours % 24, 'hour')}" if hours % 24 else "")
    return _count(hours, "hour") if hours else _count(minutes, "minute")


def _approved(workspace: Workspace, dossier: Dossier, *, as_page: bool) -> None:
    approvals = read_approvals(workspace, dossier.issue)
    for edition in dossier.editions:
        approval = approvals.get(edition.language)
        if approval is None:
            raise NotApproved(dossier.issue, edition.language)
        it = leaving(workspace, dossier, edition.language)
        if approval.digest == it.digest:
            continue
        parts = it.changed(approval.saw)
        if not as_page or {*parts} - {*AROUND, PROGRAM, SEND_ON}:
            raise ChangedSince(dossier.issue, approval, parts)


def _of(problems: Iterable[Problem], severity: Severity) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity is severity)


def _first(problems: tuple[Problem, ...]) -> str:
    lines = [f"  {problem}" for problem in problems[:SHOWN]]
    more = len(problems) - SHOWN
    return "\n".join([*lines, f"  ... and {more} more"] if more > 0 else lines)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _how_to_approve(issue: IssueName, language: str) -> str:
    return f"newsletter approve {issue} --by NAME --language {language}"
