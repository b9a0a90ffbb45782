"""TLS reports: who is told when mail to your domain could not be encrypted. Advice, nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.delivery.sign.record import Record
from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step

NAME = "tls-reports"
STEP = Step.LATER


def look(facts: Facts) -> Iterator[Finding]:
    """What RFC 8460 has (A11)."""
    domain = facts.own_domain
    if not domain:
        return
    if facts.names.texts(f"_smtp._tls.{domain}", "v=TLSRPTv1"):
        yield Finding(Grade.OK, NAME, f"{domain} gets reports where mail to it cannot be encrypted (TLS-RPT).")
    else:
        yield Finding(
            Grade.ADVICE,
            NAME,
            f"Nobody is told when mail to {domain} cannot be encrypted (TLS-RPT).",
            "It concerns the mail that you get, not your letters.",
            "Nothing need be done. If you want the reports:",
            Record(f"_smtp._tls.{domain}", f"v=TLSRPTv1; rua=mailto:tls@{domain}"),
        )
