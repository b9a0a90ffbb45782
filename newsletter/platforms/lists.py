"""Store -> the files that a platform reads a list from, with the columns it needs and no other."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from newsletter.audience.recipients import recipients
from newsletter.audience.subscribers import everyone
from newsletter.nouns.person import Recipient
from newsletter.platforms.platform import Column, Platform
from newsletter.store.open import Store

SUPPRESSED = "suppressed.csv"


def lists(store: Store, platform: Platform, languages: tuple[str, ...], default: str) -> dict[str, bytes]:
    """``list.en.csv`` for each edition, and ``suppressed.csv``: everyone of the list who must not be written to."""
    audience = recipients(store, languages, default)
    off = {one.id for one in audience.skipped}
    addresses = sorted(one.address for one in everyone(store) if one.id in off)
    files = {f"list.{language}.csv": _list(people, platform) for language, people in audience.by_language.items()}
    return files | {SUPPRESSED: _suppressed(addresses, platform)}


def _list(people: Iterable[Recipient], platform: Platform) -> bytes:
    rows = ([_cell(person, column) for column in platform.columns] for person in people)
    return _csv([column.heading for column in platform.columns], rows)


def _suppressed(addresses: Iterable[str], platform: Platform) -> bytes:
    heading = next(column.heading for column in platform.columns if column.holds == "address")
    return _csv([heading], ([address] for address in addresses))


def _cell(person: Recipient, column: Column) -> str:
    match column.holds:
        case "address":
            return person.address
        case "name":
            return person.name
        case _:
            return "" if person.name else json.dumps({"nameless": True})


def _csv(headings: list[str], rows: Iterable[list[str]]) -> bytes:
    """UTF-8, commas, CRLF (RFC 4180)."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return file.getvalue().encode()
