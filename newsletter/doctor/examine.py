"""Facts -> findings: every member of the family looks, in the order of a letter's way."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.errors import NewsletterError, OutsideFailed
from newsletter.family import members

FAMILY = "newsletter.doctor.findings"


def examine(facts: Facts) -> Iterator[Finding]:
    """What every member finds. What is asked of a domain waits until the sender has one of its own."""
    for name, member in sorted(members(FAMILY).items(), key=lambda pair: (pair[1].STEP, pair[0])):
        if facts.domain or member.STEP not in (Step.DOMAIN, Step.LATER):
            yield from _looked(name, member, facts)


def _looked(name: str, member: ModuleType, facts: Facts) -> Iterator[Finding]:
    try:
        yield from member.look(facts)
    except OutsideFailed as error:
        yield Finding(Grade.UNSEEN, name, error.message, hint=error.hint)
    except NewsletterError as error:
        yield Finding(Grade.ERROR, name, error.message, hint=error.hint)
