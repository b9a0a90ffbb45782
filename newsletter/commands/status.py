"""``newsletter status``: an issue -> its books, and what the figures mean for what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.ledger.book import Books, Ledger
    from newsletter.nouns.draft import IssueName


@click.command()
@click.argument("issue", required=False)
@click.option("--json", "as_json", is_flag=True, help="The seven figures as one JSON document on stdout.")
@click.pass_obj
def status(door: Door, issue: str | None, as_json: bool) -> None:  # noqa: FBT001 - click gives flags by name
    """Show an issue's books: who was to get it, and what became of each copy.

    ISSUE is a name such as 2025-07, or its file; left out, the newest. The figures always add up.
    """
    from newsletter.ledger.book import Books, Ledger
    from newsletter.ledger.lock import being_sent
    from newsletter.store.database import open_database
    from newsletter.store.open import database_path

    name = door.workspace.issue(issue)
    path = database_path(door.workspace, door.settings)
    if not path.is_file():  # nothing is made only to say that there is nothing
        return _show(door, name, Books(), None, as_json=as_json)
    database = open_database(str(path))
    try:
        ledger, alive = Ledger(database), being_sent(path, name)
        _show(door, name, ledger.books(name, being_sent=alive), ledger, as_json=as_json)
        if alive and not as_json:
            door.say("It is being sent right now.")
    finally:
        database.close()
    return None


def _show(door: Door, issue: IssueName, books: Books, ledger: Ledger | None, *, as_json: bool) -> None:
    if as_json:
        door.json(books.as_dict())
    elif not books.planned or ledger is None:
        door.out(f"{issue} has not been sent. To rehearse it: newsletter send {issue}")
    else:
        from newsletter.ledger.told import told

        for line in told(issue, books, ledger):
            door.out(line)
