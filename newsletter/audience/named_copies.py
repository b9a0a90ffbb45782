"""An issue's copies and the list -> each copy with the address it was for, where the list's key is at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Row, select

from newsletter.ledger.book import INTENT
from newsletter.ledger.history import moment
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate
from newsletter.store.database import Database
from newsletter.store.ledger_tables import copy
from newsletter.store.tables import subscriber
from newsletter.store.vault import Vault

_AT_ONCE = 5_000


class Got(StrEnum):
    """Whether somebody has an issue: the question after a mistake (UK GDPR art. 33, 34). Doubt is no yes."""

    YES = "got it"
    UNSURE = "in doubt"
    NO = "did not get it"


@dataclass(frozen=True, slots=True)
class NamedCopy:
    """One copy. ``address`` is "" without the key, and where its reader was erased since; it shows in no repr."""

    id: str
    address: str = field(repr=False)
    erased: bool
    language: str
    state: str  # Fate
    attempts: int
    first_try: dt.datetime | None
    last_try: dt.datetime | None
    next_try: dt.datetime | None
    code: int
    enhanced: str
    reply: str
    settled: bool  # counted so by somebody's decision, after it had been in doubt

    @property
    def got(self) -> Got:
        """Whether she has it."""
        return got(self.state)


def got(state: str) -> Got:
    """What a copy's state says on whether somebody has it."""
    if state == Fate.ACCEPTED:
        return Got.YES
    return Got.UNSURE if state == Fate.IN_DOUBT else Got.NO


def named_copies(
    database: Database,
    vault: Vault | None,
    issue: IssueName,
    *,
    being_sent: bool = False,
    states: Collection[str] = (),
) -> Iterator[NamedCopy]:
    """Every copy of an issue, of one moment, in the order of the readers' numbers, which says nothing of them.

    With ``states`` only those that stand in one of these in the books.
    Raises DamagedBox where an address cannot be unlocked.
    """
    joined = copy.outerjoin(subscriber, subscriber.c.id == copy.c.subscriber)
    found = select(copy, subscriber.c.address_box).select_from(joined).where(copy.c.issue == str(issue))
    if states:
        found = found.where(copy.c.state.in_(states))
    with database.read() as connection:
        for some in connection.execute(found.order_by(copy.c.subscriber)).partitions(_AT_ONCE):
            yield from (_named(row, vault, Fate.WAITING if being_sent else Fate.IN_DOUBT) for row in some)


def _named(row: Row[tuple[object, ...]], vault: Vault | None, intent: Fate) -> NamedCopy:
    there = row.address_box is not None
    return NamedCopy(
        id=row.subscriber,
        address=vault.open(row.address_box, f"address:{row.subscriber}") if vault and there else "",
        erased=not there,
        language=row.language,
        state=intent.value if row.state == INTENT else row.state,
        attempts=row.attempts,
        first_try=moment(row.first_try),
        last_try=moment(row.last_try),
        next_try=moment(row.next_try),
        code=row.code,
        enhanced=row.enhanced,
        reply=row.reply,
        settled=row.settled is not None,
    )
