"""``newsletter purge``: what has been kept for thirteen months -> gone: who got which issue, and who left long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from newsletter.door import Door
    from newsletter.store.database import Database


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, for programs.")
@click.pass_obj
def purge(door: Door, *, yes: bool, as_json: bool) -> None:
    """Delete who got what, thirteen months after; the totals stay, sealed.

    Also deleted are the records of those who left the list as long ago: only a mark stays that nobody can read, so that
    no import brings them back. What would go is said first.
    """
    from newsletter.audience.forget_left import left_before
    from newsletter.books_shown import opened_books
    from newsletter.ledger.retention import months_before, overdue

    day, gone = months_before(door.now().date()), {"issues": [], "copies": 0, "left": 0}
    with opened_books(door) as database:
        issues = [] if database is None else overdue(database, door.now())
        left = 0 if database is None else left_before(database, day)
        if database is not None and (issues or left) and door.confirm(_asked(issues, left, day), yes=yes):
            gone = _purge(door, database, issues, day)
        old = [] if database is None else _old_copies(database, day)
    if as_json:
        door.json({**gone, "before": day.isoformat(), "files": [str(one) for one in old]})
    elif not issues and not left:
        door.out(f"Nothing is older than {day.isoformat()}: there is nothing to delete.")
    else:
        door.out(_told(gone))
    for path in old:
        door.say(f"{path} is a copy from before an update and holds who got what too: delete it.")


def _asked(issues: list[str], left: int, day: dt.date) -> str:
    parts = []
    if issues:
        parts.append(f"Who got {', '.join(issues)} is deleted; the totals stay.")
    if left:
        people = "1 person" if left == 1 else f"{left} people"
        parts.append(f"The records of {people} who left the list before {day.isoformat()} are deleted.")
    return " ".join([*parts, "Do this?"])


def _purge(door: Door, database: Database, issues: list[str], day: dt.date) -> dict[str, object]:
    from newsletter.audience.forget_left import forget_left
    from newsletter.ledger.lock import sending
    from newsletter.ledger.retention import purge as delete
    from newsletter.nouns.draft import IssueName
    from newsletter.store.open import database_path

    path, copies = database_path(door.workspace, door.settings), 0
    for name in issues:
        issue = IssueName.parse(name)
        with sending(path, issue):
            copies += delete(database, issue, door.now())
    return {"issues": issues, "copies": copies, "left": forget_left(database, day)}


def _told(gone: dict[str, object]) -> str:
    if not gone["issues"] and not gone["left"]:
        return "Nothing was deleted."
    issues = gone["issues"] if isinstance(gone["issues"], list) else []
    named = f" of {', '.join(issues)}; their totals stay: newsletter status {issues[-1]}" if issues else ""
    return f"Deleted: {gone['copies']} copies{named}. Records of those who left: {gone['left']}."


def _old_copies(database: Database, day: dt.date) -> list[Path]:
    """Copies of the database from before an update that are as old: what was purged is in them still."""
    import datetime as dt
    from contextlib import suppress
    from pathlib import Path

    from newsletter.store.migrate import copies

    old = []
    for path in copies(Path(database.where)):
        with suppress(ValueError):
            if dt.date.fromisoformat(path.name.rpartition(".before-")[0].rpartition(".")[2]) < day:
                old.append(path)
    return old
