"""Door -> where things stand and the one next step, said without making a key, a list or anything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsletter.door import Door
from newsletter.errors import NewsletterError

if TYPE_CHECKING:
    from newsletter.ledger.book import Books
    from newsletter.nouns.draft import IssueName
    from newsletter.nouns.letter import Dossier
    from newsletter.nouns.problem import Problem

NEW = "begin the next issue with: newsletter new"
LATE = dt.timedelta(days=7)
IN_PAUSE = "closes-in-pause"

NOWHERE = """There is no newsletter in this folder.

  newsletter demo        shows a whole month on a sample, and sends nothing to anybody
  newsletter init DIR    makes the folder of your own newsletter"""


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
    pause: str = ""

    @property
    def to_mend(self) -> int:
        """How many errors there are."""
        return sum(problem.severity == "error" for problem in self.problems)


def standing(door: Door) -> None:
    """Say where things stand in the workspace, and what to type next."""
    from newsletter.workspace import NoWorkspace, right_name

    try:
        workspace = door.workspace
    except NoWorkspace:
        if door.named:
            raise
        door.out(NOWHERE)
        return
    door.out(f"Your newsletter is in {workspace.root}")
    names = workspace.issue_names()
    if not names and (misnamed := workspace.misnamed("")):
        named = f"{misnamed[0].name} is not named like an issue. {right_name(misnamed[0].name)}".strip()
        door.out(f"There is no issue yet.\n\nNext: {named}")
        return
    if not names:
        door.out("There is no issue yet.\n\nNext: begin one with: newsletter new")
        return
    stand = _stand(door, names[-1])
    for line in lines(stand):
        door.out(line)
    if stand.long_ago and stand.books is None:
        door.out(f"\nIt was to go out on {stand.long_ago}. If it has gone out, {NEW}")
    door.out(f"\nNext: {next_step(stand)}")


def _stand(door: Door, issue: IssueName) -> Stand:
    from newsletter.pipeline import everything, prepare

    prepared = prepare(door.workspace, issue, door.settings)
    readers, books = _list_and_books(door, issue)
    missing = _missing_approvals(door, prepared.dossier)
    published = (door.workspace.outbox / "site" / str(issue) / "index.html").is_file()
    day, pause = _long_ago(door, prepared.dossier), _pause(prepared.dossier)
    return Stand(issue, prepared.dossier, everything(prepared), missing, readers, books, published, day, pause)


def _long_ago(door: Door, dossier: Dossier | None) -> dt.date | None:
    """The day on which an issue was to go out, a week or more ago: it went by another door, or never will."""
    day = dossier.editions[0].send_on if dossier else None
    return day if day and day + LATE <= door.now().date() else None


def _pause(dossier: Dossier | None) -> str:
    """The months without an issue that follow this one, in words; "" where there are none."""
    from newsletter.drafting.pause import pause_after

    if dossier is None:
        return ""
    days = {one.issue: one.send_on for one in (*dossier.earlier, *reversed(dossier.editions))}
    pause = pause_after(dossier.issue, days, dossier.profile.pause)
    return f"{', '.join(map(str, pause.months))}; the next issue goes out on {pause.ends}" if pause else ""


def _missing_approvals(door: Door, dossier: Dossier | None) -> tuple[str, ...]:
    from newsletter.gate.approvals import read_approvals
    from newsletter.gate.leaving import leaving

    if dossier is None or not dossier.profile.approval_required:
        return ()
    there = read_approvals(door.workspace, dossier.issue)
    digests = {language: leaving(door.workspace, dossier, language).digest for language in dossier.renderings}
    return tuple(one for one, digest in digests.items() if one not in there or there[one].digest != digest)


def _list_and_books(door: Door, issue: IssueName) -> tuple[int | None, Books | None]:
    """How many readers there are, and the issue's books where it was sent; nothing is made to find out."""
    from newsletter.store.open import database_path

    path = database_path(door.workspace, door.settings)
    if not path.is_file():
        return None, None
    from sqlalchemy import func, select

    from newsletter.ledger.book import Ledger
    from newsletter.ledger.lock import being_sent
    from newsletter.store.database import open_database
    from newsletter.store.tables import subscriber

    try:
        database = open_database(str(path))
    except NewsletterError as error:
        door.say(f"The list cannot be looked at just now: {error}")
        return None, None
    try:
        active = select(func.count()).where(subscriber.c.state == "active")
        with database.read() as connection:
            readers = connection.execute(active).scalar_one()
        books = Ledger(database).books(issue, being_sent=being_sent(path, issue))
    finally:
        database.close()
    return readers, books if books.planned else None


def lines(stand: Stand) -> Iterator[str]:
    """Where things stand, a line for each matter."""
    languages = " and ".join(stand.dossier.renderings) if stand.dossier else "not readable yet"
    yield f"The newest issue is {stand.issue} ({languages})."
    others = len(stand.problems) - stand.to_mend
    yield f"  To mend: {stand.to_mend or 'nothing'}; to look at: {others or 'nothing'}"
    if stand.dossier:
        needed = stand.dossier.profile.approval_required
        missing = f"not yet in {' and '.join(stand.missing_approvals)}" if stand.missing_approvals else "yes"
        yield f"  Approved: {missing if needed else 'not needed'}"
    yield f"  Sent: {_sent(stand.books)}"
    if stand.pause:
        closing = sum(problem.check == IN_PAUSE for problem in stand.problems)
        asks = f"; {closing} of its asks {'closes' if closing == 1 else 'close'} meanwhile" if closing else ""
        yield f"  A pause follows: {stand.pause}{asks}"
    yield f"Readers on the list: {'no list yet' if stand.readers is None else stand.readers}"


def _sent(books: Books | None) -> str:
    if books is None:
        return "not yet"
    rest = {name: number for name, number in books.as_dict().items() if number and name not in ("planned", "accepted")}
    others = "".join(f", {number} {name.replace('_', ' ')}" for name, number in rest.items())
    return f"{books.accepted} of {books.planned} accepted{others}"


def next_step(stand: Stand) -> str:
    """The one next step of the month, with what to type."""
    issue, books = stand.issue, stand.books
    if books is not None and books.waiting + books.deferred:
        return f"go on sending with: newsletter send {issue} --for-real"
    if books is not None:
        return NEW if stand.published else "put it on the web with: newsletter publish"
    if stand.to_mend or stand.dossier is None:
        return f"see what is to mend with: newsletter check {issue}"
    if stand.missing_approvals:
        return f"somebody who did not write it reads it, then: newsletter approve {issue} --by NAME"
    if not stand.readers:
        return "bring in your readers with: newsletter subscribers import FILE --ground consent --source TEXT"
    return f"rehearse it, which sends nothing, with: newsletter send {issue}"
