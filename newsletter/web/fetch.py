"""An address on the web -> what stands there, or a plain sentence why not; the only opener of HTTP connections.

``fetch(url)`` gives a `Page`; ``probe(url)`` only says what the server answers, for looking links over; ``post(url,
fields)`` hands a form over, encrypted and to that address alone. All take ``limits`` (how much, how long) and ``reach``
(which part of the network: by default the public web and nothing else).
What cannot be had is a `NotFetched` (exit 3); an address that nobody should type is a `BadAddress` (exit 1).

What is guarded against: other schemes than http and https, passwords in addresses, odd ports, names that lead into a
private network (every address of a name is checked, and the connection goes to a checked one, so that a second answer
of the name server changes nothing), redirects to such (each hop is checked anew), pages without end in bytes or in
time, and small answers that unpack into large ones.
"""

from __future__ import annotations

import contextlib
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import httpcore

from newsletter.web.reach import THE_WEB, USUAL_PORTS, BadAddress, NotFetched, Reach, checked, parts, tidy

REDIRECTS = (301, 302, 303, 307, 308)
NO_HEAD = (400, 403, 404, 405, 406, 410, 500, 501, 503)
"""Answers to HEAD after which GET is asked: many servers know no HEAD and say so in one of these ways."""
_HEADERS = (
    (b"User-Agent", b"newsletter"),
    (b"Accept", b"text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5"),
    (b"Accept-Encoding", b"gzip, deflate"),
    (b"Connection", b"close"),
)
_FORM_HEADERS = (
    (b"User-Agent", b"newsletter"),
    (b"Accept", b"application/json"),
    (b"Accept-Encoding", b"identity"),
    (b"Content-Type", b"application/x-www-form-urlencoded"),
    (b"Connection", b"close"),
)


class NoAnswer(NotFetched):
    """A site does not answer, or breaks off."""

    kind = "no-answer"

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} could not be reached, or broke off.",
            "Try again later, or save the page in your browser and name the file.",
        )


class BadCertificate(NotFetched):
    """A site cannot show that it is the one it says it is."""

    kind = "certificate"

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} cannot show that it is {host}: its certificate is not valid.",
            "Look at the page in a browser; if that warns you too, do not link to it.",
        )


class TookTooLong(NotFetched):
    """A page that was not there in time."""

    kind = "timeout"

    def __init__(self, host: str, limits: Limits) -> None:
        super().__init__(
            f"{host} took too long: nothing for {limits.idle:g} seconds, or more than {limits.seconds:g} in all.",
            "Try again later, or save the page in your browser and name the file.",
        )


class TooLarge(NotFetched):
    """A page that is larger than any article."""

    kind = "too-large"

    def __init__(self, host: str, limits: Limits) -> None:
        super().__init__(
            f"What {host} sends is larger than {limits.size / 1_000_000:g} MB; no article is. It was not kept.",
            "Look whether the address is that of the article itself.",
        )


class TooManyRedirects(NotFetched):
    """A page that leads on and on."""

    kind = "redirects"

    def __init__(self, host: str, limits: Limits) -> None:
        super().__init__(
            f"{host} leads on from address to address, more than {limits.hops} times.",
            "Open it in a browser, and copy the address that stands there in the end.",
        )


class LedAstray(NotFetched):
    """A page that leads on to an address which this program does not open."""

    kind = "redirects"

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} leads on to an address that cannot be opened here.",
            "Open it in a browser, and copy the address that stands there in the end.",
        )


class Unreadable(NotFetched):
    """An answer that is not what it says."""

    kind = "unreadable"

    def __init__(self, host: str) -> None:
        super().__init__(f"What {host} sends cannot be read.", "Save the page in your browser and name the file.")


class Refused(NotFetched):
    """The server answered, but not with the page."""

    def __init__(self, url: str, status: int) -> None:
        self.status = status
        self.kind = f"status-{status}"
        super().__init__(f"{_meaning(status)} ({urlsplit(url).hostname} answered {status}).", _way_on(status))


def _meaning(status: int) -> str:
    if status in (404, 410):
        return "There is no such page, or no more"
    if status in (401, 402, 403, 407, 451):
        return "The site does not show this page to a program, or only to those who signed in"
    return "The site asks us to wait" if status == 429 else "The site could not give the page"  # noqa: PLR2004 - HTTP


