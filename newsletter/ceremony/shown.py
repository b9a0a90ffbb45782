"""Cleared issue, list and plan -> what somebody reads before she types its name: to whom, when, and how it begins."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from newsletter.ceremony.hour import When
from newsletter.ceremony.hour import told as told_hour
from newsletter.delivery.meant_for import meant_for
from newsletter.delivery.pace.forecast import forecast
from newsletter.delivery.pace.past import still_to_go
from newsletter.delivery.those_who_got import IN_DOUBT
from newsletter.gate.approvals import read_approvals
from newsletter.gate.leaving import Leaving, leaving
from newsletter.ledger.account import account
from newsletter.ledger.due import Due
from newsletter.ledger.left_out import LEFT_OUT
from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import fill
from newsletter.letters.leave_links import NOBODY, leave_token, leave_url, leaving_address

if TYPE_CHECKING:
    from newsletter.delivery.pace.plan import Plan
    from newsletter.door import Door
    from newsletter.gate.clear import Cleared
    from newsletter.nouns.draft import IssueName
    from newsletter.nouns.letter import Dossier
    from newsletter.store.open import Store

INVENTED = "Ana"
"""The reader of the letter that is shown: nobody on the list."""
LINES = 8


@dataclass(frozen=True, slots=True)
class Leaves:
    """What is about to leave: to how many by edition, who gets nothing and why; ``begun`` where some have it already."""

    issue: IssueName
    by_language: Mapping[str, int]
    left_out: Mapping[str, int]
    begun: bool
    states: tuple[Leaving, ...]

    @property
    def letters(self) -> int:
        """How many letters are still to leave."""
        return sum(self.by_language.values())


def leaves(door: Door, dossier: Dossier, store: Store, *, in_doubt: bool = False) -> Leaves:
    """Count them, without unlocking anybody; by the books where those are begun."""
    states = tuple(leaving(door.workspace, dossier, language) for language in dossier.renderings)
    found = account(store.database, dossier.issue)
    if found.books.planned:
        due = Due(store.database, dossier.issue, door.now())
        return Leaves(dossier.issue, due.by_language, found.left_out or {}, begun=True, states=states)
    counted: Counter[str] = Counter(dict.fromkeys(dossier.renderings, 0))
    left_out: Counter[str] = Counter()
    for _, language, reason in meant_for(dossier, store, in_doubt=in_doubt):
        (left_out if reason else counted)[reason or language] += 1
    return Leaves(dossier.issue, counted, left_out, begun=False, states=states)


def shown(door: Door, cleared: Cleared, it: Leaves, when: When) -> Iterator[str]:
    """The lines to read."""
    dossier = cleared.dossier
    sender = dossier.profile.sender
    corrected = dossier.corrects
    what = f"{it.issue}, a correction of {corrected}," if corrected else str(it.issue)
    yield f"\n{what} is about to leave{' for the rest of its readers' if it.begun else ''}.\n"
    yield from _row("Subject", [f"{one.language}: “{one.subject}”" for one in dossier.editions])
    answers = f"; answers go to {sender.reply_to}" if sender.reply_to and sender.reply_to != sender.address else ""
    yield from _row("From", [f"{sender.name} <{sender.address}>{answers}"])
    editions = ", ".join(f"{language} {number:,}" for language, number in it.by_language.items())
    yield from _row("To", [f"{_people(it.letters)} ({editions})"])
    yield from _row("Not to", [_left_out(why, number) for why, number in it.left_out.items()])
    yield from _row("Let go by", list(_approvals(door, dossier, it)))
    yield from _row("When", [_when(when)])
    yield from _letter(dossier)


def forecast_of(
    door: Door,
    dossier: Dossier,
    store: Store,
    it: Leaves,
    moment: dt.datetime,
    *,
    copies: int = 0,
    in_doubt: bool = False,
) -> Plan:
    """How the sending of what is still to go would go from a moment on, after so many first copies."""

    def who() -> tuple[str, ...]:
        there = meant_for(dossier, store, in_doubt=in_doubt)
        return still_to_go(store.database, dossier.issue) or tuple(one for one, _, why in there if not why)

    workspace = door.workspace
    return forecast(it.letters, who, store.database, door.settings, moment, workspace=workspace, copies=copies)


def pace(door: Door, plan: Plan, now: dt.datetime) -> Iterator[str]:
    """When it ends, on how many days, and what would fit better."""
    from newsletter.delivery.pace.limits import fitting_profiles
    from newsletter.delivery.pace.told import told

    host = door.settings.smtp_host
    if plan.people:
        yield from told(plan, now, host, fitting_profiles(host, door.workspace))


def _row(name: str, values: list[str]) -> Iterator[str]:
    for number, value in enumerate(values):
        yield f"  {'' if number else name:<10}{value}"


def _left_out(why: str, number: int) -> str:
    if why == IN_DOUBT:
        return f"{number:,} of whom nobody knows whether they got it; to write to them too: --in-doubt"
    return f"{number:,} who {LEFT_OUT.get(why, why)}"


def _people(number: int) -> str:
    return "1 reader" if number == 1 else f"{number:,} readers"


def _approvals(door: Door, dossier: Dossier, it: Leaves) -> Iterator[str]:
    there = read_approvals(door.workspace, dossier.issue)
    for one in it.states:
        approval = there.get(one.language)
        if approval and approval.digest == one.digest:
            at = dt.datetime.fromisoformat(approval.at)
            yield f"{one.language}: {approval.by}, {at:%Y-%m-%d %H:%M} (code {one.code})"
        else:
            yield f"{one.language}: nobody, and nobody has to (code {one.code})"


def _when(when: When) -> str:
    held = f"{_length(when.held)} after the first copies"
    if when.at is not None:
        not_before = f", and not before {held}" if when.held else ""
        return f"{told_hour(when.at)}{not_before}; until then one key stops everything"
    return f"{held}; until then one key stops everything" if when.held else "at once"


def _length(span: dt.timedelta) -> str:
    seconds = int(span.total_seconds())
    for size, name in ((3600, "hour"), (60, "minute"), (1, "second")):
        if seconds % size == 0:
            number = seconds // size
            return f"{number} {name}" if number == 1 else f"{number} {name}s"
    return f"{seconds} seconds"


def _letter(dossier: Dossier) -> Iterator[str]:
    """How the first edition begins in plain text, as somebody invented gets it."""
    edition = dossier.editions[0]
    rendered = dossier.renderings[edition.language]
    nowhere = leave_url(leave_token(bytes(32), NOBODY), public_url="", leave_by_mail=leaving_address(dossier.profile))
    text = fill(rendered, reader_answers(INVENTED, nowhere, lambda name: name)).text
    yield f"\n  The letter in {edition.language} begins, for somebody invented:"
    lines = (line for line in text.splitlines() if line.strip())
    yield from (f"  | {line}" for line in islice(lines, LINES))
    yield ""
