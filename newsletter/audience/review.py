"""A sheet, terms and the list as it is -> Review: what an import would do, before anything is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select

from newsletter.audience.columns import Columns, find_columns, never_joined, reason_in_name
from newsletter.audience.lines import Lines
from newsletter.audience.records import Newcomer
from newsletter.audience.sheet import Sheet, UnreadableList, read_sheet
from newsletter.audience.suppress import Reason
from newsletter.audience.terms import MissingTerms, Terms
from newsletter.errors import StoppedForSafety, ToMend
from newsletter.nouns.person import Standing
from newsletter.nouns.problem import Problem
from newsletter.store.open import Store
from newsletter.store.tables import subscriber, suppression


class NeverJoined(StoppedForSafety):
    """The file holds people who never asked for letters."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} holds people who never subscribed, as its name says, so nobody was put on the list.",
            "Import the file of those who are subscribed instead.",
        )


class NothingUsable(ToMend):
    """Not one line of the file can be used."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            f"Not one of the {len(problems)} lines can be used. The first: {problems[0]}",
            "Mend the file, then import it again. Nothing was changed.",
        )


@dataclass(frozen=True, slots=True)
class Review:
    """What an import would do. People show in no repr."""

    file: str
    newcomers: tuple[Newcomer, ...] = field(repr=False)
    leavers: tuple[tuple[bytes, Reason], ...] = field(repr=False)
    already: int = 0  # on the list already: left as they are
    suppressed: int = 0  # have left or must not be written to: stay off the list
    repeated: int = 0  # lines whose address stands further up in the file too
    problems: tuple[Problem, ...] = ()  # one a line that cannot be used
    dropped: tuple[str, ...] = ()  # columns that are not kept
    notices: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """The figures, under the names that scripts rely on."""
        return {
            "new": len(self.newcomers),
            "already": self.already,
            "suppressed": self.suppressed,
            "to_suppress": len(self.leavers),
            "repeated": self.repeated,
            "unusable": len(self.problems),
        }


def review(store: Store, path: Path, terms: Terms, today: dt.date, *, all_left: bool = False) -> Review:
    """Look through a CSV file without changing anything. ``all_left``: nobody in it must be written to.

    Raises UnreadableList, MissingTerms, SoftOptInTooEarly, InTheFuture, NeverJoined, NothingUsable.
    """
    sheet = read_sheet(path)
    columns = _columns(sheet)
    named = Reason.IMPORTED if all_left else reason_in_name(path.name)
    everyone = named or columns.everyone
    if everyone is None:
        _may_join(path, columns, terms, today)
    lines = Lines(sheet, columns, terms, today, store.vault, everyone)
    lines.read()
    with store.database.read() as connection:
        return _compare(connection, lines, _notices(lines, named=named is not None and not all_left))


def known_hashes(connection: Connection) -> tuple[set[bytes], set[bytes]]:
    """The hashes of those on the list, and of those who have left or are suppressed."""
    on: set[bytes] = set()
    off = set(connection.execute(select(suppression.c.address_hash)).scalars())
    for one, state in connection.execute(select(subscriber.c.address_hash, subscriber.c.state)):
        (on if state == Standing.ACTIVE else off).add(one)
    return on - off, off


def _columns(sheet: Sheet) -> Columns:
    if any("@" in name for name in sheet.columns):
        raise UnreadableList(
            sheet.file, 1, "the first line holds an address, not the names of the columns.", "Put email,name there."
        )
    columns = find_columns(sheet.columns)
    if "address" not in columns.places:
        raise UnreadableList(
            sheet.file, 1, "no column is named email.", "Name the columns in the first line: email,name,language."
        )
    return columns


def _may_join(path: Path, columns: Columns, terms: Terms, today: dt.date) -> None:
    if never_joined(path.name):
        raise NeverJoined(path.as_posix())
    terms.check(today)
    given = {"ground": terms.ground, "source": terms.source.strip(), "since": terms.since}
    missing = [name for name, value in given.items() if not value and name not in columns.places]
    if missing:
        words = {"ground": "a ground", "source": "a source", "since": "a date"}
        raise MissingTerms(", ".join(words[name] for name in missing))


def _compare(connection: Connection, lines: Lines, notices: tuple[str, ...]) -> Review:
    on, off = known_hashes(connection)
    leavers = {one: reason for one, reason in lines.leavers.items() if one not in off}
    coming = [one for one in lines.newcomers.values() if one.address_hash not in lines.leavers]
    known = on | off
    new = tuple(one for one in coming if one.address_hash not in known)
    suppressed = sum(one.address_hash in off for one in coming)
    if lines.problems and not lines.newcomers and not lines.leavers:
        raise NothingUsable(tuple(lines.problems))
    return Review(
        file=lines.sheet.file,
        newcomers=new,
        leavers=tuple(leavers.items()),
        already=len(coming) - len(new) - suppressed,
        suppressed=suppressed + len(lines.leavers) - len(leavers),
        repeated=lines.repeated,
        problems=tuple(lines.problems),
        dropped=lines.columns.dropped,
        notices=notices,
    )


def _notices(lines: Lines, *, named: bool) -> tuple[str, ...]:
    said = list(lines.sheet.notices)
    if lines.everyone is not None:
        why = "its name says" if named else "its columns say" if lines.columns.everyone else "you said"
        said.append(f"Nobody in this file is put on the list: they must not be written to, as {why}.")
    elif lines.leavers:
        said.append(
            f"Lines that say themselves that somebody has left or must not be written to: {len(lines.leavers)}."
        )
    if lines.columns.dropped:
        said.append(f"Columns that are not kept: {', '.join(name[:40] for name in lines.columns.dropped)}.")
    if any(not one.wording for one in lines.newcomers.values()):
        said.append("What they agreed to is not on record; --wording keeps it, word for word.")
    if lines.order and lines.everyone is None:
        said.append(f"The dates are written with {lines.order}, and were read so.")
    said += [f"In {count} of the lines {what}." for what, count in lines.remarks.items()]
    return tuple(said)