def _way_on(status: int) -> str:
    if status in (404, 410):
        return "Look whether the address is right: copy it from the address line of your browser."
    return "Try again later, or save the page in your browser and name the file."


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken: bytes (packed or not), seconds in all and without a byte, redirects."""

    size: int = 5_000_000
    seconds: float = 30.0
    idle: float = 10.0
    hops: int = 5


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched. ``url`` is where it stood in the end, ``hops`` the addresses that led there, as asked first."""

    url: str
    status: int
    content_type: str
    data: bytes = field(repr=False)
    hops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Probe:
    """What a server answers for an address, whatever its status; nothing of the page is kept."""

    url: str
    status: int
    content_type: str
    hops: tuple[str, ...] = ()
    moved: tuple[int, ...] = ()  # the status of each redirect on the way
    date: str = ""  # what time it is there, as the server says it


LIMITS = Limits()


def fetch(url: str, *, limits: Limits = LIMITS, reach: Reach = THE_WEB) -> Page:
    """What stands at an address, redirects followed. Raises BadAddress, NotFetched."""
    with _Journey(limits, reach).ask("GET", url) as (answer, hops):
        if not 200 <= answer.status < 300:  # noqa: PLR2004 - HTTP
            raise Refused(hops[-1], answer.status)
        data = _body(answer, hops[-1], limits)
        return Page(hops[-1], answer.status, _header(answer, b"content-type"), data, tuple(hops[:-1]))


def probe(url: str, *, limits: Limits = LIMITS, reach: Reach = THE_WEB) -> Probe:
    """What a server answers for an address, redirects followed, without its page. Raises BadAddress, NotFetched."""
    journey = _Journey(limits, reach)
    for method in ("HEAD", "GET"):
        with journey.ask(method, url) as (answer, hops):
            found = Probe(
                hops[-1],
                answer.status,
                _header(answer, b"content-type"),
                tuple(hops[:-1]),
                tuple(journey.moved),
                _header(answer, b"date"),
            )
        if answer.status not in NO_HEAD:
            break
    return found


def post(url: str, fields: Mapping[str, str], *, limits: Limits = LIMITS, reach: Reach = THE_WEB) -> Page:
    """What a server answers to a form, whatever its status. Raises BadAddress, NotFetched.

    A form may hold secrets: it goes to ``https`` only (where ``reach`` is the public web), and is never led on.
    """
    if urlsplit(url).scheme != "https" and not reach.odd_ports:
        raise BadAddress("what is handed over there would travel openly")
    with _Journey(limits, reach, form=urlencode(fields).encode()).ask("POST", url) as (answer, hops):
        return Page(hops[-1], answer.status, _header(answer, b"content-type"), _body(answer, hops[-1], limits))


class _OutOfTime(Exception):
    """The time for the whole journey is over."""


@dataclass
class _Journey:
    """One address asked for, with all that it leads to, within one stretch of time."""

    limits: Limits
    reach: Reach
    form: bytes | None = field(default=None, repr=False)
    started: float = field(default_factory=time.monotonic)
    moved: list[int] = field(default_factory=list)

    def left(self, at_most: float | None = None) -> float:
        """Seconds until nothing more is waited for. Raises _OutOfTime."""
        left = self.started + self.limits.seconds - time.monotonic()
        if left <= 0:
            raise _OutOfTime
        return min(left, self.limits.idle if at_most is None else at_most)

    @contextlib.contextmanager
    def ask(self, method: str, url: str) -> Iterator[tuple[httpcore.Response, list[str]]]:
        """The first answer that is no redirect, and the addresses up to it."""
        hops = [tidy(url)]
        self.moved.clear()
        while len(hops) <= self.limits.hops + 1:
            host = urlsplit(hops[-1]).hostname or ""
            with _in_words(host, self.limits), self._one(method, hops[-1], urlsplit(hops[0]).hostname or "") as answer:
                onward = _header(answer, b"location")
                if answer.status not in REDIRECTS or not onward:
                    yield answer, hops
                    return
                if self.form is not None:
                    raise LedAstray(host)
            self.moved.append(answer.status)
            hops.append(_led_to(hops[-1], onward, host, odd_ports=self.reach.odd_ports))
        raise TooManyRedirects(urlsplit(hops[0]).hostname or "", self.limits)

    @contextlib.contextmanager
    def _one(self, method: str, url: str, asked: str) -> Iterator[httpcore.Response]:
        scheme, host, port, target = parts(url, odd_ports=self.reach.odd_ports)
        backend = _Checked(self, checked(host, port, self.reach, asked=asked, seconds=self.left()))
        context = self.reach.tls() if scheme == "https" else None
        address = httpcore.URL(scheme=scheme, host=host, port=port, target=target)
        headers = [(b"Host", _host_header(scheme, host, port)), *(_HEADERS if self.form is None else _FORM_HEADERS)]
        waits = dict.fromkeys(("connect", "read", "write", "pool"), self.limits.idle)
        with (
            httpcore.ConnectionPool(network_backend=backend, ssl_context=context) as pool,
            pool.stream(method, address, headers=headers, content=self.form, extensions={"timeout": waits}) as answer,
        ):
            yield answer


