"""The books after a sending -> Facts: all that a closing report says, addresses masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from newsletter.audience.named_copies import named_copies
from newsletter.audience.subscribers import masked
from newsletter.gate.approvals import read_approvals
from newsletter.gate.leaving import leaving
from newsletter.ledger.answers import Reason, answer_words, reason
from newsletter.ledger.left_out import LEFT_OUT

if TYPE_CHECKING:
    from newsletter.ceremony.done import Done
    from newsletter.door import Door
    from newsletter.gate.clear import Cleared
    from newsletter.ledger.account import Account
    from newsletter.nouns.letter import Dossier
    from newsletter.store.open import Store

_READ = 2_000  # copies looked at; a report is for reading
_NAMED = 40  # people named for one reason
ORDER = ("refused", "in_doubt", "deferred")
SAID = {
    "refused": "Refused",
    "in_doubt": "In doubt",
    "deferred": "Put off",
}
FATES = (
    ("accepted", "Accepted", "taken by the mail server, which answers for them from then on"),
    ("refused", "Refused", "not taken, and not tried again"),
    ("deferred", "Put off", "not taken yet, and tried again"),
    ("in_doubt", "In doubt", "handed over, but the answer was lost"),
    ("skipped", "Not written to", "on the list, but not to be written to"),
    ("waiting", "Waiting", "not tried yet"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Copies that met the same: how many, the server's words, what they mean, and whom, masked."""

    state: str
    number: int
    answer: str
    reason: Reason
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the report says. Times are on the clock of the computer that sent."""

    issue: str
    title: str
    made: dt.datetime
    subjects: tuple[tuple[str, str, int], ...]  # language, subject, letters planned
    sender: str
    let_go: tuple[str, ...]
    began: dt.datetime | None
    ended: dt.datetime | None
    first_copies: int
    figures: tuple[tuple[str, int, str], ...]  # what is not nought
    planned: int
    to_write_to: int  # the planned without those who are not to be written to
    accepted: int
    groups: tuple[Group, ...]
    unread: int  # copies whose reasons were not read, there being too many
    left_out: tuple[tuple[int, str], ...]
    next: tuple[str, ...]
    done: bool


def facts(door: Door, store: Store, cleared: Cleared, account: Account, done: Done) -> Facts:
    """Gather them. Raises what unlocking an address raises."""
    dossier, books = cleared.dossier, account.books.as_dict()
    groups = tuple(_groups(door, store, account))
    editions = account.editions or {}
    trouble = sum(books[state] for state in ORDER)
    sender = dossier.profile.sender
    return Facts(
        issue=str(account.issue),
        title=dossier.profile.title.into(dossier.editions[0].language),
        made=door.now(),
        subjects=tuple((one.language, one.subject, editions.get(one.language, 0)) for one in dossier.editions),
        sender=f"{sender.name} <{sender.address}>",
        let_go=tuple(_let_go(door, dossier)),
        began=done.began,
        ended=done.ended,
        first_copies=done.first_copies,
        figures=tuple((name, books[key], why) for key, name, why in FATES if books[key]),
        planned=books["planned"],
        to_write_to=books["planned"] - books["skipped"],
        accepted=books["accepted"],
        groups=groups,
        unread=trouble - sum(one.number for one in groups),
        left_out=tuple((number, LEFT_OUT.get(why, why)) for why, number in _left_out(account).items()),
        next=tuple(_next(door, account)),
        done=account.done,
    )


def _let_go(door: Door, dossier: Dossier) -> Iterator[str]:
    there = read_approvals(door.workspace, dossier.issue)
    for language in dossier.renderings:
        it, approval = leaving(door.workspace, dossier, language), there.get(language)
        by = f"{approval.by}, {approval.at[:10]}" if approval and approval.digest == it.digest else "nobody had to"
        yield f"{language}: {by} (code {it.code})"


def _groups(door: Door, store: Store, account: Account) -> Iterator[Group]:
    """What went otherwise than it should, by what the server answered; the most frequent first."""
    found: dict[tuple[str, int, str, str], list[str]] = {}
    words = answer_words(door.workspace)
    copies = named_copies(store.database, store.vault, account.issue, states=(*ORDER, "intent"))
    for one in islice(copies, _READ):
        person = masked(one.address) if one.address else "somebody who was deleted since"
        found.setdefault((one.state, one.code, one.enhanced, one.reply), []).append(f"{person} ({one.language})")
    for key, people in sorted(found.items(), key=lambda pair: (ORDER.index(pair[0][0]), -len(pair[1]), pair[0])):
        state, code, enhanced, reply = key
        said = reply if reply.startswith(enhanced) else f"{enhanced} {reply}"
        answer = "" if state == "in_doubt" else f"{code or ''} {said}".strip()  # the words for doubt are ours
        why = reason(words, account.issue, state, code, enhanced)
        yield Group(state, len(people), answer, why, tuple(people[:_NAMED]))


def _left_out(account: Account) -> dict[str, int]:
    """Who was not written to, by reason: those of the plan, and whoever left since."""
    return {one.reply: one.number for one in account.reasons if one.state == "skipped"}


def _next(door: Door, account: Account) -> Iterator[str]:
    issue, books = account.issue, account.books
    if books.deferred or books.waiting:
        due = account.next_due
        when = f" at {due.astimezone(door.now().tzinfo):%Y-%m-%d %H:%M} or later" if due and not books.waiting else ""
        number = books.deferred + books.waiting
        yield f"{number:,} {'letter is' if number == 1 else 'letters are'} still to go{when}: `newsletter send {issue} --for-real`"
    if books.in_doubt:
        yield (
            f"Once you know whether those in doubt arrived: `newsletter settle {issue} --as-sent`, or, to write to them"
            f" again: `newsletter settle {issue} --resend`"
        )
    if books.accepted:
        yield f"If something in it was wrong: `newsletter correct {issue}` writes to those alone who got it."
