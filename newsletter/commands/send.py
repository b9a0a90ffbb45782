"""``newsletter send``: an issue -> a rehearsal, one test copy, or with ``--for-real`` a letter to every reader."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from newsletter.errors import OutsideFailed, StoppedForSafety, WrongUsage

if TYPE_CHECKING:
    import datetime as dt

    from newsletter.delivery.pace.plan import Plan
    from newsletter.delivery.rehearse import Rehearsal
    from newsletter.delivery.send import Sent
    from newsletter.door import Door
    from newsletter.gate.clear import Cleared
    from newsletter.ledger.book import Books
    from newsletter.nouns.draft import IssueName
    from newsletter.nouns.letter import Carrier, Dossier
    from newsletter.pipeline import Prepared
    from newsletter.store.open import Store

BULK_RULE = (
    "There is no public address (NEWSLETTER_PUBLIC_URL), so readers leave by writing a mail. The big mailboxes (Gmail,"
    " Yahoo, Outlook) ask senders of about 5,000 letters a day or more for leaving with one click, which needs one;"
    " of smaller senders they do not."
)


WISH_HEARD = b"\nStopping once the letters on their way are done. To stop at once, the same again.\n"

LEAVE_PAGE = (
    "Readers leave at {address}/u/..., by one click. This version makes no such page: something of yours must answer"
    " there. If nothing does, leave NEWSLETTER_PUBLIC_URL empty, and readers leave by writing a mail."
)


class OneOrTheOther(WrongUsage):
    """A test copy and the real thing were asked for at once."""

    def __init__(self) -> None:
        super().__init__("--test sends one copy to yourself, --for-real writes to everybody: which is it?", "Give one.")


class NotSent(StoppedForSafety):
    """The person at the keyboard did not say yes."""

    def __init__(self) -> None:
        super().__init__("Nothing was sent.", "")


class StillToGo(OutsideFailed):
    """The run is over, and some copies have to be tried again later."""

    def __init__(self, issue: IssueName, books: Books, due: dt.datetime | None) -> None:
        number = books.deferred + books.waiting
        when = f"at {due.astimezone():%Y-%m-%d %H:%M} or later" if due else "now"
        super().__init__(
            f"{number} {'copy is' if number == 1 else 'copies are'} deferred; go on {when}.",
            f"Then: newsletter send {issue} --for-real",
        )


@click.command()
@click.argument("issue", required=False)
@click.option("--for-real", is_flag=True, help="Write to the readers; without it the sending is only rehearsed.")
@click.option("--test", "test", metavar="ADDRESS", help="Send one copy to an address of your own (test_addresses).")
@click.option("--language", default="", metavar="LANGUAGE", help="With --test: which edition.")
@click.option("--yes", is_flag=True, help="Do not ask; go on in spite of warnings.")
@click.option(
    "--changed",
    is_flag=True,
    help="With --for-real: let the rest have an issue that changed after the first letters left.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout: the books, or the rehearsal.")
@click.pass_obj
def send(
    door: Door,
    issue: str | None,
    *,
    for_real: bool,
    test: str | None,
    language: str,
    yes: bool,
    changed: bool,
    as_json: bool,
) -> None:
    """Send an issue: rehearsed until you say --for-real, and then only once for each reader.

    ISSUE is a name such as 2025-07, or its file; left out, the newest. Stopped in the middle, it goes on where it
    was when the same command is given again.
    """
    from newsletter.pipeline import prepare

    if for_real and test is not None:
        raise OneOrTheOther
    prepared = prepare(door.workspace, door.workspace.issue(issue), door.settings)
    if test is not None:
        _test(door, prepared, test, language, as_json=as_json)
    elif for_real:
        _for_real(door, prepared, yes=yes, changed=changed, as_json=as_json)
    else:
        _rehearse(door, prepared, as_json=as_json)


def _test(door: Door, prepared: Prepared, address: str, language: str, *, as_json: bool) -> None:
    from newsletter.delivery.test_copy import send_test_copy
    from newsletter.gate.clear import embargo, mended

    dossier = mended(prepared, prepared.problems)
    outcome = send_test_copy(door.workspace, prepared, door.settings, address, door.now(), language=language)
    if as_json:
        door.json({"issue": str(dossier.issue), "test": True, "fate": outcome.fate.value})
    if (until := embargo(dossier)) and door.now() < until:
        door.say(
            f"It is under embargo until {until:%Y-%m-%d %H:%M} ({until.tzinfo}): this copy is for your eyes alone."
        )
    door.say(
        "One test copy is on its way. Its leave link leads nowhere, on purpose."
        if outcome.fate == "accepted"
        else "The answer of the mail server was lost; the test copy has probably arrived."
    )


def _rehearse(door: Door, prepared: Prepared, *, as_json: bool) -> None:
    from newsletter.delivery.rehearse import rehearse
    from newsletter.gate.clear import mended

    dossier = mended(prepared, prepared.problems)
    with _list(door) as store:
        folder = door.workspace.outbox / str(dossier.issue) / "letters"
        rehearsal = rehearse(dossier, store, door.settings, folder, door.now(), workspace=door.workspace)
        plan = _forecast(door, dossier, store, _still_to_go(dossier, store))
    if as_json:
        door.json(_as_json(dossier.issue, rehearsal, plan))
        return
    for line in (*_told(dossier.issue, rehearsal), *_pace(door, plan)):
        door.out(line)
    _say_how_they_leave(door)
    _say_who_signs(door, dossier)
    _say_obstacles(door, prepared)


def _list(door: Door) -> Store:
    """The list, which has to be there: neither it nor its key is made only to find nobody on it."""
    from newsletter.delivery.readers import NobodyToWriteTo
    from newsletter.store.open import database_path, open_store

    if not database_path(door.workspace, door.settings).is_file():
        raise NobodyToWriteTo
    return open_store(door.workspace, door.settings)


def _for_real(door: Door, prepared: Prepared, *, yes: bool, changed: bool, as_json: bool) -> None:
    from newsletter.delivery.carriers.smtp import Smtp
    from newsletter.delivery.pace.limits import limits
    from newsletter.delivery.server import server
    from newsletter.gate.clear import clear

    # At a terminal the warnings are shown and the typed name answers for them; elsewhere --yes must.
    now = door.now()
    cleared = clear(door.workspace, prepared, now.date(), now=now, accept_warnings=yes or door.interactive)
    at_once = limits(door.settings, door.workspace).per_connection
    carrier = Smtp(server(door.settings, cleared.dossier.profile.sender), per_session=at_once)
    _say_who_signs(door, cleared.dossier)
    with _list(door) as store:
        if letters := _still_to_go(cleared.dossier, store):
            _say_how_they_leave(door)
            for line in _pace(door, _forecast(door, cleared.dossier, store, letters)):
                door.say(line)
            if not yes:
                _ask(door, prepared, cleared, letters)
        _deliver(door, cleared, store, carrier, changed=changed, as_json=as_json)


def _deliver(door: Door, cleared: Cleared, store: Store, carrier: Carrier, *, changed: bool, as_json: bool) -> None:
    from newsletter.ledger.account import account
    from newsletter.ledger.book import Ledger
    from newsletter.ledger.lock import being_sent
    from newsletter.ledger.told import told

    issue, ledger = cleared.dossier.issue, Ledger(store.database)
    try:
        sent = _watched(door, cleared, store, carrier, changed=changed)
    finally:
        elsewhere = being_sent(Path(store.database.where), issue)
        books = ledger.books(issue, being_sent=elsewhere)
        if as_json:
            door.json(books.as_dict())
        elif books.planned and not elsewhere:
            for line in told(account(store.database, issue)):
                door.out(line)
    if sent.newcomers:
        door.say(f"{sent.newcomers} came onto the list after this issue was planned; the next one is theirs.")
    if sent.books.deferred or sent.books.waiting:
        raise StillToGo(issue, sent.books, sent.next_due)


def _watched(door: Door, cleared: Cleared, store: Store, carrier: Carrier, *, changed: bool) -> Sent:
    """Send with a bar on stderr; the first Ctrl-C lets the letter on its way be finished, a second one does not."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from newsletter.delivery.send import send as send_issue

    columns = (TextColumn("Sending"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not door.interactive) as bar, _soft_stop() as stopped:
        task = bar.add_task("Sending", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        return send_issue(
            cleared,
            store,
            door.settings,
            carrier,
            door.now,
            progress=progress,
            stopped=stopped,
            changed=changed,
            workspace=door.workspace,
        )


@contextmanager
def _soft_stop() -> Iterator[Callable[[], bool]]:
    """Take Ctrl-C and SIGTERM as a wish; the second time they mean it."""
    asked: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def wish(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        with suppress(OSError, ValueError):  # where stderr is no file of the system's
            os.write(sys.stderr.fileno(), WISH_HEARD)  # echo may be what was interrupted
        for one, was in before.items():
            signal.signal(one, was)

    for number in before:
        signal.signal(number, wish)
    try:
        yield lambda: bool(asked)
    finally:
        for number, was in before.items():
            signal.signal(number, was)


def _ask(door: Door, prepared: Prepared, cleared: Cleared, letters: int) -> None:
    """Have the issue's name typed, after saying how many letters leave, of what, and what was warned of."""
    from newsletter.door import NobodyAnswers
    from newsletter.pipeline import everything

    dossier = cleared.dossier
    question = f"{dossier.issue} goes to {'1 reader' if letters == 1 else f'{letters} readers'}."
    if not door.interactive:
        raise NobodyAnswers(question)
    for problem in everything(prepared, cleared.on):
        if problem.severity == "warning":
            door.say(str(problem))
    for edition in dossier.editions:
        door.say(f"{edition.language}: “{edition.subject}” ({dossier.renderings[edition.language].digest[:12]})")
    typed = click.prompt(f"{question} To send it, type its name", default="", show_default=False, err=True)
    if typed.strip() != str(dossier.issue):
        raise NotSent


def _still_to_go(dossier: Dossier, store: Store) -> int:
    """How many letters are still to leave. Raises NobodyToWriteTo."""
    from newsletter.delivery.readers import NobodyToWriteTo, readers
    from newsletter.ledger.book import Ledger

    books = Ledger(store.database).books(dossier.issue)
    number = books.waiting + books.deferred if books.planned else len(readers(dossier, store))
    if not number and not books.planned:
        raise NobodyToWriteTo
    return number


def _forecast(door: Door, dossier: Dossier, store: Store, letters: int) -> Plan:
    """How the sending of what is still to go would go from now on."""
    from newsletter.delivery.pace.forecast import forecast
    from newsletter.delivery.pace.past import still_to_go
    from newsletter.delivery.readers import readers

    def who() -> tuple[str, ...]:
        return still_to_go(store.database, dossier.issue) or tuple(one.id for one in readers(dossier, store))

    return forecast(letters, who, store.database, door.settings, door.now(), workspace=door.workspace)


def _say_how_they_leave(door: Door) -> None:
    if door.settings.public_url:
        door.say(LEAVE_PAGE.format(address=door.settings.public_url))
    else:
        door.say(BULK_RULE)


def _say_who_signs(door: Door, dossier: Dossier) -> None:
    """That letters are signed, where they are. Raises what reading the keys raises, before anything leaves."""
    from newsletter.delivery.sign.set_keys import ONLY_ED25519, only_ed25519
    from newsletter.delivery.sign.signer import signer

    if sign := signer(door.settings, dossier.profile.sender.address):
        door.say(f"The letters are signed in the name of {sign.keys[0].domain} (DKIM).")
        if only_ed25519(sign.keys):
            door.say(ONLY_ED25519)


def _say_obstacles(door: Door, prepared: Prepared) -> None:
    """What a real sending today would still meet."""
    from newsletter.delivery.server import server
    from newsletter.errors import NewsletterError
    from newsletter.gate.clear import clear

    try:
        now = door.now()
        cleared = clear(door.workspace, prepared, now.date(), now=now, accept_warnings=True)
        server(door.settings, cleared.dossier.profile.sender)
    except NewsletterError as error:
        door.say(f"A real sending would stop here:\n{error.message}\n{error.hint}".rstrip())
    else:
        door.say(f"To send it: newsletter send {prepared.issue} --for-real")


def _as_json(issue: IssueName, rehearsal: Rehearsal, plan: Plan) -> dict[str, object]:
    return {
        "issue": str(issue),
        "rehearsal": True,
        "letters": rehearsal.letters,
        "readers": rehearsal.readers,
        "skipped": rehearsal.skipped,
        "unfit": rehearsal.unfit,
        "subjects": rehearsal.subjects,
        "longest_bytes": rehearsal.longest,
        "written": rehearsal.written,
        "folder": str(rehearsal.folder),
        "days": plan.days,
        "plan": plan.as_dict(),
    }


def _told(issue: IssueName, rehearsal: Rehearsal) -> Iterator[str]:
    yield f"Rehearsal of {issue}: {rehearsal.letters} letters, none was sent."
    for language, number in rehearsal.readers.items():
        yield f"  {language}: {number} readers, “{rehearsal.subjects.get(language, '')}”"
    for reason, number in rehearsal.skipped.items():
        yield f"  {number} not written to: {reason}"
    if rehearsal.unfit:
        yield f"  {rehearsal.unfit} with an address that mail cannot be sent to"
    yield f"The longest letter has {rehearsal.longest:,} bytes. {rehearsal.written} letters are in {rehearsal.folder}"
    yield "Their leave links lead nowhere, on purpose."


def _pace(door: Door, plan: Plan) -> Iterator[str]:
    """When it ends, on how many days, and what would fit better."""
    from newsletter.delivery.pace.limits import fitting_profiles
    from newsletter.delivery.pace.told import told

    host = door.settings.smtp_host
    if plan.people:
        yield from told(plan, door.now(), host, fitting_profiles(host, door.workspace))
