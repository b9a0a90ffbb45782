"""A name and a kind of record -> what DNS holds there, or that nobody answers; the only asker of name servers.

dnspython asks (ISC licence, no dependency, looked after since 2003): the system's own resolver knows addresses only, no
TXT and no MX records.
"""

from __future__ import annotations

import contextlib
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsletter.errors import OutsideFailed
from newsletter.web.reach import resolve

if TYPE_CHECKING:
    import dns.rdata
    import dns.resolver

DNS_PORT = 53
PATIENCE = 6.0  # seconds for one question, repeats included
_PAYLOAD = 1232  # bytes of an answer that travel unbroken; what is longer is asked for again over TCP (RFC 9715)


class NoNameServer(OutsideFailed):
    """Nobody answers questions about a name: one is offline, or the name's own servers are broken."""

    def __init__(self, name: str = "") -> None:
        super().__init__(
            f"No name server answers about {name} now." if name else "No name server answers now.",
            "See whether you are online, and give the same command again later.",
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """The records that were found, as text, sorted (DNS has no order); ``exists`` says whether there is such a name at all."""

    records: tuple[str, ...] = ()
    exists: bool = True
    by_way_of: tuple[str, ...] = ()  # names to which the name itself leads (CNAME), in order


@dataclass
class Names:
    """Who is asked: this machine's name servers, or those named; each question once."""

    servers: Sequence[tuple[str, int]] = ()
    patience: float = PATIENCE
    _known: dict[tuple[str, str], Answer | None] = field(default_factory=dict, repr=False)
    _heard: bool = False
    _silent: bool = False

    def ask(self, name: str, kind: str) -> Answer:
        """What DNS holds of a kind (TXT, MX, A, AAAA, PTR, NS) under a name. Raises NoNameServer."""
        question = name.rstrip(".").lower(), kind
        if question not in self._known:
            self._known[question] = self._asked(*question)
        found = self._known[question]
        if found is None:
            raise NoNameServer("" if self._silent else name)
        return found

    def texts(self, name: str, starts: str = "") -> tuple[str, ...]:
        """The TXT records under a name that begin so, capitals or not. Raises NoNameServer."""
        return tuple(one for one in self.ask(name, "TXT").records if one.lower().startswith(starts.lower()))

    def addresses(self, name: str) -> tuple[str, ...]:
        """Its addresses of both kinds. Raises NoNameServer."""
        return (*self.ask(name, "A").records, *self.ask(name, "AAAA").records)

    def hosts(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses to which a connection would go: as this machine knows them, or only those whom we ask. Raises NoNameServer."""
        if self.servers and not _is_here(host):
            return self.addresses(host)
        try:
            return resolve(host, port)
        except (OSError, UnicodeError):
            return ()

    def online(self) -> bool:
        """Whether anybody answers at all."""
        with contextlib.suppress(NoNameServer):
            self.ask(".", "NS")
        return self._heard

    def _asked(self, name: str, kind: str) -> Answer | None:
        """None where nobody answers; once nobody at all has, nobody is waited for again."""
        import dns.exception
        import dns.resolver

        if self._silent:
            return None
        try:
            found = self._resolver().resolve(name or ".", kind, raise_on_no_answer=False, lifetime=self.patience)
        except dns.resolver.NXDOMAIN:
            self._heard = True
            return Answer(exists=False)
        except dns.resolver.NoNameservers:  # one answered, but only that it could not find out
            self._heard = True
            return None
        except (dns.resolver.LifetimeTimeout, dns.resolver.NoResolverConfiguration, OSError):
            self._silent = not self._heard
            return None
        except dns.exception.DNSException:  # no name that DNS could have
            return Answer(exists=False)
        self._heard = True
        ways = tuple(str(one.name).rstrip(".") for one in found.chaining_result.cnames)
        return Answer(tuple(sorted(map(_text, found.rrset or ()))), by_way_of=_led(ways, str(found.canonical_name)))

    def _resolver(self) -> dns.resolver.Resolver:
        import dns.nameserver
        import dns.resolver

        resolver = dns.resolver.Resolver(configure=not self.servers)
        if self.servers:
            resolver.nameservers = [dns.nameserver.Do53Nameserver(host, port) for host, port in self.servers]
        resolver.use_edns(0, 0, _PAYLOAD)
        return resolver


def _is_here(host: str) -> bool:
    """Whether no name server is needed: this machine, or an address."""
    with contextlib.suppress(ValueError):
        return bool(ipaddress.ip_address(host))
    return host.lower() == "localhost"


def _led(ways: tuple[str, ...], end: str) -> tuple[str, ...]:
    return (*ways[1:], end.rstrip(".")) if ways else ()


def _text(record: dns.rdata.Rdata) -> str:
    """A TXT record's strings are one text (RFC 7208 §3.3, RFC 6376 §3.6.2.2)."""
    strings = getattr(record, "strings", None)
    if strings is not None:
        return b"".join(strings).decode("utf-8", "replace")
    said = record.to_text()
    return said if said.endswith(" .") else said.rstrip(".")
