"""MTA-STS: a wish that mail to your domain comes encrypted only. Advice, nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Step
from newsletter.doctor.optional_record import OptionalRecord, optional_record

NAME = "mta-sts"
STEP = Step.LATER
RECORD = OptionalRecord(
    check=NAME,
    under="_mta-sts",
    begins="v=STSv1",
    there="{domain} asks for encrypted mail only (MTA-STS).",
    missing="{domain} does not say that mail to it must come encrypted (MTA-STS).",
    why="It protects answers of readers on their way to you; your own letters are not concerned.",
    hint="Nothing need be done. Whoever looks after the domain may add it some day (RFC 8461).",
)


def look(facts: Facts) -> Iterator[Finding]:
    """What RFC 8461 has for the mail that one gets; it changes nothing for the letters that one sends (A11)."""
    return optional_record(facts, RECORD)
