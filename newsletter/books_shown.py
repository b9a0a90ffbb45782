"""Door and issue -> the books opened, as far as they are there, and who is in them, in lines that only their owner reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.errors import ToMend, WrongUsage

if TYPE_CHECKING:
    import datetime as dt

    from newsletter.audience.named_copies import NamedCopy
    from newsletter.door import Door
    from newsletter.ledger.account import Account
    from newsletter.nouns.draft import IssueName
    from newsletter.store.database import Database
    from newsletter.store.vault import Vault

_AT_ONCE = 1_000  # lines printed by one call
NOT_SENT = "{issue} has not been sent. To rehearse it: newsletter send {issue}"
FOR_YOU_ALONE = "These lines say who got what: for your eyes alone. Delete what you keep of them as soon as you can."
IN_FILE = "{file} says who got what: for your eyes alone. Delete it as soon as you need it no longer."
NO_ADDRESSES = "So nobody is named by address."
OVERDUE = "Who got {issues} has been kept for more than 13 months. To delete it, the totals stay: newsletter purge"


class DetailGone(ToMend):
    """It is no longer kept who got an issue."""

    def __init__(self, issue: IssueName, on: dt.date) -> None:
        super().__init__(
            f"Who got {issue} is no longer kept: it was deleted on {on.isoformat()}.",
            f"The totals are there still: newsletter status {issue}",
        )


class FileWithoutCsv(WrongUsage):
    """A file was named, and nothing to write to it."""

    def __init__(self) -> None:
        super().__init__("--to names the file for --csv, which was not given.", "Give both.")


@contextmanager
def opened_books(door: Door) -> Iterator[Database | None]:
    """The books; None where there are none. Nothing is made only to say so, and no key is needed."""
    from newsletter.store.database import open_database
    from newsletter.store.open import database_path

    path = database_path(door.workspace, door.settings)
    if not path.is_file():
        yield None
        return
    database = open_database(str(path))
    try:
        yield database
    finally:
        database.close()


def account_of(door: Door, database: Database | None, issue: IssueName) -> Account:
    """What the books say of an issue."""
    from newsletter.ledger.account import Account, account
    from newsletter.ledger.book import Books
    from newsletter.ledger.lock import being_sent
    from newsletter.store.open import database_path

    if database is None:
        return Account(issue, Books())
    return account(database, issue, being_sent=being_sent(database_path(door.workspace, door.settings), issue))


def vault_of(door: Door, database: Database) -> Vault:
    """What unlocks the addresses. Raises NoKey, WrongKey, DamagedKey, CannotKeepKey, BadSetting; makes no key."""
    from newsletter.store.key import find_key
    from newsletter.store.vault import Vault, check_key

    vault = Vault(find_key(door.settings, make=False))
    check_key(database, vault)
    return vault


def vault_if_there(door: Door, database: Database) -> Vault | None:
    """The same; None where the list's key is not at hand, which is said."""
    from newsletter.store.key import DamagedKey, NoKey
    from newsletter.store.vault import WrongKey

    try:
        return vault_of(door, database)
    except (NoKey, DamagedKey, WrongKey) as error:
        door.say(f"{error.message} {NO_ADDRESSES}")
        return None


def copies_of(door: Door, database: Database, account: Account, vault: Vault | None) -> Iterator[NamedCopy]:
    """Each copy of an issue. Raises DetailGone."""
    from newsletter.audience.named_copies import named_copies

    if account.seal and account.seal.purged:
        raise DetailGone(account.issue, account.seal.purged.astimezone(door.now().tzinfo).date())
    return named_copies(database, vault, account.issue, being_sent=account.being_sent)


def show_csv(door: Door, columns: Sequence[str], rows: Iterable[Mapping[str, str]], to: Path | None) -> None:
    """Write lines to stdout, or to a file that is its owner's alone, with a warning. Raises CannotExport."""
    from newsletter.audience.private_csv import csv_lines, write_private_csv

    if to is None:
        lines = csv_lines(columns, rows)
        while some := list(islice(lines, _AT_ONCE)):
            door.out("".join(some).replace("\r\n", "\n").rstrip("\n"))
        door.say(FOR_YOU_ALONE)
        return
    number = write_private_csv(to, columns, rows)
    door.say(f"{to}: {'1 line' if number == 1 else f'{number} lines'}.")
    door.say(IN_FILE.format(file=to))


def clock_time(at: dt.datetime | None, zone: Callable[[], dt.datetime]) -> str:
    """A time as one reads it here, to the second; "" for none."""
    return "" if at is None else f"{at.astimezone(zone().tzinfo):%Y-%m-%d %H:%M:%S}"


def say_overdue(door: Door, database: Database | None) -> None:
    """Say of which issues it has been kept for too long who got them (P8)."""
    from newsletter.ledger.retention import overdue

    if database is not None and (names := overdue(database, door.now())):
        door.say(OVERDUE.format(issues=", ".join(names)))
