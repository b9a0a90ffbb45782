"""BIMI: your logo beside your letters, in some mailboxes. Advice, nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.doctor.policy import walked

NAME = "bimi"
STEP = Step.LATER


def look(facts: Facts) -> Iterator[Finding]:
    """It needs p=quarantine or reject, and mostly a certificate that costs money (A11)."""
    domain = facts.own_domain
    if not domain:
        return
    policy = walked(domain, facts.names).policy
    strict = policy is not None and policy.asks(domain) in ("quarantine", "reject")
    if not facts.names.texts(f"default._bimi.{domain}", "v=BIMI1"):
        yield Finding(
            Grade.ADVICE,
            NAME,
            f"{domain} shows no logo of its own beside its letters (BIMI).",
            "It is an ornament: it helps no letter to arrive.",
            "Nothing need be done. It needs DMARC with p=quarantine or reject, and for most mailboxes a certificate that"
            " costs money every year.",
        )
    elif strict:
        yield Finding(Grade.OK, NAME, f"{domain} names a logo for its letters (BIMI).")
    else:
        yield Finding(
            Grade.ADVICE,
            NAME,
            f"{domain} names a logo (BIMI), but mailboxes show it only where DMARC says quarantine or reject.",
        )
