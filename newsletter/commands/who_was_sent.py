"""``newsletter who-was-sent``: an issue -> how many people got it, may have got it, did not; and who, if asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsletter.audience.named_copies import Got, NamedCopy
    from newsletter.door import Door
    from newsletter.ledger.account import Account
    from newsletter.store.database import Database

COLUMNS = ("address", "language", "got", "when", "why")
BREACH = (
    "If it held something wrong that may hurt somebody: the supervisory authority is told within 72 hours (ICO in the"
    " United Kingdom), and the people themselves where the risk is high."
)


@click.command("who-was-sent")
@click.argument("issue", required=False)
@click.option("--addresses", is_flag=True, help="Name them by address, for your eyes only.")
@click.option("--csv", "as_csv", is_flag=True, help="A line for each person, with her address.")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="With --csv: the file, for your eyes only.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, for programs.")
@click.pass_obj
def who_was_sent(
    door: Door, issue: str | None, *, addresses: bool, as_csv: bool, to: Path | None, as_json: bool
) -> None:
    """Say which people got an issue, are in doubt, or did not get it.

    For the day on which something wrong left. ISSUE is a name such as 2025-07, or its file; left out, the newest. At
    first only figures are shown, and no key is needed for them.
    """
    from newsletter.books_shown import NOT_SENT, FileWithoutCsv, account_of, opened_books

    if to and not as_csv:
        raise FileWithoutCsv
    name = door.workspace.issue(issue)
    with opened_books(door) as database:
        account = account_of(door, database, name)
        if database is None or not account.books.planned:
            if as_json:
                door.json(_figures(account))
            else:
                door.out(NOT_SENT.format(issue=name))
        elif as_csv:
            _csv(door, database, account, to)
        elif as_json:
            people = list(_people(door, database, account)) if addresses else []
            door.json(_figures(account) | ({"people": people} if addresses else {}))
        else:
            _show(door, database, account, addresses=addresses)


def _figures(account: Account) -> dict[str, object]:
    return {"issue": str(account.issue), **{one.name.lower(): number for one, number in _counted(account).items()}}


def _counted(account: Account) -> Counter[Got]:
    from newsletter.audience.named_copies import Got, got

    counted: Counter[Got] = Counter(dict.fromkeys(Got, 0))
    for state, number in account.books.as_dict().items():
        if state != "planned":
            counted[got(state)] += number
    return counted


def _show(door: Door, database: Database, account: Account, *, addresses: bool) -> None:
    people = list(_people(door, database, account)) if addresses else []
    for one, number in _counted(account).items():
        door.out(f"{number:>8}  {one.value}")
    if addresses:
        for row in sorted(people, key=lambda one: (one["got"], one["address"])):
            door.out("  ".join(row[name] for name in ("got", "address", "when", "why") if row[name]))
        _say_erased(door, database, account)
    else:
        door.say(f"Who they are, by address: newsletter who-was-sent {account.issue} --addresses, or --csv --to FILE")
    if account.books.in_doubt:
        door.say(f"In doubt is nobody's yes. Once you know: newsletter settle {account.issue} --as-sent, or --resend")
    door.say(BREACH)


def _csv(door: Door, database: Database, account: Account, to: Path | None) -> None:
    from newsletter.books_shown import show_csv

    show_csv(door, COLUMNS, _people(door, database, account), to)
    _say_erased(door, database, account)


def _people(door: Door, database: Database, account: Account) -> Iterator[dict[str, str]]:
    from newsletter.books_shown import copies_of, vault_of

    return _rows(door, copies_of(door, database, account, vault_of(door, database)))


def _rows(door: Door, copies: Iterable[NamedCopy]) -> Iterator[dict[str, str]]:
    from newsletter.audience.named_copies import Got
    from newsletter.books_shown import clock_time

    for one in copies:
        if not one.erased:
            state = "" if one.got is Got.UNSURE else one.state
            why = " ".join(part for part in (state, one.enhanced, one.reply) if part)
            yield {
                "address": one.address,
                "language": one.language,
                "got": one.got.value,
                "when": clock_time(one.last_try, door.now),
                "why": ("by somebody's decision" if one.settled else "") if one.got is Got.YES else why,
            }


def _say_erased(door: Door, database: Database, account: Account) -> None:
    from newsletter.books_shown import copies_of

    erased = Counter(one.got.value for one in copies_of(door, database, account, None) if one.erased)
    for said, number in sorted(erased.items()):
        door.say(f"{number} more ({said}) cannot be named: their records were deleted since.")
