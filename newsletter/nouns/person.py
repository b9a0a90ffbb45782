"""The people of the list: a subscriber as the list keeps her, a recipient as a letter needs her."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class Ground(StrEnum):
    """The lawful ground on which someone may be written to (UK GDPR art. 6; PECR reg. 22)."""

    CONSENT = "consent"
    SOFT_OPT_IN = "soft_opt_in"  # charitable, PECR reg. 22(3A): only for people met on or after 5 February 2026


class Standing(StrEnum):
    """Whether somebody is on the list now."""

    ACTIVE = "active"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody on the list; address and name never appear in a repr, so no log can hold them by accident."""

    id: str  # 128 random bits in hex, which say nothing about her
    address: str = field(repr=False)
    name: str = field(repr=False)  # the name a letter greets her by; "" where unknown
    language: str
    ground: Ground
    source: str  # where the permission comes from, in words
    since: dt.date
    standing: Standing = Standing.ACTIVE
    wording: str = ""  # what she agreed to, word for word, where it is known
    left_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is to get a letter."""

    id: str
    address: str = field(repr=False)
    name: str = field(repr=False)
    language: str
