"""BIMI: your logo beside your letters, in some mailboxes. Advice, nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.doctor.optional_record import OptionalRecord, optional_record
from newsletter.doctor.policy import walked

NAME = "bimi"
STEP = Step.LATER
RECORD = OptionalRecord(
    check=NAME,
    under="default._bimi",
    begins="v=BIMI1",
    there="{domain} names a logo for its letters (BIMI).",
    missing="{domain} shows no logo of its own beside its letters (BIMI).",
    why="It is an ornament: it helps no letter to arrive.",
    hint="Nothing need be done. It needs DMARC with p=quarantine or reject, and for most mailboxes a certificate that costs"
    " money every year.",
)
UNSHOWN = "{domain} names a logo (BIMI), but mailboxes show it only where DMARC says quarantine or reject."


def look(facts: Facts) -> Iterator[Finding]:
    """It needs p=quarantine or reject, and mostly a certificate that costs money (A11)."""
    for one in optional_record(facts, RECORD):
        shown = one.grade is not Grade.OK or _strict(facts)
        yield one if shown else Finding(Grade.ADVICE, one.check, UNSHOWN.format(domain=facts.own_domain))


def _strict(facts: Facts) -> bool:
    domain = facts.own_domain
    policy = walked(domain, facts.names).policy
    return policy is not None and policy.asks(domain) in ("quarantine", "reject")
