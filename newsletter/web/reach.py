"""An address as it was typed -> its parts, and the network addresses of its host that may be reached, or why none may."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import certifi
import idna

from newsletter.errors import OutsideFailed, ToMend

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
USUAL_PORTS = {"http": 80, "https": 443}
LONGEST_ADDRESS = 4000
NOT_WRITTEN = "it is not written as an address is"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_OF_A_SITE = ipaddress.ip_network("fec0::/10")
"""What private networks used before RFC 4193, and some still do; Python counts it as public."""
_KEPT = "!#$%&'()*+,/:;=?@[]~"


class BadAddress(ToMend):
    """What was given is no address that this program opens."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This address cannot be opened: {why}.",
            "Copy it from the address line of your browser; it starts with https:// or http://",
        )


class NotFetched(OutsideFailed):
    """Something on the web could not be had. ``kind`` is one word for programs."""

    kind = "failed"


class NotPublic(NotFetched):
    """An address leads to this machine or into a private network."""

    kind = "private"

    def __init__(self, host: str, asked: str) -> None:
        led = "" if host == asked else f" (to which {asked} leads)"
        super().__init__(
            f"{host}{led} is not on the public web but on this machine or in a private network. It was not opened.",
            "If you trust the page, save it in your browser and name the file instead.",
        )


class NoSuchHost(NotFetched):
    """A name that no name server knows, or none that answers."""

    kind = "unknown-host"

    def __init__(self, host: str) -> None:
        super().__init__(
            f"There is no answer about a site called {host}.",
            "Look whether it is spelt right, and whether you are online.",
        )


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Every address of a name, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: Address) -> bool:
    """Whether an address lies on the public internet, and so do those that it carries inside."""
    usual = address.is_global and not (address.is_multicast or address.is_reserved or address in _OF_A_SITE)
    return (usual or address in _NAT64) and all(is_public(one) for one in _carried(address))


def _carried(address: Address) -> Iterator[Address]:
    """The IPv4 addresses in an IPv6 one (mapped, 6to4, Teredo, NAT64), to which a gateway would go on."""
    if isinstance(address, ipaddress.IPv6Address):
        yield from (one for one in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if one)
        if address in _NAT64 or not int(address) >> 32:
            yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def trusted() -> ssl.SSLContext:
    """TLS that believes the system's authorities and Mozilla's; the host's name is verified."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True, slots=True)
class Reach:
    """Which part of the network may be reached, and how names are looked up there."""

    resolve: Callable[[str, int], Iterable[str]] = resolve
    allowed: Callable[[Address], bool] = is_public
    odd_ports: bool = False
    tls: Callable[[], ssl.SSLContext] = trusted


THE_WEB = Reach()


def checked(host: str, port: int, reach: Reach, *, asked: str, seconds: float) -> tuple[str, ...]:
    """The addresses of a name, all of which may be reached; ``asked`` is the name that led here.

    Raises NotPublic, NoSuchHost, and TimeoutError after so many seconds.
    """
    found = tuple(_looked_up(host, port, reach, seconds))
    if not found:
        raise NoSuchHost(host)
    if not all(reach.allowed(ipaddress.ip_address(one.partition("%")[0])) for one in found):
        raise NotPublic(host, asked)
    return found


def _looked_up(host: str, port: int, reach: Reach, seconds: float) -> Iterable[str]:
    """Ask the name server in a thread of its own: the system's question cannot be broken off."""
    answers: list[Iterable[str]] = []

    def look() -> None:
        with contextlib.suppress(OSError, UnicodeError):
            answers.append(tuple(reach.resolve(host, port)))

    asking = threading.Thread(target=look, daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise TimeoutError
    return answers[0] if answers else ()


def tidy(url: str) -> str:
    """An address as it may be sent: without its ``#part``, other characters written as bytes."""
    url = url.strip().partition("#")[0]
    if len(url) > LONGEST_ADDRESS or any(ord(one) < ord(" ") or one == "\x7f" for one in url):
        raise BadAddress("it is too long, or holds characters that no address has")
    with contextlib.suppress(ValueError):
        urlsplit(url)
        return url.replace("\\", "/").replace(" ", "%20")
    raise BadAddress(NOT_WRITTEN)


def parts(url: str, *, odd_ports: bool) -> tuple[str, str, int, str]:
    """Scheme, host, port and target of an address. Raises BadAddress."""
    try:
        found = urlsplit(url)
        host, port = found.hostname or "", found.port
    except ValueError:
        raise BadAddress(NOT_WRITTEN) from None
    if found.scheme not in USUAL_PORTS:
        raise BadAddress("it does not start with https:// or http://")
    if found.username is not None or found.password is not None:
        raise BadAddress("it holds a name or a password before an @")
    if not odd_ports and port not in (None, *USUAL_PORTS.values()):
        raise BadAddress(f"web pages do not stand behind the number {port} after its name")
    target = quote(found.path or "/", safe=_KEPT) + (f"?{quote(found.query, safe=_KEPT)}" if found.query else "")
    return found.scheme, _ascii(host), port or USUAL_PORTS[found.scheme], target


def _ascii(host: str) -> str:
    """A host's name in the letters that name servers know. Raises BadAddress."""
    with contextlib.suppress(ValueError):
        return str(ipaddress.ip_address(host))
    if host.isascii() and re.fullmatch(r"[\w.-]*\w\.?", host):
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii") if host.rstrip(".") else _nameless()
    except (idna.IDNAError, UnicodeError):
        raise BadAddress("the name of the site cannot be read") from None


def _nameless() -> str:
    raise BadAddress("the name of the site is missing")
