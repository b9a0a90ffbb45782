"""``newsletter history``: an address -> what this person was sent, when, with what result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsletter.audience.subscribers import Known
    from newsletter.door import Door
    from newsletter.ledger.history import Past
    from newsletter.store.database import Database

NOTHING = "Nothing is kept about this address, and nothing that was sent to it."


@click.command()
@click.argument("address", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, for programs.")
@click.pass_obj
def history(door: Door, address: str | None, *, as_json: bool) -> None:
    """Show what one person was sent, when, and with what result.

    For her question to you. Where ADDRESS is left out you are asked for it; then your shell's history does not keep it.
    """
    from newsletter.books_shown import opened_books

    address = address or door.ask("Address")
    with opened_books(door) as database:
        known, past, gone = _look(door, database, address)
    if as_json:
        door.json({"on_file": bool(known and known.subscriber), **_off(known), "sent": _json(past), "deleted": gone})
        return
    for one in past:
        door.out(_line(door, one))
    for line in _rest(known, past, gone):
        door.out(line)


def _look(
    door: Door, database: Database | None, address: str
) -> tuple[Known | None, tuple[Past, ...], tuple[str, ...]]:
    from newsletter.audience.subscribers import show
    from newsletter.books_shown import vault_of
    from newsletter.ledger.history import history as look_up
    from newsletter.ledger.history import purged_issues
    from newsletter.store.open import Store

    if database is None:
        return None, (), ()
    known = show(Store(database, vault_of(door, database)), address)
    past = look_up(database, known.subscriber.id) if known.subscriber else ()
    return known, past, purged_issues(database)


def _line(door: Door, one: Past) -> str:
    from newsletter.books_shown import clock_time

    when = clock_time(one.last_try, door.now)
    answer = " ".join(part for part in (str(one.code or ""), one.enhanced, one.reply) if part)
    tries = f"after {one.attempts} attempts" if one.attempts > 1 else ""
    decided = "by somebody's decision, after it had been in doubt" if one.settled else ""
    said = ", ".join(part for part in (one.state.replace("_", " "), tries, decided, answer) if part)
    return "  ".join(part for part in (one.issue, one.language, when, said) if part)


def _rest(known: Known | None, past: tuple[Past, ...], gone: tuple[str, ...]) -> list[str]:
    lines = []
    if known is None or (known.subscriber is None and known.reason is None):
        return [NOTHING]
    if known.subscriber is None:
        lines.append(
            f"Of this address only a mark is kept that nobody can read ({known.reason}, since {known.since}), so that no"
            " import brings it back. What was sent to it before cannot be told any more: nothing leads there."
        )
        return lines
    if not past:
        lines.append("Nothing that was sent to this address is in the books.")
    if known.reason:
        lines.append(f"Must not be written to since {known.since}: {known.reason}.")
    if gone:
        lines.append(f"Of {', '.join(gone)} it is no longer kept who got it.")
    lines.append("What else is kept about this person: newsletter subscribers show")
    return lines


def _off(known: Known | None) -> dict[str, object]:
    off = {"reason": str(known.reason), "since": str(known.since)} if known and known.reason else None
    return {"suppressed": off}


def _json(past: tuple[Past, ...]) -> list[dict[str, object]]:
    from dataclasses import asdict

    return [asdict(one) for one in past]
