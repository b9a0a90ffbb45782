"""The list, one person at a time: add, list, show, remove, erase, and its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, delete, func, insert, select, update

from newsletter.audience.cleaning import one_line, read_address, read_language, read_name
from newsletter.audience.records import Newcomer, locked, unlocked
from newsletter.audience.suppress import Reason, suppress
from newsletter.audience.terms import MissingTerms, Terms
from newsletter.errors import StoppedForSafety, ToMend, WrongUsage
from newsletter.nouns.person import Ground, Standing, Subscriber
from newsletter.store.open import Store
from newsletter.store.tables import subscriber, suppression


class AlreadyThere(ToMend):
    """She is on the list already."""

    def __init__(self) -> None:
        super().__init__("This address is on the list already.", "Look at it with: newsletter subscribers show ADDRESS")


class StaysOff(StoppedForSafety):
    """She has left, or must not be written to."""

    def __init__(self, reason: Reason, since: dt.date) -> None:
        super().__init__(
            f"This address must not be written to (since {since.isoformat()}: {reason}).",
            "Only where the person herself has asked to come back, since that day: add her with --asked-to-return.",
        )


class NotAskedSince(StoppedForSafety):
    """Somebody is to come back, but not on a consent given since she left."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody who has left comes back only by a new consent, given since then.",
            "Give --ground consent and, with --since, the day on which she asked to come back.",
        )


class UnknownLanguage(WrongUsage):
    """A language that cannot be read."""

    def __init__(self) -> None:
        super().__init__("That language is not understood.", "Write its short name: en, es, fr.")


class UnfitName(WrongUsage):
    """A name that nobody could be greeted by. It is not repeated."""

    def __init__(self) -> None:
        super().__init__(
            "That name is too long for a greeting, or was damaged on its way here.",
            "Give the name that she is called by, or none.",
        )


@dataclass(frozen=True, slots=True)
class Known:
    """All that the list knows about one address."""

    subscriber: Subscriber | None = field(repr=False)
    reason: Reason | None  # why it must not be written to
    since: dt.date | None  # since when it must not


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of the list; nothing in them says who."""

    active: int
    left: int
    by_language: dict[str, int]  # of those who are active; "" where unknown
    by_ground: dict[str, int]
    suppressed: dict[str, int]  # by reason


def add(
    store: Store, address: str, name: str, terms: Terms, today: dt.date, *, asked_to_return: bool = False
) -> Subscriber:
    """Put one person on the list. Without ``terms.since`` the permission counts as given today.

    Raises BadAddress, UnfitName, MissingTerms, SoftOptInTooEarly, InTheFuture, UnknownLanguage, AlreadyThere,
    StaysOff, NotAskedSince.
    """
    one = _newcomer(store, address, name, terms, today)
    with store.database.write() as connection:
        known = _known(connection, store, one.address_hash)
        if known.reason and known.since:
            _may_return(known.reason, known.since, one, asked_to_return=asked_to_return)
            connection.execute(delete(suppression).where(suppression.c.address_hash == one.address_hash))
        if known.subscriber and not known.reason:
            raise AlreadyThere
        row = locked(one, store.vault, known.subscriber.id if known.subscriber else "")
        connection.execute(delete(subscriber).where(subscriber.c.address_hash == one.address_hash))
        connection.execute(insert(subscriber), row)
    return Subscriber(
        row["id"], one.address, one.name, one.language, one.ground, one.source, one.since, wording=one.wording
    )


def everyone(store: Store) -> Iterator[Subscriber]:
    """Everybody on the list and everybody who has left it, the longest there first."""
    with store.database.read() as connection:
        for row in connection.execute(select(subscriber).order_by(subscriber.c.since, subscriber.c.id)):
            yield unlocked(row, store.vault)


def masked(address: str) -> str:
    """An address as others may see it over one's shoulder: ``a***@e***.org``."""
    local, _, domain = address.rpartition("@")
    name, dot, ending = domain.rpartition(".")
    return f"{local[:1]}***@{name[:1]}***{dot}{ending}"


