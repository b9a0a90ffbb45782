"""A domain's SPF record -> which machines it lets send, what it costs those who ask, and where it ends (RFC 7208)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass, field

from newsletter.web.names import Names

VERSION = "v=spf1"
MOST_LOOKUPS, MOST_VOIDS = 10, 2  # RFC 7208 §4.6.4: what asks for more counts as no record at all
_STOP = 40  # lookups after which nobody need count any further
_DEEP = 12  # records inside records
_ASKS = ("include", "a", "mx", "ptr", "exists")
_KNOWN = (*_ASKS, "all", "ip4", "ip6")
_QUALIFIERS = "+-~?"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass
class Spf:
    """What was found on the way through a record and those that it includes."""

    domain: str
    record: str
    ending: str = ""  # the qualifier of all: - ~ ? or +; "" where nothing ends it
    lookups: int = 0
    voids: list[str] = field(default_factory=list)  # names that were asked and hold nothing
    costs: dict[str, int] = field(default_factory=dict)  # by term of the first record, how many lookups
    includes: list[str] = field(default_factory=list)  # every domain whose record was read on the way
    networks: list[Network] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)  # terms that nobody understands
    unfollowed: list[str] = field(default_factory=list)  # terms that depend on each letter

    def lets(self, address: str) -> bool:
        """Whether an address is among those that may send."""
        asked = ipaddress.ip_address(address)
        return any(asked.version == one.version and asked in one for one in self.networks)


def records(domain: str, names: Names) -> tuple[str, ...]:
    """The SPF records of a domain; there must be one. Raises NoNameServer."""
    return tuple(one for one in names.texts(domain, VERSION) if one[len(VERSION) :][:1] in ("", " "))


def walk(domain: str, record: str, names: Names) -> Spf:
    """Follow a record to its end. Raises NoNameServer."""
    found = Spf(domain, record)
    found.ending = _follow(found, domain, record, names, 0)
    return found


def _follow(found: Spf, domain: str, record: str, names: Names, depth: int) -> str:
    """Take each term of one record into account; the qualifier with which it ends."""
    redirect = ""
    for term in record.split()[1:]:
        name, qualifier, value = _parted(term)
        if name == "all":
            return qualifier
        before = found.lookups
        if name == "redirect":
            redirect = value
        elif name in _KNOWN:
            _mechanism(found, (name, qualifier, value), domain, names, depth)
        elif "=" not in term or not name.isidentifier():
            found.mistakes.append(term)
        if depth == 0 and found.lookups > before:
            found.costs[term] = found.lookups - before
    return _read(found, redirect, names, depth) if redirect else ""


def _parted(term: str) -> tuple[str, str, str]:
    """Name, qualifier and value of a term: ``~include:example.net``, ``a/24``, ``redirect=example.net``."""
    qualifier = term[0] if term[0] in _QUALIFIERS else "+"
    rest = term.lstrip(_QUALIFIERS) if term[0] in _QUALIFIERS else term
    ends = min((at for at in map(rest.find, ":=/") if at >= 0), default=len(rest))
    value = rest[ends:]
    return rest[:ends].lower(), qualifier, value.removeprefix(":").removeprefix("=")


def _mechanism(found: Spf, term: tuple[str, str, str], domain: str, names: Names, depth: int) -> None:
    name, qualifier, value = term
    if name in ("ip4", "ip6"):
        _network(found, value, qualifier)
    elif found.lookups >= _STOP or depth > _DEEP:
        found.lookups += 1
    elif name == "include":
        before = len(found.networks)
        _read(found, value, names, depth)
        if qualifier != "+":
            del found.networks[before:]
    elif name == "ptr" or "%" in value:
        found.lookups += 1
        found.unfollowed.append(name)
    else:
        _hosts(found, term, domain, names)


def _network(found: Spf, value: str, qualifier: str) -> None:
    try:
        network = ipaddress.ip_network(value, strict=False)
    except ValueError:
        found.mistakes.append(value)
        return
    if qualifier == "+":
        found.networks.append(network)


def _read(found: Spf, domain: str, names: Names, depth: int) -> str:
    """Another domain's record, included or taken instead."""
    found.lookups += 1
    if "%" in domain:
        found.unfollowed.append(domain)
        return ""
    found.includes.append(domain.lower().rstrip("."))
    there = records(domain, names)
    if not there and not names.ask(domain, "TXT").records:
        found.voids.append(domain)
    if len(there) != 1:
        found.mistakes.append(f"include:{domain}")
        return ""
    return _follow(found, domain, there[0], names, depth + 1)


def _hosts(found: Spf, term: tuple[str, str, str], domain: str, names: Names) -> None:
    """The addresses behind a, mx and exists."""
    name, qualifier, value = term
    found.lookups += 1
    host, _, length = value.partition("/")
    host = host or domain
    hosts = [host]
    if name == "mx":
        hosts = [one.split()[-1] for one in names.ask(host, "MX").records]
    addresses = [one for each in hosts[:MOST_LOOKUPS] for one in names.addresses(each)]
    if not addresses:
        found.voids.append(host)
    if name != "exists" and qualifier == "+":
        for network in _around(addresses, length):
            _network(found, network, qualifier)


def _around(addresses: list[str], length: str) -> Iterator[str]:
    """Each address, or the network around it: ``/24``, ``/24//64``."""
    four, _, six = length.partition("//") if not length.startswith("/") else ("", "", length[1:])
    for one in addresses:
        wide = six if ":" in one else four
        yield f"{one}/{wide}" if wide else one


def with_term(record: str, term: str) -> str:
    """The record with one more term, before the one that ends it."""
    terms = record.split()
    ends = next((at for at, one in enumerate(terms) if _parted(one)[0] in ("all", "redirect")), len(terms))
    return " ".join([*terms[:ends], term, *(terms[ends:] or ["~all"])])


def ended(record: str, ending: str) -> str:
    """The record with another end."""
    return " ".join([*(one for one in record.split() if _parted(one)[0] != "all"), f"{ending}all"])


def redirects(record: str) -> bool:
    """Whether another domain's record ends it."""
    return any(_parted(one)[0] == "redirect" for one in record.split()[1:])


def without(record: str, broken: set[str]) -> str:
    """The record without terms that are broken, or that name a place that is."""
    version, *terms = record.split()
    return " ".join([version, *(one for one in terms if one not in broken and _place(one) not in broken)])


def _place(term: str) -> str:
    name, _, value = _parted(term)
    return f"include:{value}" if name == "include" else value


def merged(some: tuple[str, ...]) -> str:
    """Several records as the one that there may be."""
    terms = [one for record in some for one in record.split()[1:]]
    ends = [one for one in terms if _parted(one)[0] == "all"]
    last = "-all" if ends and all(one == "-all" for one in ends) else "~all"
    return " ".join([VERSION, *dict.fromkeys(one for one in terms if _parted(one)[0] != "all"), last])
