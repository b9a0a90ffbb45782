"""``newsletter subscribers``: who is on the list -> one person in or out, a file in or out, or its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from newsletter.audience.review import Review
    from newsletter.audience.terms import Terms
    from newsletter.door import Door
    from newsletter.nouns.person import Subscriber
    from newsletter.store.open import Store

GROUNDS = ("consent", "soft_opt_in")
PROBLEMS_SHOWN = 20
LYING_OPEN = "{file} holds names and addresses that anybody can read: delete it as soon as you need it no longer."
LONG = 2000  # lines, from which an import shows how far it is


def _read_address(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """The address; asked for where it was left out, so that no history and no list of running programs holds it."""
    del param
    door: Door = ctx.obj
    return value or ("" if ctx.resilient_parsing else door.ask("Address"))


_address = click.argument("address", required=False, callback=_read_address)
_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, for programs.")
_yes = click.option("--yes", is_flag=True, help="Do not ask first.")


def _terms_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say on what ground somebody comes onto the list."""
    for option in (
        click.option("--wording", default="", help="What they agreed to, word for word."),
        click.option(
            "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="When they agreed: 2026-03-14."
        ),
        click.option("--source", default="", help="Where the permission comes from, in your words."),
        click.option("--ground", type=click.Choice(GROUNDS), help="On what ground they may be written to."),
    ):
        command = option(command)
    return command


@click.group()
def subscribers() -> None:
    """Look after the list: who is on it, who joins and who leaves.

    Names and addresses are kept locked, on this computer only. Nobody who has left is brought back by an import.
    Where an ADDRESS is left out you are asked for it; then your shell's history does not keep it.
    """


@subscribers.command("add")
@_address
@click.option("--name", default="", help="The name a letter greets them by.")
@click.option("--language", default="", help="The language they read: en, es.")
@_terms_options
@click.option("--asked-to-return", is_flag=True, help="They had left, and have now asked to come back themselves.")
@_json
@click.pass_obj
def add_one(door: Door, /, address: str, *, name: str, asked_to_return: bool, as_json: bool, **terms: Any) -> None:
    """Put one person on the list.

    Without --since their permission counts from today.
    """
    from newsletter.audience.subscribers import add

    today = door.now().date()
    with _store(door) as store:
        added = add(store, address, name, _terms(terms), today, asked_to_return=asked_to_return)
    if as_json:
        door.json({"added": True, "id": added.id, "since": added.since.isoformat()})
    else:
        door.out("Added to the list.")


@subscribers.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@_terms_options
@click.option("--language", default="", help="The language of those whose line names none.")
@click.option("--suppress", "all_left", is_flag=True, help="Everyone in the file must never be written to.")
@click.option("--dry-run", is_flag=True, help="Show what it would do, and stop.")
@_yes
@_json
@click.pass_obj
def import_file(
    door: Door,
    /,
    file: Path,
    *,
    all_left: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    **terms: Any,
) -> None:
    """Put the people of a CSV file on the list.

    What would happen is shown first. The columns may be named in English or Spanish, or as a mailing platform names
    them; those that are not needed are not kept. Where nothing says when the people agreed, their consent counts from today.
    """
    from newsletter.audience.review import review

    today = door.now().date()
    with _store(door) as store:
        reviewed = review(store, file, _dated(door, _terms(terms), today, all_left=all_left), today, all_left=all_left)
        _show_review(door, reviewed)
        something = bool(reviewed.newcomers or reviewed.leavers)
        written = something and not dry_run and door.confirm("Do this?", yes=yes)
        if written:
            _import(door, store, reviewed, today)
            door.say(LYING_OPEN.format(file=file))
    if as_json:
        door.json(_review_json(reviewed, written=written))
    else:
        door.out("Done." if written else "Nothing was changed.")


