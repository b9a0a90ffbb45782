"""Whose address the letters come from: one of one's own, or a mailbox provider's that may be used as it is."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.delivery.server import is_a_providers, server
from newsletter.doctor.facts import Facts, is_of_many
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.letters.headers import UnfitAddress, wire_address

NAME = "sender-address"
STEP = Step.SENDER


def look(facts: Facts) -> Iterator[Finding]:
    """An error for none, for the sample's, and for one of a provider whose server is not the one used (A5)."""
    sender = facts.profile.sender
    file = facts.profile.file
    try:
        wire_address(sender.address)
    except UnfitAddress:
        yield Finding(
            Grade.ERROR,
            NAME,
            "It is not said yet, or not said rightly, from which address the letters come.",
            "Readers see it in From, and answer to it.",
            f"Write it into {file}, under sender: address: peru@ and the domain of your organisation.",
        )
        return
    if not facts.domain:
        yield Finding(
            Grade.ERROR,
            NAME,
            f"{sender.address} is the address of an example; nobody has a mailbox there.",
            "Letters from it are refused, and answers to it are lost.",
            f"Write your own address into {file}, under sender. Until then nothing about its domain can be looked at.",
        )
        return
    if facts.settings.smtp_host:
        server(facts.settings, sender)  # refuses a provider's address elsewhere
    yield from _own(facts)


def _own(facts: Facts) -> Iterator[Finding]:
    address, domain, host = facts.profile.sender.address, facts.domain, facts.settings.smtp_host
    if is_of_many(domain) and not is_a_providers(domain) and host and not f".{host}".endswith(f".{domain}"):
        yield Finding(
            Grade.WARNING,
            NAME,
            f"{address} belongs to {domain}, but {host} seems to be another's server.",
            f"Other mailboxes refuse letters from {domain} that a foreign server sends.",
            "Use the server of your mailbox, or ask your organisation for an address in its own domain.",
        )
        return
    if not is_of_many(domain):
        yield Finding(Grade.OK, NAME, f"The letters come from {address}, a domain of your own or your organisation's.")
        return
    yield Finding(
        Grade.ADVICE,
        NAME,
        f"{address} belongs to {domain}: its provider signs your letters, and nothing in DNS is yours to set.",
        "Such a mailbox lets few letters a day through, and is shut when it looks like a list.",
        "Ask your organisation for an address in its own domain, and for a server that is meant for newsletters.",
    )
