"""The list and an issue's languages -> Audience: who gets which edition, and who none, with the reason."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from newsletter.audience.records import unlocked
from newsletter.nouns.person import Recipient, Standing
from newsletter.store.open import Store
from newsletter.store.tables import subscriber, suppression
from newsletter.store.vault import Vault

_AT_ONCE = 1_000
_EVERYONE = """
SELECT id, language, state, EXISTS (SELECT 1 FROM suppression AS s WHERE s.address_hash = subscriber.address_hash)
FROM subscriber ORDER BY id
"""
_THESE = """
SELECT id, address_box, name_box FROM subscriber WHERE id IN (SELECT value FROM json_each(?)) AND state = 'active'
AND NOT EXISTS (SELECT 1 FROM suppression WHERE suppression.address_hash = subscriber.address_hash)
"""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Somebody of the list who gets nothing: ``left``, or ``suppressed`` for another reason."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is to get an issue. People show in no repr."""

    by_language: Mapping[str, tuple[Recipient, ...]] = field(repr=False)  # every language of the issue is a key
    skipped: tuple[Skipped, ...] = ()

    def __iter__(self) -> Iterator[Recipient]:
        for people in self.by_language.values():
            yield from people

    def __len__(self) -> int:
        return sum(len(people) for people in self.by_language.values())


def recipients(store: Store, languages: Sequence[str], default: str) -> Audience:
    """Everyone who may be written to, by the edition she gets: her language, else a kin of it, else the default.

    Each recipient's ``language`` is that of her edition. In the order of their ids, which says nothing about them.
    Raises DamagedBox where a record cannot be unlocked.
    """
    editions: dict[str, list[Recipient]] = {language: [] for language in languages}
    skipped = []
    with store.database.read() as connection:
        off = set(connection.execute(select(suppression.c.address_hash)).scalars())
        for row in connection.execute(select(subscriber).order_by(subscriber.c.id)):
            if row.state != Standing.ACTIVE:
                skipped.append(Skipped(row.id, "left"))
            elif row.address_hash in off:
                skipped.append(Skipped(row.id, "suppressed"))
            else:
                one, language = unlocked(row, store.vault), edition_for(row.language, languages, default)
                editions.setdefault(language, []).append(Recipient(one.id, one.address, one.name, language))
    return Audience({language: tuple(people) for language, people in editions.items()}, tuple(skipped))


def planned_readers(store: Store, languages: Sequence[str], default: str) -> Iterator[tuple[str, str, str]]:
    """Everyone of the list: id, the edition she gets, "", or, who gets nothing: id, "", the reason. Unlocks nothing."""
    with store.database.read() as connection:
        for some in connection.exec_driver_sql(_EVERYONE).partitions(_AT_ONCE):
            for number, language, state, off in some:
                reason = "left" if state != Standing.ACTIVE else "suppressed" if off else ""
                yield number, "" if reason else edition_for(language, languages, default), reason


@dataclass(frozen=True, slots=True)
class LockedReader:
    """Somebody who may be written to, as the list keeps her: under lock."""

    id: str
    address_box: bytes = field(repr=False)
    name_box: bytes = field(repr=False)


def locked_readers(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, LockedReader]:
    """Those of these who may be written to, read now, by their ids."""
    return {row[0]: LockedReader(*row) for row in connection.execute(_THESE, (json.dumps(ids),))}


def recipient(reader: LockedReader, vault: Vault, edition: str) -> Recipient:
    """A reader of an edition, unlocked. Raises DamagedBox."""
    address = vault.open(reader.address_box, f"address:{reader.id}")
    return Recipient(reader.id, address, vault.open(reader.name_box, f"name:{reader.id}"), edition)


def edition_for(language: str, languages: Sequence[str], default: str) -> str:
    """The edition for a reader: ``es-pe`` gets ``es-PE``, else ``es``, else another ``es-...``, else the default."""
    wanted = language.lower()
    kin = wanted.partition("-")[0]
    for asked in (wanted, kin):
        for there in languages:
            if asked and there.lower() == asked:
                return there
    return next((there for there in languages if kin and there.lower().partition("-")[0] == kin), default)
