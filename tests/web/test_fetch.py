"""The web is asked for pages, and can do us no harm: real servers on loopback, each with its own trick."""

from __future__ import annotations

import gzip
import ipaddress
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest

from newsletter.errors import NewsletterError
from newsletter.web.fetch import (
    BadCertificate,
    LedAstray,
    Limits,
    NoAnswer,
    Refused,
    TookTooLong,
    TooLarge,
    TooManyRedirects,
    Unreadable,
    fetch,
    probe,
)
from newsletter.web.reach import THE_WEB, BadAddress, NoSuchHost, NotPublic, Reach, is_public
from tests.any.web import LOOPBACK, Answer, Site, certificate, closed_port, serving

QUICK = Limits(size=20_000, seconds=1.5, idle=0.5)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site of our own."""
    with serving() as one:
        yield one


def test_a_page_with_what_led_there(site: Site) -> None:
    """Bytes, type, the address in the end and those before it; the server sees a plain agent and no cookie."""
    site.put("/b?q=1", "<p>Ñandú</p>")
    site.redirect("/a", "/b?q=1#part", 301)
    page = fetch(site.url("/a#here"), limits=QUICK, reach=LOOPBACK)
    assert (page.status, page.data.decode(), page.content_type) == (200, "<p>Ñandú</p>", "text/html; charset=utf-8")
    assert (page.url, page.hops) == (site.url("/b?q=1"), (site.url("/a"),))
    method, _, headers = site.asked[-1]
    assert (method, headers["User-Agent"], headers["Host"]) == ("GET", "newsletter", f"news.example.org:{site.port}")
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "example.org", ""),
        *("https://ana:geheim@example.org/", "https://ana@example.org/", "https://example.org:25/", "http://[::1"),
        *("https://", "https://exa mple.org\x00/", "https://example.org/" + "a" * 5000, "https://example.org:99999/"),
    ],
)
def test_addresses_that_nobody_opens(url: str) -> None:
    """Said before any name is looked up."""

    def nobody(host: str, port: int) -> tuple[str, ...]:
        raise AssertionError((host, port))

    with pytest.raises(BadAddress) as said:
        fetch(url, reach=replace(THE_WEB, resolve=nobody))
    assert said.value.exit_code == 1
    assert "geheim" not in str(said.value)


PRIVATE = (
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1"),
    *("255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "::7f00:1", "2001:db8::1", "fec0::1"),
)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_never_reached(address: str) -> None:
    """Loopback, private, link-local, reserved, and what is wrapped in another; as a name's answer or as typed."""
    assert not is_public(ipaddress.ip_address(address))
    with pytest.raises(NotPublic):
        fetch("http://news.example.org/", reach=replace(THE_WEB, resolve=lambda *_: ("93.184.216.34", address)))
    shown = f"[{address}]" if ":" in address else address
    with pytest.raises(NotPublic) as said:
        fetch(f"http://{shown}/")
    assert said.value.exit_code == 3


def test_public_addresses_are() -> None:
    """Also those of a network that has IPv6 only."""
    assert all(map(is_public, map(ipaddress.ip_address, ("93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"))))


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1"])
def test_other_ways_to_write_this_machine(host: str) -> None:
    """However it is written, it is what the system makes of it that counts."""
    with pytest.raises((NotPublic, NoSuchHost)):
        fetch(f"http://{host}/")


def test_a_redirect_to_this_machine(site: Site) -> None:
    """Only one name may be reached here; the page leads to another."""
    site.redirect("/out", f"http://127.0.0.1:{site.port}/secret")
    site.put("/secret", "the router's password")
    listening = ipaddress.ip_address("127.0.0.1")
    public = Reach(
        lambda host, _: ("127.0.0.1",) if host == "news.example.org" else (f"::ffff:{host}",),
        lambda address: address == listening or is_public(address),
        odd_ports=True,
    )
    with pytest.raises(NotPublic, match=r"127\.0\.0\.1 \(to which news\.example\.org leads\)"):
        fetch(site.url("/out"), limits=QUICK, reach=public)
    assert [path for _, path, _ in site.asked] == ["/out"]


