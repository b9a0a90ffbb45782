"""TLS reports: who is told when mail to your domain could not be encrypted. Advice, nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Step
from newsletter.doctor.optional_record import OptionalRecord, optional_record

NAME = "tls-reports"
STEP = Step.LATER
RECORD = OptionalRecord(
    check=NAME,
    under="_smtp._tls",
    begins="v=TLSRPTv1",
    there="{domain} gets reports where mail to it cannot be encrypted (TLS-RPT).",
    missing="Nobody is told when mail to {domain} cannot be encrypted (TLS-RPT).",
    why="It concerns the mail that you get, not your letters.",
    hint="Nothing need be done. If you want the reports:",
    example="rua=mailto:tls@{domain}",
)


def look(facts: Facts) -> Iterator[Finding]:
    """What RFC 8460 has (A11)."""
    return optional_record(facts, RECORD)