def _led_to(url: str, onward: str, host: str, *, odd_ports: bool) -> str:
    """The next address. Raises LedAstray where it is none that this program opens."""
    try:
        found = tidy(urljoin(url, onward))
        parts(found, odd_ports=odd_ports)
    except (BadAddress, ValueError):
        raise LedAstray(host) from None
    return found


def _host_header(scheme: str, host: str, port: int) -> bytes:
    shown = f"[{host}]" if ":" in host else host
    return (shown if port == USUAL_PORTS[scheme] else f"{shown}:{port}").encode()


def _header(answer: httpcore.Response, name: bytes) -> str:
    found = (value for key, value in answer.headers if key.lower() == name)
    return next(found, b"").decode("utf-8", "replace").strip()


def _body(answer: httpcore.Response, url: str, limits: Limits) -> bytes:
    """The page, unpacked, as far as it is not too large. Raises TooLarge, Unreadable."""
    host = urlsplit(url).hostname or ""
    unpack = _unpacker(_header(answer, b"content-encoding").lower(), host)
    data, taken = bytearray(), 0
    for chunk in answer.iter_stream():
        taken += len(chunk)
        try:
            data += unpack(chunk, limits.size + 1 - len(data))
        except zlib.error:
            raise Unreadable(host) from None
        if taken > limits.size or len(data) > limits.size:
            raise TooLarge(host, limits)
    return bytes(data)


def _unpacker(encoding: str, host: str) -> Callable[[bytes, int], bytes]:
    """What unpacks the next bytes of an answer, to at most so many."""
    if encoding in ("", "identity"):
        return lambda chunk, _: chunk
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise Unreadable(host)
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 32)  # gzip or zlib, by what it starts with
    return lambda chunk, most: unpacking.decompress(chunk, max(most, 1))


@contextlib.contextmanager
def _in_words(host: str, limits: Limits) -> Iterator[None]:
    """Whatever the network does, said as one of ours."""
    try:
        yield
    except (httpcore.TimeoutException, _OutOfTime, TimeoutError):
        raise TookTooLong(host, limits) from None
    except httpcore.NetworkError as error:
        refused = isinstance(error.__cause__ or error.__context__, ssl.SSLCertVerificationError)
        raise (BadCertificate(host) if refused else NoAnswer(host)) from None
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol):
        raise Unreadable(host) from None


class _Checked(httpcore.NetworkBackend):
    """Connects to addresses that were checked, whatever a name server says by then."""

    def __init__(self, journey: _Journey, addresses: tuple[str, ...]) -> None:
        self.journey, self.addresses = journey, addresses
        self.plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 - it was looked up before
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """The first of the addresses that answers."""
        *others, last = self.addresses
        for one in others:
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                found = self.plain.connect_tcp(one, port, self.journey.left(timeout), local_address, socket_options)
                return _Timed(self.journey, found)
        return _Timed(self.journey, self.plain.connect_tcp(last, port, self.journey.left(timeout), local_address))


class _Timed(httpcore.NetworkStream):
    """A connection that ends with the journey's time, however busy it is."""

    def __init__(self, journey: _Journey, stream: httpcore.NetworkStream) -> None:
        self.journey, self.stream = journey, stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Bytes, as soon as there are some."""
        return self.stream.read(max_bytes, self.journey.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self.stream.write(buffer, self.journey.left(timeout))

    def close(self) -> None:
        """Hang up."""
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on encrypted; ``server_hostname`` is the one that was asked for, and is verified."""
        return _Timed(self.journey, self.stream.start_tls(ssl_context, server_hostname, self.journey.left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self.stream.get_extra_info(info)