def test_a_name_that_changes_its_mind(site: Site) -> None:
    """The connection goes to the address that was checked, and the name is not looked up again (DNS rebinding)."""
    site.put("/", "ours")
    answers = iter([("127.0.0.1",), ("10.0.0.1",), ("10.0.0.1",)])
    asked: list[str] = []

    def changing(host: str, _: int) -> tuple[str, ...]:
        asked.append(host)
        return next(answers)

    assert fetch(site.url("/"), limits=QUICK, reach=replace(LOOPBACK, resolve=changing)).data == b"ours"
    assert asked == ["news.example.org"]
    with pytest.raises(NotPublic):
        fetch(site.url("/"), limits=QUICK, reach=replace(LOOPBACK, resolve=changing))


def test_the_next_address_where_one_does_not_answer(site: Site) -> None:
    """A name may have an address that is out of order."""
    site.put("/", "ours")
    both = replace(LOOPBACK, resolve=lambda *_: ("127.0.0.2", "127.0.0.1"))
    assert fetch(site.url("/"), limits=QUICK, reach=both).data == b"ours"


def test_redirects_without_end_and_astray(site: Site) -> None:
    """Five are followed, no more; and none to another kind of address."""
    for number in range(9):
        site.redirect(f"/{number}", f"/{number + 1}", 307)
    site.put("/5", "five on")
    assert fetch(site.url("/0"), limits=QUICK, reach=LOOPBACK).data == b"five on"
    site.redirect("/5", "/6")
    with pytest.raises(TooManyRedirects):
        fetch(site.url("/0"), limits=QUICK, reach=LOOPBACK)
    for number, to in enumerate(["file:///etc/passwd", "ftp://example.org/", "http://a:b@example.org/", "http://[x"]):
        site.redirect(f"/to{number}", to)
        with pytest.raises(LedAstray):
            fetch(site.url(f"/to{number}"), limits=QUICK, reach=LOOPBACK)


def endless(pause: float, chunk: bytes) -> Answer:
    """A page that never ends."""

    def answer(one: BaseHTTPRequestHandler) -> None:
        one.send_response(200)
        one.end_headers()
        for _ in range(1000):
            one.wfile.write(chunk)
            one.wfile.flush()
            time.sleep(pause)

    return answer


@pytest.mark.parametrize(
    ("pause", "chunk", "error"),
    [(0.0, b"x" * 1000, TooLarge), (0.1, b"x", TookTooLong), (5.0, b"x", TookTooLong)],
    ids=["a flood", "a drip", "silence"],
)
def test_a_page_that_never_ends(site: Site, pause: float, chunk: bytes, error: type[NewsletterError]) -> None:
    """By bytes, by time in all, by time without a byte."""
    site.pages["/"] = endless(pause, chunk)
    with pytest.raises(error) as said:
        fetch(site.url("/"), limits=QUICK, reach=LOOPBACK)
    assert said.value.exit_code == 3


def test_headers_that_never_end(site: Site) -> None:
    """Time runs from the first byte on, not from the page's."""

    def drip(one: BaseHTTPRequestHandler) -> None:
        for _ in range(1000):
            one.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
            one.wfile.flush()
            time.sleep(0.1)

    site.pages["/"] = drip
    with pytest.raises(TookTooLong):
        fetch(site.url("/"), limits=QUICK, reach=LOOPBACK)


