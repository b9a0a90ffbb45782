"""A Newcomer -> a locked row of the subscriber table, and such a row -> Subscriber."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from newsletter.nouns.person import Ground, Standing, Subscriber
from newsletter.store.vault import Vault

_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is to come onto the list, cleaned and checked; address and name show in no repr."""

    address: str = field(repr=False)
    address_hash: bytes = field(repr=False)
    name: str = field(repr=False)
    language: str
    ground: Ground
    source: str
    since: dt.date
    wording: str = ""


def locked(one: Newcomer, vault: Vault, number: str = "") -> dict[str, Any]:
    """The row for her, under a new random id unless she has one. Each box opens in its own row only."""
    number = number or secrets.token_hex(_ID_BYTES)
    return {
        "id": number,
        "address_hash": one.address_hash,
        "address_box": vault.seal(one.address, f"address:{number}"),
        "name_box": vault.seal(one.name, f"name:{number}"),
        "language": one.language,
        "ground": one.ground.value,
        "source": one.source,
        "wording": one.wording,
        "since": one.since,
        "state": Standing.ACTIVE.value,
        "left_on": None,
    }


def unlocked(row: Row[Any], vault: Vault) -> Subscriber:
    """A row of the subscriber table as somebody. Raises DamagedBox."""
    return Subscriber(
        id=row.id,
        address=vault.open(row.address_box, f"address:{row.id}"),
        name=vault.open(row.name_box, f"name:{row.id}"),
        language=row.language,
        ground=Ground(row.ground),
        source=row.source,
        since=row.since,
        standing=Standing(row.state),
        wording=row.wording,
        left_on=row.left_on,
    )