@subscribers.command("export")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--left", is_flag=True, help="Those who have left instead, for a platform's list of the suppressed.")
@click.option("--with-proof", is_flag=True, help="Also on what ground each is there, for whoever takes the list over.")
@_yes
@_json
@click.pass_obj
def export_file(door: Door, /, file: Path | None, *, left: bool, with_proof: bool, yes: bool, as_json: bool) -> None:
    """Write the list to a CSV file, for your eyes only.

    FILE left out: outbox/subscribers.csv. Delete it as soon as you have used it.
    """
    from newsletter.audience.export_list import export_list

    path = file or door.workspace.outbox / ("subscribers-left.csv" if left else "subscribers.csv")
    with _store(door) as store:
        write = not path.exists() or door.confirm(f"{path} is there already. Write over it?", yes=yes)
        count = export_list(store, path, left=left, proof=with_proof) if write else 0
    if as_json:
        door.json({"written": write, "file": str(path), "people": count})
    else:
        door.out(f"{path}: {_people(count)}." if write else "Nothing was written.")
    if write:
        door.say(LYING_OPEN.format(file=path))


@subscribers.command("list")
@click.option("--show-addresses", is_flag=True, help="Whole addresses and names, for your eyes only.")
@click.option("--left", is_flag=True, help="Those who have left too.")
@_json
@click.pass_obj
def list_people(door: Door, *, show_addresses: bool, left: bool, as_json: bool) -> None:
    """Name who is on the list, addresses masked."""
    from newsletter.audience.subscribers import everyone

    with _store(door) as store:
        people = [one for one in everyone(store) if left or one.standing == "active"]
    rows = [_person(one, whole=show_addresses) for one in people]
    if as_json:
        door.json(rows)
        return
    for row in rows:
        door.out("  ".join(str(row[name]) for name in ("since", "state", "language", "address", "name") if row[name]))
    door.say(f"{_people(len(rows))}.")


@subscribers.command("show")
@_address
@_json
@click.pass_obj
def show_one(door: Door, address: str, *, as_json: bool) -> None:
    """Show all that is kept about one person."""
    from newsletter.audience.subscribers import show

    with _store(door) as store:
        known = show(store, address)
    found: dict[str, Any] = _person(known.subscriber, whole=True) if known.subscriber else {}
    off = {"reason": str(known.reason), "since": str(known.since)} if known.reason else None
    if as_json:
        door.json({"on_file": bool(found), **found, "suppressed": off})
        return
    for name, value in found.items():
        if value:
            door.out(f"{name}: {value}")
    if off:
        door.out(f"Must not be written to since {off['since']}: {off['reason']}.")
    elif not found:
        door.out("Nothing is kept about this address.")


@subscribers.command("remove")
@_address
@_json
@click.pass_obj
def remove_one(door: Door, address: str, *, as_json: bool) -> None:
    """Take somebody off the list, from now on."""
    from newsletter.audience.subscribers import remove

    with _store(door) as store:
        was_active = remove(store, address, door.now().date())
    if as_json:
        door.json({"removed": was_active, "suppressed": True})
    elif was_active:
        door.out("Taken off the list. No import brings them back.")
    else:
        door.out("They were not on the list. No import will bring them in.")


@subscribers.command("erase")
@_address
@_yes
@_json
@click.pass_obj
def erase_one(door: Door, address: str, *, yes: bool, as_json: bool) -> None:
    """Delete for good what is kept about somebody.

    Only a mark stays that nobody can read, so that no import brings them back.
    """
    from newsletter.audience.subscribers import erase

    with _store(door) as store:
        agreed = door.confirm("Delete this person's record for good?", yes=yes)
        had_record = agreed and erase(store, address, door.now().date())
        old = [str(path) for path in _elsewhere(door, store)] if agreed else []
    if as_json:
        door.json({"erased": had_record, "suppressed": agreed, "copies": old})
    elif not agreed:
        door.out("Nothing was changed.")
    else:
        door.out("Erased." if had_record else "Nothing was kept about this address. No import will bring it in.")
    for path in old:
        door.say(f"{path} may hold what was erased still: delete it as soon as you can do without it.")


def _elsewhere(door: Door, store: Store) -> Iterator[Path]:
    """What was made from the list: copies from before an update (locked), exported lists, rehearsed letters."""
    from newsletter.store.migrate import copies

    yield from copies(Path(store.database.where))
    for pattern in ("subscribers*.csv", "*/letters"):
        yield from sorted(door.workspace.outbox.glob(pattern))


