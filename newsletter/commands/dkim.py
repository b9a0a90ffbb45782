"""``newsletter dkim``: the domain of the sender -> a key that signs letters, and what to give to whoever has the domain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.errors import StoppedForSafety, ToMend, WrongUsage

if TYPE_CHECKING:
    from newsletter.delivery.sign.signature import Key
    from newsletter.door import Door


class NoDomain(WrongUsage):
    """Nobody said for which domain."""

    def __init__(self) -> None:
        super().__init__(
            "For which domain shall letters be signed? No sender is named here.",
            "Say it: newsletter dkim new --domain example.org",
        )


class NotADomain(WrongUsage):
    """What was given is no name that DNS has."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} is not a name as domains have it.",
            "A domain is like news.example.org, a selector like newsletter202507: letters, digits and hyphens.",
        )


class SignedByItsProvider(StoppedForSafety):
    """The sender's domain belongs to a mailbox provider."""

    def __init__(self, domain: str) -> None:
        super().__init__(
            f"{domain} belongs to a mailbox provider, whose servers sign your letters by themselves: you need no key.",
            "A key is for an address at a domain of your own.",
        )


class NoKeyYet(ToMend):
    """There is nothing to show."""

    def __init__(self) -> None:
        super().__init__("There is no key for signing letters yet.", "Make one with: newsletter dkim new")


@click.group()
def dkim() -> None:
    """Have your letters signed, so that mailboxes know they are yours.

    It is for whoever sends from a domain of their own. A mailbox at Gmail, Outlook and the like, and most mailing
    services, sign by themselves.
    """


@dkim.command()
@click.option("--domain", default="", metavar="DOMAIN", help="The domain; left out, that of your sender's address.")
@click.option("--selector", default="", metavar="NAME", help="The key's own name; left out, newsletter and the month.")
@click.option("--ed25519", is_flag=True, help="A second key of the newer kind, to be used beside the first.")
@click.option(
    "--file", "named", type=click.Path(path_type=Path), help="Where to keep it; left out, with your settings."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, for programs.")
@click.pass_obj
def new(door: Door, domain: str, selector: str, named: Path | None, *, ed25519: bool, as_json: bool) -> None:
    """Make a key, and say what has to be done with it.

    The key stays on this computer. What you hand to whoever looks after the domain is its public half, a record for
    DNS, in which nothing is secret. A key that is there is never written over; a new one with another name may stand
    beside it until everybody knows it.
    """
    from newsletter.delivery.sign.kept import kept_in
    from newsletter.delivery.sign.keys import read_key
    from newsletter.delivery.sign.new_key import new_key
    from newsletter.delivery.sign.signature import Key

    domain = _name(domain or _senders(door))
    _refuse_a_providers(domain)
    selector = _name(selector or f"newsletter{door.now():%Y%m}{'e' if ed25519 else ''}")
    file = (named or kept_in(domain, selector)).absolute()
    new_key(file, ed25519=ed25519)
    key = Key(domain, selector, read_key(file))
    if as_json:
        door.json(_as_json(file, key))
        return
    door.say(
        f"The key is made: {file}\nIt is yours alone. Give it to nobody, and keep a copy where only you can read it.\n"
    )
    for line in _told(file, key):
        door.out(line)


@dkim.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, for programs.")
@click.pass_obj
def show(door: Door, *, as_json: bool) -> None:
    """Show again what DNS has to hold for the keys that are set, or else for those that you made."""
    from newsletter.delivery.sign.kept import kept_keys
    from newsletter.delivery.sign.keys import key_path
    from newsletter.delivery.sign.set_keys import ONLY_ED25519, only_ed25519, set_keys

    settings = door.settings
    keys = set_keys(settings)
    files = [key_path(one) for one in (settings.dkim_key_file, settings.dkim_ed25519_key_file) if one]
    found = list(zip(files, keys, strict=True)) if keys else kept_keys()
    if not found:
        raise NoKeyYet
    if only_ed25519(keys):
        door.say(f"{ONLY_ED25519}\n")
    if as_json:
        door.json([_as_json(file, key) for file, key in found])
        return
    for number, (file, key) in enumerate(found):
        for line in [*([""] if number else []), *_told(file, key)]:
            door.out(line)


def _senders(door: Door) -> str:
    """The domain that is set, else that of the sender's address. Raises NoDomain."""
    from newsletter.drafting.profile import standing_facts
    from newsletter.workspace import NoWorkspace

    if door.settings.dkim_domain:
        return door.settings.dkim_domain
    try:
        address = standing_facts(door.workspace).sender.address
    except NoWorkspace:
        address = ""
    if "@" not in address:
        raise NoDomain
    return address.rpartition("@")[2]


def _name(text: str) -> str:
    from newsletter.letters.headers import UnfitAddress, wire_domain

    try:
        return wire_domain(text).lower()
    except UnfitAddress:
        raise NotADomain(text) from None


def _refuse_a_providers(domain: str) -> None:
    from newsletter.delivery.server import is_a_providers

    if is_a_providers(domain):
        raise SignedByItsProvider(domain)
    if "." not in domain:
        raise NotADomain(domain)


def _settings(file: Path, key: Key) -> dict[str, str]:
    kind = "_ED25519" if key.algorithm == "ed25519-sha256" else ""
    return {
        "NEWSLETTER_DKIM_DOMAIN": key.domain,
        f"NEWSLETTER_DKIM{kind}_SELECTOR": key.selector,
        f"NEWSLETTER_DKIM{kind}_KEY_FILE": str(file),
    }


def _as_json(file: Path, key: Key) -> dict[str, object]:
    from newsletter.delivery.sign.record import record

    said = record(key)
    return {
        "type": "TXT",
        "name": said.name,
        "value": said.value,
        "strings": said.pieces,
        "settings": _settings(file, key),
    }


def _told(file: Path, key: Key) -> Iterator[str]:
    from newsletter.delivery.sign.record import record

    said = record(key)
    yield f"1. Give this to whoever looks after the domain {key.domain}. Nothing in it is secret."
    yield f"\n   Please add this record to the DNS of {key.domain}:\n"
    yield f"   Type:   TXT\n   Name:   {said.name}\n   Value:  {said.value}"
    if len(said.pieces) > 1:
        yield "\n   Where a value may have 255 characters at most, it is entered as these strings, one after the other:\n"
        yield from (f'   "{piece}"' for piece in said.pieces)
    yield f"\n   As a line of a zone file:\n\n   {said.zone_line}"
    yield "\n2. When the record is there (that can take some hours), put these lines into the file .env:\n"
    yield from (f"   {name}={value}" for name, value in _settings(file, key).items())
    yield "\n3. Send yourself a letter: newsletter send --test ADDRESS. Where mailboxes show the original of a message, it"
    yield f"   has to say: DKIM pass, with the domain {key.domain}."
