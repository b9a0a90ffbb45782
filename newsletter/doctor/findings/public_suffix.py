"""Whether From and the signature name a domain that belongs to many, such as org.uk, instead of one's own below it."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.letters.headers import UnfitAddress, wire_domain

NAME = "public-suffix"
STEP = Step.DOMAIN


def look(facts: Facts) -> Iterator[Finding]:
    """An error where either does; the list of such domains is the one that browsers use, as it came with this program."""
    named = {"the sender's address": facts.domain, "NEWSLETTER_DKIM_DOMAIN": _wire(facts.settings.dkim_domain)}
    for what, domain in named.items():
        if domain and is_public(domain):
            yield Finding(
                Grade.ERROR,
                NAME,
                f"{domain}, which is named in {what}, is not one organisation's domain but the end of many.",
                "Nobody can sign or speak for it, so mailboxes distrust whoever tries.",
                f"Name the whole domain of your organisation, which ends with .{domain}.",
            )


def is_public(domain: str) -> bool:
    """Whether a domain is a public suffix: org.uk, github.io; also a name of one part."""
    from tld import is_tld

    return "." not in domain or is_tld(domain)


def _wire(domain: str) -> str:
    try:
        return wire_domain(domain).lower() if domain else ""
    except UnfitAddress:
        return ""