@subscribers.command("stats")
@_json
@click.pass_obj
def show_stats(door: Door, *, as_json: bool) -> None:
    """Count the list, by language and by ground."""
    from dataclasses import asdict

    from newsletter.audience.subscribers import stats

    with _store(door) as store:
        found = asdict(stats(store))
    if as_json:
        door.json(found)
        return
    for name, value in found.items():
        figures = value if not isinstance(value, dict) else ", ".join(f"{k or '?'} {v}" for k, v in value.items()) or 0
        door.out(f"{name.replace('_', ' ')}: {figures}")


@contextmanager
def _store(door: Door) -> Iterator[Store]:
    """The open store; a key that was made just now is spoken of."""
    from newsletter.store.open import open_store

    with open_store(door.workspace, door.settings) as store:
        if store.key_made:
            door.say(
                f"A key for the list was made: {store.key_made}\n"
                "Keep a copy of that file in a safe place, apart from records/. Without it nobody can read the list."
            )
        if store.begun_anew:
            door.say(
                f"A new, empty list was begun: {store.database.where}\n"
                "If you had one before, bring it back in its place now: the new one does not know who has left."
            )
        yield store


def _terms(given: dict[str, Any]) -> Terms:
    from newsletter.audience.terms import Terms
    from newsletter.nouns.person import Ground

    since: dt.datetime | None = given["since"]
    return Terms(
        ground=Ground(given["ground"]) if given["ground"] else None,
        source=given["source"],
        since=since.date() if since else None,
        wording=given["wording"],
        language=given["language"],
    )


def _dated(door: Door, terms: Terms, today: dt.date, *, all_left: bool) -> Terms:
    """Consent without a date counts from today, and that is said; a soft opt-in must name its day."""
    from dataclasses import replace

    if terms.since or terms.ground != "consent" or all_left:
        return terms
    door.say(f"Lines without a date of their own count from today, {today.isoformat()}; --since names another day.")
    return replace(terms, since=today)


def _show_review(door: Door, reviewed: Review) -> None:
    words = {
        "new": "to come onto the list",
        "already": "on it already, left as they are",
        "suppressed": "gone or not to be written to, kept off",
        "to_suppress": "to be put down as never to be written to",
        "repeated": "again in a later line",
        "unusable": "in lines that cannot be used",
    }
    for problem in reviewed.problems[:PROBLEMS_SHOWN]:
        door.say(f"{problem.place.file}:{problem.place.line}: {problem.message} {problem.hint}")
    if len(reviewed.problems) > PROBLEMS_SHOWN:
        door.say(f"... and {len(reviewed.problems) - PROBLEMS_SHOWN} more; --json names them all.")
    for notice in reviewed.notices:
        door.say(notice)
    for name, count in reviewed.counts().items():
        if count or name == "new":
            door.say(f"{count:>8}  {words[name]}")


def _import(door: Door, store: Store, reviewed: Review, today: dt.date) -> None:
    from newsletter.audience.import_list import import_list

    total = len(reviewed.newcomers)
    if total < LONG or not door.interactive:
        import_list(store, reviewed, today)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Locking names and addresses", total=total)
        import_list(store, reviewed, today, progress=lambda done: bar.update(task, completed=done))


def _review_json(reviewed: Review, *, written: bool) -> dict[str, Any]:
    return {
        "written": written,
        **reviewed.counts(),
        "dropped_columns": list(reviewed.dropped),
        "notices": list(reviewed.notices),
        "problems": [
            {
                "file": one.place.file,
                "line": one.place.line,
                "column": one.place.column,
                "severity": one.severity.value,
                "check": one.check,
                "message": one.message,
                "hint": one.hint,
            }
            for one in reviewed.problems
        ],
    }


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _person(one: Subscriber, *, whole: bool) -> dict[str, Any]:
    from newsletter.audience.subscribers import masked

    return {
        "id": one.id,
        "address": one.address if whole else masked(one.address),
        "name": one.name if whole else "",
        "language": one.language,
        "ground": one.ground.value,
        "source": one.source,
        "wording": one.wording,
        "since": one.since.isoformat(),
        "state": one.standing.value,
        "left_on": one.left_on.isoformat() if one.left_on else None,
    }
