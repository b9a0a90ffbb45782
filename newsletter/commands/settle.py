"""``newsletter settle``: copies in doubt and a decision -> copies that count as sent, or that go again."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import click

from newsletter.errors import WrongUsage

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.ledger.settle import How
    from newsletter.nouns.draft import IssueName
    from newsletter.store.database import Database

_ASKED = {
    "as-sent": "{number} of {issue} are in doubt. From now on they count as sent, and are not written to again. Do this?",
    "resend": "{number} of {issue} are in doubt. They are written to again; who has it already gets it twice. Do this?",
}


class OneDecision(WrongUsage):
    """It was not said what is decided."""

    def __init__(self) -> None:
        super().__init__(
            "What is decided about the copies in doubt?",
            "Give one of the two: --as-sent where they arrived (the mail server's log knows), --resend where they did not.",
        )


@click.command()
@click.argument("issue", required=False)
@click.option("--as-sent", is_flag=True, help="They arrived: count them as sent.")
@click.option("--resend", is_flag=True, help="They did not: write to them again.")
@click.option("--by", "who", metavar="NAME", default="", help="Who decides; left out, your name on this computer.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, for programs.")
@click.pass_obj
def settle(door: Door, issue: str | None, *, as_sent: bool, resend: bool, who: str, yes: bool, as_json: bool) -> None:
    """Decide what copies in doubt count as, once you know whether they arrived.

    ISSUE is a name such as 2025-07, or its file; left out, the newest. Who decided, when, and of how many is written
    down, and newsletter status shows it. While the issue is being sent nothing is decided.
    """
    from newsletter.books_shown import opened_books
    from newsletter.ledger.book import Ledger
    from newsletter.ledger.settle import How

    if as_sent is resend:
        raise OneDecision
    how, name = How.AS_SENT if as_sent else How.RESEND, door.workspace.issue(issue)
    with opened_books(door) as database:
        number = 0 if database is None else _settle(door, database, name, how, who or _user(), yes=yes)
        left = 0 if database is None or number else Ledger(database).books(name).in_doubt
    if as_json:
        door.json({"issue": str(name), "settled": number, "how": how.value, "by": who or _user()})
    elif not number:
        door.out("Nothing was changed." if left else f"Nothing of {name} is in doubt.")
    elif how is How.RESEND:
        door.out(f"{number} wait again. To send them: newsletter send {name} --for-real")
    else:
        door.out(f"{number} count as sent. The books: newsletter status {name}")


def _settle(door: Door, database: Database, issue: IssueName, how: How, who: str, *, yes: bool) -> int:
    from newsletter.ledger.book import Ledger
    from newsletter.ledger.lock import sending
    from newsletter.ledger.seal import seal_if_done
    from newsletter.ledger.settle import settle as decide
    from newsletter.store.open import database_path

    with sending(database_path(door.workspace, door.settings), issue):
        number = Ledger(database).books(issue).in_doubt
        if not number:
            return 0
        _refuse_purged(door, database, issue)
        if not door.confirm(_ASKED[how.value].format(number=number, issue=issue), yes=yes):
            return 0
        settled = decide(database, issue, how, who, door.now())
        seal_if_done(database, issue, door.now())
    return settled


def _refuse_purged(door: Door, database: Database, issue: IssueName) -> None:
    from newsletter.books_shown import DetailGone
    from newsletter.ledger.seal import last_seal

    with database.read() as connection:
        sealed = last_seal(connection, issue)
    if sealed and sealed.purged:
        raise DetailGone(issue, sealed.purged.astimezone(door.now().tzinfo).date())


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return "somebody at this computer"
