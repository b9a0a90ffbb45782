"""Whether mail to the addresses of the newsletter arrives: answers, people who leave, and what comes back undelivered."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.doctor.facts import OF_EXAMPLES, Facts, domain_of
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.web.names import Names

NAME = "mailbox"
STEP = Step.DOMAIN
_NOTHING = "0 ."  # RFC 7505: a domain that says it takes no mail


def look(facts: Facts) -> Iterator[Finding]:
    """An error where a domain takes no mail (its MX records, RFC 5321 §5.1)."""
    profile = facts.profile
    for domain, addresses in _by_domain(
        profile.sender.address, profile.sender.reply_to, profile.leave_by_mail or profile.sender.reply_to
    ).items():
        yield _taken(domain, " and ".join(addresses), facts.names)


def _by_domain(*addresses: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in dict.fromkeys(addresses):
        if domain := domain_of(one):
            found.setdefault(domain, []).append(one)
    return found


def _taken(domain: str, addresses: str, names: Names) -> Finding:
    if domain in OF_EXAMPLES:
        return _lost(domain, addresses, f"{domain} is the domain of an example.")
    servers = names.ask(domain, "MX").records
    if _NOTHING in servers:
        return _lost(domain, addresses, f"{domain} says that it takes no mail (its MX record is “{_NOTHING}”).")
    if not servers and not names.addresses(domain):
        return _lost(domain, addresses, f"{domain} has no mail server (no MX record in DNS).")
    reached = [one.split()[-1] for one in servers if names.addresses(one.split()[-1])]
    if servers and not reached:
        lost = ", ".join(one.split()[-1] for one in servers)
        return _lost(domain, addresses, f"The mail servers of {domain} have no address: {lost}.")
    return Finding(Grade.OK, NAME, f"{domain} takes mail for {addresses} ({', '.join(reached) or domain}).")


def _lost(domain: str, addresses: str, message: str) -> Finding:
    return Finding(
        Grade.ERROR,
        NAME,
        message,
        f"Whatever is written to {addresses} is lost: answers, people who want to leave, and letters that come back."
        " Some mailboxes refuse letters from such a domain.",
        f"See that the address is spelt right in issues/newsletter.yaml; else ask whoever looks after {domain}.",
    )
