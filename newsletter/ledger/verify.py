"""The books -> what does not agree in them: counters, plans and seals against the copies, and the file itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select

from newsletter.closed import is_open
from newsletter.ledger.book import INTENT, Ledger
from newsletter.ledger.seal import counters_in, last_seal, read_rows
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate
from newsletter.store.database import Database
from newsletter.store.failures import DamagedDatabase
from newsletter.store.ledger_tables import audience_count, copy, copy_count, planned_edition, settlement
from newsletter.store.migrate import copies

_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+")
_BACK = "Move the folder records/ away and bring it back from your last copy; keep the one that is damaged."
_RECOUNT = "The copies are right, and the counters can be made again from them: newsletter verify --recount"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the books that does not agree, with what to do next. ``issue`` is "" where it is about the file."""

    issue: str
    what: str  # one word, for programs
    message: str
    hint: str


def open_to_others(path: Path) -> list[Finding]:
    """The files of the books that others on this computer may read; asked before they are opened, which closes them."""
    files = [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm")), *copies(path)]
    wide = [one for one in files if one.is_file() and is_open(one)]
    return [
        Finding("", "permissions", f"{one} could be read by others on this computer.", f"Type: chmod 600 '{one}'")
        for one in wide
    ]


def verify(database: Database, being_sent: Callable[[IssueName], bool]) -> list[Finding]:
    """Everything that does not agree: the file first, then issue by issue. Changes nothing."""
    try:
        found = list(_file(database))
    except DamagedDatabase:
        found = [Finding("", "damaged", "The file of the books is damaged.", _BACK)]
    if any(one.what == "damaged" for one in found):
        return found  # what a damaged file says of its issues means nothing
    for name in Ledger(database).issues():
        issue = IssueName.parse(name)
        alive = being_sent(issue)  # asked first: who dies after this answer has only left what the next look finds
        with database.read() as connection:
            found += _issue(connection, issue, alive=alive)
    return found


def recount(database: Database) -> None:
    """Make the counters again from the copies."""
    counted = select(copy.c.issue, copy.c.state, func.count()).group_by(copy.c.issue, copy.c.state)
    with database.write() as connection:
        connection.execute(delete(copy_count))
        connection.execute(insert(copy_count).from_select(["issue", "state", "number"], counted))


def _file(database: Database) -> Iterator[Finding]:
    with database.read() as connection:
        said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
        kept = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    if said != ["ok"]:
        yield Finding("", "damaged", f"The file of the books is damaged in {len(said)} places or more.", _BACK)
    if not {"copy_counted", "copy_uncounted", "copy_recounted"} <= kept:
        yield Finding("", "triggers", "The books have lost what keeps their counters.", _BACK)


def _issue(connection: Connection, issue: IssueName, *, alive: bool) -> Iterator[Finding]:
    rows, name = read_rows(connection, issue), str(issue)
    sealed = last_seal(connection, issue)
    if counters_in(connection, issue) != rows.states:
        yield Finding(name, "counters", f"The counters of {name} are not those of its copies.", _RECOUNT)
    if sealed and sealed.purged:
        if rows.states:
            yield Finding(name, "purge", f"The copies of {name} were to be deleted, and some are there.", _purge(name))
        return
    planned = select(func.sum(audience_count.c.number)).where(audience_count.c.issue == name)
    number = connection.execute(planned).scalar() or 0
    if number != rows.books.planned:
        message = f"{name} was planned for {number}, and there are copies for {rows.books.planned}."
        yield Finding(name, "planned", message, _BACK)
    open_still = rows.states.get(INTENT, 0) + rows.books.waiting + rows.books.deferred
    if sealed and not open_still and (sealed.books, sealed.digest) != (rows.books, rows.digest):
        yield Finding(
            name, "seal", f"The copies of {name} are no longer those that its totals were sealed over.", _BACK
        )
    if not alive:
        yield from _unowned(name, rows.states.get(INTENT, 0))
    yield from _strays(connection, name)


def _purge(name: str) -> str:
    return f"Finish it: newsletter purge (it names {name})"


def _unowned(name: str, intents: int) -> Iterator[Finding]:
    if intents:
        copies = "1 copy" if intents == 1 else f"{intents} copies"
        message = f"In doubt of {name}: {copies} that a sending handed over before it broke off."
        hint = f"Once you know whether they arrived: newsletter settle {name} --as-sent, or --resend"
        yield Finding(name, "intents", message, hint)


def _strays(connection: Connection, name: str) -> Iterator[Finding]:
    """Copies of an edition that was never planned, of a decision that is not written down, an answer with an address."""
    this = copy.c.issue == name
    editions = select(planned_edition.c.language).where(planned_edition.c.issue == name)
    unplanned = this, copy.c.state != Fate.SKIPPED.value, copy.c.language.not_in(editions)
    undecided = this, copy.c.settled.is_not(None), copy.c.settled.not_in(select(settlement.c.id))
    for what, conditions in (("edition", unplanned), ("settlement", undecided)):
        if number := connection.execute(select(func.count()).select_from(copy).where(*conditions)).scalar_one():
            yield Finding(name, what, f"{number} copies of {name} name an {what} that is not in the books.", _BACK)
    replies = connection.execute(select(copy.c.reply).where(this, copy.c.reply.contains("@")).distinct()).scalars()
    if any(_ADDRESS.search(one) for one in replies):
        message = f"Answers of the mail server about {name} hold an address."
        yield Finding(name, "address", message, "Tell whoever looks after the program; purge takes them away in time.")
