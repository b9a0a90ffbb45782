"""ARC: what forwarders write down of a letter's signatures. Nothing for a sender to set; it is named because people ask."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step

NAME = "arc"
STEP = Step.LATER


def look(facts: Facts) -> Iterator[Finding]:
    """Advice for whoever has been told to set it up (RFC 8617, A11)."""
    if facts.own_domain:
        yield Finding(
            Grade.ADVICE,
            NAME,
            "ARC is a matter of those who forward mail, not of those who write it.",
            hint="Nothing need be done, whatever a test page on the web says.",
        )
