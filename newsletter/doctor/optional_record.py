"""A record in DNS that a domain may have and no letter needs -> whether it is there; where it is not, mere advice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.delivery.sign.record import Record
from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade


@dataclass(frozen=True, slots=True)
class OptionalRecord:
    """Where it stands, how it begins, and what is said of it; ``{domain}`` in these is the sender's own."""

    check: str
    under: str
    begins: str
    there: str
    missing: str
    why: str
    hint: str
    example: str = ""  # what it could say, where that can be known


def optional_record(facts: Facts, it: OptionalRecord) -> Iterator[Finding]:
    """Look for it (A11). Raises what asking a name server raises."""
    domain = facts.own_domain
    if not domain:
        return
    name = f"{it.under}.{domain}"
    if facts.names.texts(name, it.begins):
        yield Finding(Grade.OK, it.check, it.there.format(domain=domain))
        return
    record = Record(name, f"{it.begins}; {it.example.format(domain=domain)}") if it.example else None
    yield Finding(Grade.ADVICE, it.check, it.missing.format(domain=domain), it.why, it.hint, record)
