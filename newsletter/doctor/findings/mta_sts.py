"""MTA-STS: a wish that mail to your domain comes encrypted only. Advice, nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step

NAME = "mta-sts"
STEP = Step.LATER


def look(facts: Facts) -> Iterator[Finding]:
    """What RFC 8461 has for the mail that one gets; it changes nothing for the letters that one sends (A11)."""
    domain = facts.own_domain
    if not domain:
        return
    if facts.names.texts(f"_mta-sts.{domain}", "v=STSv1"):
        yield Finding(Grade.OK, NAME, f"{domain} asks for encrypted mail only (MTA-STS).")
    else:
        yield Finding(
            Grade.ADVICE,
            NAME,
            f"{domain} does not say that mail to it must come encrypted (MTA-STS).",
            "It protects answers of readers on their way to you; your own letters are not concerned.",
            "Nothing need be done. Whoever looks after the domain may add it some day (RFC 8461).",
        )
