"""The editions of earlier issues and the day of the next -> its asks, each once: to carry on, over, never reported back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from newsletter.drafting.asks import closed_by, is_open, last_day
from newsletter.nouns.draft import Edition, IssueName, Section

OUTCOME, ANSWERED = "outcome", "ask"
"""The section type that tells what became of an ask, and its field for the ask's id."""
LONGEST_UNDATED = dt.timedelta(days=366)  # for so long an ask without a last day is carried on from where it stood


class Fate(StrEnum):
    """What becomes of an ask in the next issue."""

    OPEN = "open"
    TO_CONFIRM = "to be confirmed"  # nobody has said until when it is open
    OVER = "over"
    CLOSED = "closed"  # by its author's word
    OLD = "old"  # nobody has said until when, and it has not stood anywhere for a year


@dataclass(frozen=True, slots=True)
class Standing:
    """An ask as it stands in one edition of one issue."""

    edition: Edition
    section: Section

    @property
    def issue(self) -> IssueName:
        """In which issue."""
        return self.edition.issue


@dataclass(slots=True)
class Matter:
    """One ask through all issues and languages, oldest first."""

    standings: list[Standing] = field(default_factory=list)

    @property
    def newest(self) -> Standing:
        """Where it stood last; of several editions the first."""
        last = self.standings[-1].issue
        return next(one for one in self.standings if one.issue == last)

    @property
    def id(self) -> str:
        """Its id, "" where it never had one."""
        return next((one.section.id for one in reversed(self.standings) if one.section.id), "")

    def within(self, language: str) -> Standing | None:
        """Where it stood last in a language; None where it never did."""
        return next((one for one in reversed(self.standings) if one.edition.language == language), None)

    def fate(self, day: dt.date) -> Fate:
        """What becomes of it in an issue of this day."""
        if any(closed_by(one.section, day) for one in self.standings):
            return Fate.CLOSED
        found = [is_open(one.section, day) for one in self.standings if one.issue == self.newest.issue]
        if known := [one for one in found if one is not None]:
            return Fate.OPEN if any(known) else Fate.OVER
        return Fate.OLD if day - self.newest.edition.send_on > LONGEST_UNDATED else Fate.TO_CONFIRM

    @property
    def over_on(self) -> dt.date | None:
        """The day on which it was over or closed, where that is known."""
        said = [one.section.values.get("closed") for one in self.standings]
        last = [last_day(one.section) for one in self.standings if one.issue == self.newest.issue]
        days = [one for one in (*said, *last) if isinstance(one, dt.date)]
        return max(days, default=None)


def matters(editions: Iterable[Edition]) -> list[Matter]:
    """Every ask of some editions (oldest first), each once; those of the newest issue first, in its order."""
    found: list[Matter] = []
    for edition in editions:
        here: list[Matter] = []
        for section in edition.sections:
            if section.type.ask:
                standing = Standing(edition, section)
                matter = _known(found, standing, here)
                matter.standings.append(standing)
                here.append(matter)
    # of one issue in the order of its first edition; what only another edition has comes after
    return [matter for _, matter in sorted(_ordered(found), key=lambda one: one[0])]


def _ordered(found: Sequence[Matter]) -> Iterator[tuple[tuple[int, int, int], Matter]]:
    issues = sorted({matter.newest.issue for matter in found}, reverse=True)
    for number, matter in enumerate(found):
        newest = matter.newest
        yield (issues.index(newest.issue), newest.edition.sections.index(newest.section), number), matter


def _known(found: list[Matter], standing: Standing, here: list[Matter]) -> Matter:
    """The matter to which a section belongs: by its id, or by type and address or title where one has no id."""
    section = standing.section
    free = [matter for matter in found if not any(matter is one for one in here)]
    if section.id:
        for matter in free:
            if matter.id == section.id:
                return matter
    for matter in reversed(free):
        if not (section.id and matter.id) and any(_alike(one.section, section) for one in matter.standings):
            return matter
    found.append(matter := Matter())
    return matter


def _alike(one: Section, other: Section) -> bool:
    if one.type.name != other.type.name:
        return False
    address, title = one.values.get("url"), one.title.casefold()
    return (bool(address) and address == other.values.get("url")) or (bool(title) and title == other.title.casefold())


def unreported(found: Iterable[Matter], editions: Iterable[Edition], day: dt.date) -> tuple[Matter, ...]:
    """Asks with an id that are over within a year before the day, and of which no issue tells what became of them."""
    told = {
        str(section.values.get(ANSWERED, "")).strip()
        for edition in editions
        for section in edition.sections
        if section.type.name == OUTCOME
    }
    return tuple(
        matter
        for matter in found
        if matter.id
        and matter.id not in told
        and matter.fate(day) in {Fate.OVER, Fate.CLOSED}
        and day - (matter.over_on or matter.newest.edition.send_on) <= LONGEST_UNDATED
    )
