"""``newsletter status``: an issue -> its books, and what the figures mean for what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsletter.audience.named_copies import NamedCopy
    from newsletter.door import Door
    from newsletter.ledger.account import Account
    from newsletter.store.database import Database

COLUMNS = (
    *("address", "reader", "language", "state", "attempts", "first_try", "last_try", "next_try"),
    *("code", "enhanced", "reply", "settled"),
)


@click.command()
@click.argument("issue", required=False)
@click.option("--json", "as_json", is_flag=True, help="The seven figures as one JSON document on stdout.")
@click.option("--csv", "as_csv", is_flag=True, help="A line for each copy, with what the mail server answered.")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="With --csv: the file, for your eyes only.")
@click.pass_obj
def status(door: Door, issue: str | None, *, as_json: bool, as_csv: bool, to: Path | None) -> None:
    """Show an issue's books: who was to get it, and what became of each copy.

    ISSUE is a name such as 2025-07, or its file; left out, the newest. The figures always add up. With --csv readers
    are named by address where the list's key is on this computer.
    """
    from newsletter.books_shown import FileWithoutCsv, account_of, opened_books

    if to and not as_csv:
        raise FileWithoutCsv
    with opened_books(door) as database:
        account = account_of(door, database, door.workspace.issue(issue))
        if as_json:
            door.json(account.books.as_dict())
        elif as_csv and database is not None and account.books.planned:
            _lines(door, database, account, to)
        else:
            _show(door, database, account)


def _show(door: Door, database: Database | None, account: Account) -> None:
    from newsletter.books_shown import NOT_SENT, say_overdue
    from newsletter.ledger.answers import answer_words
    from newsletter.ledger.told import told

    if not account.books.planned:
        door.out(NOT_SENT.format(issue=account.issue))
    else:
        for line in told(account, answer_words(door.workspace)):
            door.out(line)
    if account.being_sent:
        door.say("It is being sent right now.")
    say_overdue(door, database)


def _lines(door: Door, database: Database, account: Account, to: Path | None) -> None:
    from newsletter.books_shown import copies_of, show_csv, vault_if_there

    copies = copies_of(door, database, account, vault_if_there(door, database))
    show_csv(door, COLUMNS, _rows(door, copies), to)


def _rows(door: Door, copies: Iterator[NamedCopy]) -> Iterator[dict[str, str]]:
    from newsletter.books_shown import clock_time

    for one in copies:
        yield {
            "address": one.address,
            "reader": one.id,
            "language": one.language,
            "state": one.state,
            "attempts": str(one.attempts),
            **{name: clock_time(getattr(one, name), door.now) for name in ("first_try", "last_try", "next_try")},
            "code": str(one.code or ""),
            "enhanced": one.enhanced,
            "reply": one.reply,
            "settled": "yes" if one.settled else "",
        }
