"""``newsletter verify``: the books -> whether everything in them agrees, and what to do where it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.ledger.verify import Finding
    from newsletter.store.database import Database


@click.command()
@click.option("--recount", "again", is_flag=True, help="Make the counters again from the copies first.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, for programs.")
@click.pass_obj
def verify(door: Door, *, again: bool, as_json: bool) -> int:
    """Go over the books: whether the figures are those of the copies, and the file is whole.

    Each copy of each issue is looked at, so a long list takes some seconds. Exit code 1 where something does not agree.
    """
    from newsletter.books_shown import opened_books
    from newsletter.ledger.verify import open_to_others
    from newsletter.store.open import database_path

    wide = open_to_others(database_path(door.workspace, door.settings))  # opening them closes them
    with opened_books(door) as database:
        issues, found = ([], []) if database is None else _look(door, database, again=again)
    found = [*wide, *found]
    if as_json:
        from dataclasses import asdict

        door.json({"issues": issues, "problems": [asdict(one) for one in found]})
    else:
        _show(door, issues, found)
    return 1 if found else 0


def _look(door: Door, database: Database, *, again: bool) -> tuple[list[str], list[Finding]]:
    from newsletter.ledger.book import Ledger
    from newsletter.ledger.lock import being_sent
    from newsletter.ledger.verify import recount
    from newsletter.ledger.verify import verify as go_over
    from newsletter.store.open import database_path

    path = database_path(door.workspace, door.settings)
    if again:
        recount(database)
    return Ledger(database).issues(), go_over(database, lambda issue: being_sent(path, issue))


def _show(door: Door, issues: list[str], found: list[Finding]) -> None:
    for one in found:
        door.out(f"{one.message}\n  {one.hint}")
    if not issues:
        door.out("No issue has books yet.")
    elif not found:
        named = issues[0] if len(issues) == 1 else f"{len(issues)} issues, {issues[0]} to {issues[-1]}"
        door.out(f"The books agree ({named}): counters, totals and copies, and the file is whole.")