def show(store: Store, address: str) -> Known:
    """What is known about one address: her answer where she asks for her data (UK GDPR art. 15)."""
    with store.database.read() as connection:
        return _known(connection, store, store.vault.address_hash(address))


def remove(store: Store, address: str, today: dt.date, reason: Reason = Reason.LEFT) -> bool:
    """She has left: nothing more is sent to her, and no import brings her back. Whether she was active until now.

    An address that is not on the list is suppressed all the same. Raises BadAddress.
    """
    hashed = store.vault.address_hash(read_address(address))
    with store.database.write() as connection:
        before = _known(connection, store, hashed).subscriber
        suppress(connection, [(hashed, reason)], today)
    return before is not None and before.standing is Standing.ACTIVE


def erase(store: Store, address: str, today: dt.date) -> bool:
    """Delete what is kept about her; only the keyed hash stays, so that no import brings her back (art. 17, 21(3)).

    Whether there was a record. Raises BadAddress.
    """
    hashed = store.vault.address_hash(read_address(address))
    with store.database.write() as connection:
        suppress(connection, [(hashed, Reason.ERASED)], today)
        connection.execute(
            update(suppression).where(suppression.c.address_hash == hashed).values(reason=Reason.ERASED.value)
        )
        return connection.execute(delete(subscriber).where(subscriber.c.address_hash == hashed)).rowcount > 0


def stats(store: Store) -> Stats:
    """Count the list."""
    with store.database.read() as connection:

        def count(column: str) -> dict[str, int]:
            wanted = select(subscriber.c[column], func.count()).where(subscriber.c.state == Standing.ACTIVE)
            rows = connection.execute(wanted.group_by(subscriber.c[column]).order_by(subscriber.c[column]))
            return {str(row[0]): int(row[1]) for row in rows}

        left = select(func.count()).select_from(subscriber).where(subscriber.c.state == Standing.LEFT)
        reasons = select(suppression.c.reason, func.count()).group_by(suppression.c.reason)
        grounds = count("ground")
        return Stats(
            active=sum(grounds.values()),
            left=int(connection.execute(left).scalar_one()),
            by_language=count("language"),
            by_ground=grounds,
            suppressed={str(row[0]): int(row[1]) for row in connection.execute(reasons.order_by(suppression.c.reason))},
        )


def _newcomer(store: Store, address: str, name: str, terms: Terms, today: dt.date) -> Newcomer:
    address = read_address(address)
    called, source = read_name(name), one_line(terms.source)
    if called is None:
        raise UnfitName
    if terms.ground is None or not source:
        raise MissingTerms("a ground" if terms.ground is None else "a source")
    terms = replace(terms, since=terms.since or today)
    terms.check(today)
    language = read_language(terms.language)
    if language is None:
        raise UnknownLanguage
    hashed, since = store.vault.address_hash(address), terms.since or today
    return Newcomer(
        address,
        hashed,
        called,
        language,
        terms.ground or Ground.CONSENT,
        source,
        since,
        one_line(terms.wording),
    )


def _may_return(reason: Reason, since: dt.date, one: Newcomer, *, asked_to_return: bool) -> None:
    if not asked_to_return:
        raise StaysOff(reason, since)
    if one.ground is not Ground.CONSENT or one.since < since:
        raise NotAskedSince


def _known(connection: Connection, store: Store, hashed: bytes) -> Known:
    row = connection.execute(select(subscriber).where(subscriber.c.address_hash == hashed)).first()
    off = connection.execute(select(suppression).where(suppression.c.address_hash == hashed)).first()
    return Known(
        subscriber=unlocked(row, store.vault) if row else None,
        reason=Reason(off.reason) if off else None,
        since=off.since if off else None,
    )