def test_a_name_server_that_does_not_answer() -> None:
    """The system's own question cannot be broken off; it is left behind."""
    morning = Event()

    def asleep(*_: object) -> tuple[str, ...]:
        morning.wait()
        return ()

    with pytest.raises(TookTooLong):  # or else it would wait for ever
        fetch("http://news.example.org/", limits=QUICK, reach=replace(LOOPBACK, resolve=asleep))
    morning.set()
    with pytest.raises(NoSuchHost):
        fetch("http://news.example.org/", limits=QUICK, reach=replace(LOOPBACK, resolve=lambda *_: ()))


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_packed_pages(site: Site, encoding: str, pack: object) -> None:
    """They are unpacked; one that unpacks into more than an article is not, nor one that is broken."""
    assert callable(pack)
    site.put("/", pack(b"<p>ours</p>"), Content_Encoding=encoding)
    assert fetch(site.url("/"), limits=QUICK, reach=LOOPBACK).data == b"<p>ours</p>"
    site.put("/bomb", pack(bytes(10_000_000)), Content_Encoding=encoding)
    with pytest.raises(TooLarge):
        fetch(site.url("/bomb"), limits=QUICK, reach=LOOPBACK)
    site.put("/broken", b"not packed at all", Content_Encoding=encoding)
    with pytest.raises(Unreadable):
        fetch(site.url("/broken"), limits=QUICK, reach=LOOPBACK)
    site.put("/other", b"...", Content_Encoding="br")
    with pytest.raises(Unreadable):
        fetch(site.url("/other"), limits=QUICK, reach=LOOPBACK)


def test_what_servers_answer(site: Site) -> None:
    """A page that is not given is a sentence with the number; a probe gives the number itself."""
    site.put("/gone", "x", status=410)
    site.put("/wait", "x", status=429)
    for path, words in (("/none", "no such page"), ("/gone", "no such page"), ("/wait", "asks us to wait")):
        with pytest.raises(Refused, match=words):
            fetch(site.url(path), limits=QUICK, reach=LOOPBACK)
    assert probe(site.url("/none"), limits=QUICK, reach=LOOPBACK).status == 404
    site.put("/", "x" * 50_000)
    site.redirect("/old", "/")
    found = probe(site.url("/old"), limits=QUICK, reach=LOOPBACK)
    assert (found.status, found.url, found.hops) == (200, site.url("/"), (site.url("/old"),))
    assert [method for method, path, _ in site.asked if path == "/"] == ["HEAD"]


def test_a_server_that_knows_no_head(site: Site) -> None:
    """It is asked again as a browser would."""

    def no_head(one: BaseHTTPRequestHandler) -> None:
        one.send_response(405 if one.command == "HEAD" else 200)
        one.end_headers()

    site.pages["/"] = no_head
    assert probe(site.url("/"), limits=QUICK, reach=LOOPBACK).status == 200


def test_nobody_there_and_no_web_server(site: Site) -> None:
    """A closed port, and something that speaks another language."""
    with pytest.raises(NoAnswer):
        fetch(f"http://news.example.org:{closed_port()}/", limits=QUICK, reach=LOOPBACK)

    def mail(one: BaseHTTPRequestHandler) -> None:
        one.wfile.write(b"220 mail.example.org ESMTP\r\n")

    site.pages["/"] = mail
    with pytest.raises(Unreadable):
        fetch(site.url("/"), limits=QUICK, reach=LOOPBACK)


def test_tls_is_verified_for_the_name_that_was_asked(tmp_path: Path) -> None:
    """Right name and known authority; another name; an authority that nobody knows."""
    server, client = certificate(tmp_path, "news.example.org")
    with serving(server) as site:
        site.put("/", "ours")
        known = replace(LOOPBACK, tls=client)
        assert fetch(site.url("/"), limits=QUICK, reach=known).data == b"ours"
        with pytest.raises(BadCertificate):
            fetch(site.url("/", host="other.example.org"), limits=QUICK, reach=known)
        with pytest.raises(BadCertificate):
            fetch(site.url("/"), limits=QUICK, reach=LOOPBACK)


def test_names_in_other_letters(site: Site) -> None:
    """A name with an ñ is asked for as name servers write it, a path as bytes."""
    asked: list[str] = []

    def look(host: str, _: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",)

    site.put("/espa%C3%B1a?q=%C3%A1", "ours")
    url = site.url("/españa?q=á", host="Boletín.example.org")
    assert fetch(url, limits=QUICK, reach=replace(LOOPBACK, resolve=look)).data == b"ours"
    assert asked == ["xn--boletn-7va.example.org"]
