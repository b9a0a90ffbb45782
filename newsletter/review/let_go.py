"""Somebody's name, and perhaps the codes of what she has read -> her word that editions may leave, written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from newsletter.errors import StoppedForSafety, WrongUsage
from newsletter.gate.approvals import Approval, approve, earlier_approvals, read_approvals
from newsletter.gate.leaving import Leaving, NoSuchEdition, leaving, read_code
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Dossier
from newsletter.review.seen import seen
from newsletter.review.states import State, keep, states
from newsletter.workspace import Workspace


class Nameless(WrongUsage):
    """An approval was to be given by nobody."""

    def __init__(self) -> None:
        super().__init__("An approval needs the name of whoever has read the issue.", 'Such as: --by "Rosa Example"')


class NoCode(WrongUsage):
    """What was given as a code cannot be one."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            f"“{typed}” is not a code: one has ten letters and digits, such as 7K3M2-9QXTB.",
            "Copy it from the answer of whoever has read the issue.",
        )


class CodeOfAnother(StoppedForSafety):
    """The code names the edition as it was once, and it has changed since."""

    def __init__(self, issue: IssueName, language: str, when: str, changed: list[str]) -> None:
        what = f": {', '.join(changed)}" if changed else ""
        super().__init__(
            f"That is the code of the issue {issue} in {language} as it was {when}; since then it has changed{what}.",
            f"Have it read as it is now: newsletter review {issue} --language {language}",
        )


class UnknownCode(StoppedForSafety):
    """The code names no state of the issue that is known."""

    def __init__(self, issue: IssueName, code: str) -> None:
        super().__init__(
            f"{code} is not the code of the issue {issue} as it is now, nor of an earlier state that is known here.",
            f"Compare it with the answer, sign by sign; or have the issue read again: newsletter review {issue}",
        )


def meant(
    workspace: Workspace, dossier: Dossier, codes: Collection[str], languages: Collection[str] = ()
) -> dict[str, Leaving]:
    """The editions that are to be let go, as they are now: those asked for, or those whose codes these are.

    Raises NoSuchEdition, NoCode, CodeOfAnother, UnknownCode.
    """
    there = [edition.language for edition in dossier.editions]
    for language in languages:
        if language not in there:
            raise NoSuchEdition(language, there)
    wanted = set(languages or there)
    now = {one: leaving(workspace, dossier, one) for one in dossier.renderings if one in wanted}
    return _read(workspace, dossier.issue, codes, now) if codes else now


def let_go(
    workspace: Workspace, dossier: Dossier, editions: Mapping[str, Leaving], by: str, now: dt.datetime, *, how: str = ""
) -> None:
    """Write down who lets these editions go, and keep what was approved, so that a later change can be shown beside it.

    Raises Nameless, BrokenApproval, CannotWrite.
    """
    if not by.strip():
        raise Nameless
    for language, it in editions.items():
        approve(workspace, dossier.issue, it, by.strip(), now, how=how)
        keep(workspace, dossier.issue, it, seen(dossier.renderings[language]).text, now)


def _read(
    workspace: Workspace, issue: IssueName, codes: Collection[str], now: Mapping[str, Leaving]
) -> dict[str, Leaving]:
    found = {}
    for typed in codes:
        code = read_code(typed)
        if code is None:
            raise NoCode(typed[:40])
        it = next((one for one in now.values() if one.code == code), None)
        if it is None:
            raise _of_another(workspace, issue, code, now)
        found[it.language] = it
    return found


def _of_another(workspace: Workspace, issue: IssueName, code: str, now: Mapping[str, Leaving]) -> StoppedForSafety:
    """Which earlier state the code names, as far as that is known."""
    for language, it in now.items():
        kept: list[State | Approval] = [*states(workspace, issue, language)]
        given = [*read_approvals(workspace, issue).values(), *earlier_approvals(workspace, issue)]
        for one in (*kept, *(one for one in given if one.language == language)):
            if one.code == code:
                return CodeOfAnother(issue, language, _when(one), it.changed(one.saw) if one.saw else [])
    return UnknownCode(issue, code)


def _when(one: State | Approval) -> str:
    at = dt.datetime.fromisoformat(one.at) if isinstance(one.at, str) else one.at.astimezone()
    return f"on {at:%Y-%m-%d} at {at:%H:%M}"
