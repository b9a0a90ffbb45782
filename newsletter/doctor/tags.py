"""A record written as ``v=DMARC1; p=none`` -> its tags in order, or where it is not written so (RFC 6376 §3.2)."""

from __future__ import annotations

from collections.abc import Iterator


def tags(record: str) -> dict[str, str]:
    """The tags by name, blanks around them taken off; of two with one name the first; what has no = is left out."""
    found: dict[str, str] = {}
    for name, value in _pairs(record):
        found.setdefault(name, value)
    return found


def _pairs(record: str) -> Iterator[tuple[str, str]]:
    for part in record.split(";"):
        name, equals, value = part.partition("=")
        if equals and name.strip():
            yield name.strip(), value.strip()


def written(found: dict[str, str]) -> str:
    """The tags as a record."""
    return "; ".join(f"{name}={value}" for name, value in found.items())
