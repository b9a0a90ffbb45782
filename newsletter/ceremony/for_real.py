"""Prepared issue and what was asked for -> the issue sent to its readers, or stopped before anybody got it: the story."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.ceremony import first_copies as first
from newsletter.ceremony.ask import ask
from newsletter.ceremony.asked import USUAL_HOLD
from newsletter.ceremony.awake import KEPT, NOT_KEPT, awake
from newsletter.ceremony.deliver import deliver
from newsletter.ceremony.done import Done
from newsletter.ceremony.hold import MISSED_BY, Held, Missed, hold, missed
from newsletter.ceremony.hour import When, hour
from newsletter.ceremony.hour import told as told_hour
from newsletter.ceremony.look_again import look_again
from newsletter.ceremony.shown import Leaves, forecast_of, leaves, pace, shown
from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.pace.limits import limits
from newsletter.delivery.readers import NobodyToWriteTo
from newsletter.delivery.server import server
from newsletter.gate.clear import clear
from newsletter.ledger.book import Ledger
from newsletter.ledger.lock import Locked, being_sent
from newsletter.pipeline import everything

if TYPE_CHECKING:
    from newsletter.ceremony.asked import Asked
    from newsletter.door import Door
    from newsletter.gate.clear import Cleared
    from newsletter.nouns.letter import Carrier
    from newsletter.pipeline import Prepared
    from newsletter.store.open import Store

LONG = dt.timedelta(minutes=2)
"""A wait or a sending shorter than this is no reason to keep a computer awake."""
NONE = dt.timedelta()


@dataclass(frozen=True, slots=True)
class Sending:
    """What each step is given. ``remarks`` says what else is to be said of an issue that is about to leave."""

    door: Door
    prepared: Prepared
    store: Store
    asked: Asked
    done: Done
    remarks: Callable[[Cleared], None]


def for_real(door: Door, prepared: Prepared, store: Store, asked: Asked, remarks: Callable[[Cleared], None]) -> None:
    """Show, ask, send the first copies, hold, look again, send. The books are told however it ends.

    Raises what the gate, the server's settings, each of these steps and the sending itself raise.
    """
    the = Sending(door, prepared, store, asked, Done(prepared.issue), remarks)
    try:
        at = hour(asked.at, prepared.dossier.profile, door.now()) if asked.at and prepared.dossier else None
        cleared, carrier = _cleared(the, at)
        it = leaves(door, cleared.dossier, store, in_doubt=asked.in_doubt)
        if not it.letters and not it.begun:
            raise NobodyToWriteTo
        if it.letters:
            _with_ceremony(the, cleared, carrier, it, at)
        else:
            deliver(door, cleared, store, carrier, asked=asked, done=the.done)
    finally:
        if asked.as_json:
            elsewhere = being_sent(Path(store.database.where), prepared.issue)
            books = Ledger(store.database).books(prepared.issue, being_sent=elsewhere)
            door.json(the.done.as_dict(books))


def _cleared(the: Sending, at: dt.datetime | None) -> tuple[Cleared, Carrier]:
    """The issue past the gate, judged by the moment at which it is to leave, and the way to the server. Raises Locked."""
    door, moment = the.door, at or the.door.now()
    # At a terminal the warnings are shown and the typed name answers for them; elsewhere --yes must.
    warnings = the.asked.yes or door.interactive
    cleared = clear(door.workspace, the.prepared, moment.date(), now=moment, accept_warnings=warnings)
    at_once = limits(door.settings, door.workspace).per_connection
    carrier = Smtp(server(door.settings, cleared.dossier.profile.sender), per_session=at_once)
    if being_sent(Path(the.store.database.where), the.prepared.issue):
        raise Locked(the.prepared.issue)
    return cleared, carrier


def _with_ceremony(the: Sending, cleared: Cleared, carrier: Carrier, it: Leaves, at: dt.datetime | None) -> None:
    door, asked, done = the.door, the.asked, the.done
    new = not it.begun or asked.changed
    when = When(at, _hold(the, at, new=new))
    done.planned = {language: number for language, number in it.by_language.items() if number}
    ends = _show(the, cleared, it, when, new=new)
    if not asked.yes:
        ask(door, it.issue, f"{it.issue} goes to {'1 reader' if it.letters == 1 else f'{it.letters} readers'}.")
    with _awake(door, it, ends):
        if new:
            sent = first.first_copies(door, the.prepared, cleared.dossier)
            done.first_copies = sent.left
            for line in first.told(sent, cleared.dossier):
                door.say(line)
        _wait(the, it, when)
        deliver(door, look_again(door, it), the.store, carrier, asked=asked, done=done)


def _hold(the: Sending, at: dt.datetime | None, *, new: bool) -> dt.timedelta:
    """How long to hold: as was said; else ten minutes at a terminal, where nobody has the issue yet."""
    if the.asked.hold is not None:
        return the.asked.hold
    return USUAL_HOLD if at is None and new and the.door.interactive else NONE


def _show(the: Sending, cleared: Cleared, it: Leaves, when: When, *, new: bool) -> dt.datetime:
    """Say all that is about to happen, and what was warned of; when it will be over, as far as anybody knows."""
    door, dossier = the.door, cleared.dossier
    the.remarks(cleared)
    for problem in everything(the.prepared, cleared.on):
        if problem.severity == "warning" and not the.asked.yes:
            door.say(str(problem))
    for line in shown(door, cleared, it, when):
        door.say(line)
    moment = when.leaves(door.now())
    copies = len(first.own_addresses(dossier.profile)) * len(dossier.renderings) if new else 0
    plan = forecast_of(door, dossier, the.store, it, moment, copies=copies, in_doubt=the.asked.in_doubt)
    for line in pace(door, plan, moment):
        door.say(line)
    return plan.ends or moment


def _wait(the: Sending, it: Leaves, when: When) -> None:
    """Hold until it is time. Raises Held, Missed, NotSent."""
    door, issue, now = the.door, it.issue, the.door.now()
    until = when.leaves(now)
    if until <= now and now - until <= MISSED_BY:
        return
    the.done.held_until = until
    key = "Any key stops it." if door.interactive else "Ctrl-C stops it."
    readers = "1 reader" if it.letters == 1 else f"{it.letters:,} readers"
    wait = f"Waiting until {told_hour(until)}, {{}} from now." if when.at else "{} to go."

    def line(left: str) -> str:
        return f"{wait.format(left)} Then {issue} leaves for {readers}. {key}"

    if hold(door, until, line, lambda: Held(issue, begun=it.begun)):
        return
    if not door.interactive:
        raise Missed(issue, until, door.now())
    ask(door, issue, missed(issue, until, door.now()))


@contextmanager
def _awake(door: Door, it: Leaves, until: dt.datetime) -> Iterator[None]:
    """Keep the computer awake until then and for the sending, where that takes a while; and say whether it is."""
    if until - door.now() < LONG:
        yield
        return
    with awake(f"{it.issue} is waiting to be sent, or being sent") as kept:
        door.say(KEPT if kept else NOT_KEPT)
        yield
