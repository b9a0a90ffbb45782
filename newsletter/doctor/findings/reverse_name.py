"""The name of your own mail server's address (PTR), which mailboxes ask for before they take anything from it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from newsletter.delivery.server import is_loopback
from newsletter.doctor.facts import OWN_RELAY, Facts
from newsletter.doctor.finding import Finding, Grade, Step

NAME = "reverse-name"
STEP = Step.SERVER


def look(facts: Facts) -> Iterator[Finding]:
    """An error where an address of one's own server has no name, or one that does not lead back; others' is theirs (A12)."""
    host = facts.settings.smtp_host
    if facts.limits.profile != OWN_RELAY or not host:
        return
    if is_loopback(host):
        yield Finding(
            Grade.ADVICE,
            NAME,
            "Your mail server is this computer; which address it has for others cannot be told from here.",
            "Mailboxes refuse mail from an address without a name of its own (PTR).",
            "A copy to yourself tells it: newsletter doctor --seed",
        )
        return
    for address in facts.server_addresses:
        yield _judged(address, host, facts)


def _judged(address: str, host: str, facts: Facts) -> Finding:
    names = facts.names.ask(ipaddress.ip_address(address).reverse_pointer, "PTR").records
    back = [name for name in names if address in facts.names.addresses(name)]
    if back:
        return Finding(
            Grade.OK, NAME, f"{address}, an address of {host}, is called {back[0]}, and that name leads back."
        )
    said = f"is called {', '.join(names)}, which does not lead back to it" if names else "has no name (no PTR record)"
    return Finding(
        Grade.ERROR,
        NAME,
        f"{address}, an address of {host}, {said}.",
        "Gmail and others refuse mail from an address whose name and address do not lead to each other.",
        f"Ask whoever rents you the server to let the reverse name of {address} be {host}.",
    )
