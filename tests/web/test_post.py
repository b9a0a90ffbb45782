"""A form is handed over: encrypted, to one address, and no further."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from newsletter.web.fetch import BadCertificate, LedAstray, Limits, NoAnswer, TooLarge, post
from newsletter.web.reach import BadAddress, NotPublic, Reach
from tests.any.web import LOOPBACK, Site, certificate, closed_port, on_loopback, serving

FORM = {"refresh_token": "a b&c=ñ+/", "client_id": "1"}
QUICK = Limits(size=20_000, seconds=1.5, idle=0.5)


def _put(site: Site, path: str, status: int = 200, data: bytes = b'{"a": 1}', to: str = "") -> list[str]:
    """A page that takes forms; the bodies it got."""
    got: list[str] = []

    def answer(one: BaseHTTPRequestHandler) -> None:
        got.append(one.rfile.read(int(one.headers["Content-Length"])).decode())
        one.send_response(status)
        if to:
            one.send_header("Location", to)
        one.send_header("Content-Length", str(len(data)))
        one.end_headers()
        one.wfile.write(data)

    site.pages[path] = answer
    return got


@pytest.fixture
def site() -> Iterator[Site]:
    """A site of our own."""
    with serving() as one:
        yield one


@pytest.mark.parametrize("status", [200, 400, 401, 503])
def test_it_arrives_as_it_is_and_every_answer_is_given_back(site: Site, status: int) -> None:
    got = _put(site, "/token", status)
    page = post(site.url("/token"), FORM, limits=QUICK, reach=LOOPBACK)
    assert (page.status, page.data) == (status, b'{"a": 1}')
    assert {name: values[0] for name, values in parse_qs(got[0]).items()} == FORM
    method, path, headers = site.asked[0]
    assert (method, path, headers["Content-Type"]) == ("POST", "/token", "application/x-www-form-urlencoded")
    assert not {"Cookie", "Referer"} & set(headers)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_it_is_never_led_on(site: Site, status: int) -> None:
    """Whoever can lead on the answer does not get what is in the form."""
    elsewhere = _put(site, "/elsewhere")
    _put(site, "/token", status, to=site.url("/elsewhere"))
    with pytest.raises(LedAstray) as said:
        post(site.url("/token"), FORM, limits=QUICK, reach=LOOPBACK)
    assert elsewhere == []
    assert "a b&c" not in str(said.value)


def test_in_the_clear_it_goes_to_this_machine_only() -> None:
    with pytest.raises(BadAddress, match="openly"):
        post("http://example.org/token", FORM)
    with pytest.raises(NotPublic):
        post("https://127.0.0.1/token", FORM)


def test_a_site_that_is_not_the_one_it_says_gets_nothing(tmp_path: Path) -> None:
    tls, trusted = certificate(tmp_path, "login.example.org")
    with serving(tls) as site:
        got = _put(site, "/token")
        reach = Reach(lambda *_: ("127.0.0.1",), on_loopback, odd_ports=True, tls=trusted)
        assert post(site.url("/token", "login.example.org"), FORM, limits=QUICK, reach=reach).status == 200
        with pytest.raises(BadCertificate):
            post(site.url("/token", "other.example.org"), FORM, limits=QUICK, reach=reach)
    assert len(got) == 1


def test_what_never_ends_and_what_is_not_there(site: Site) -> None:
    _put(site, "/token", data=b"x" * 30_000)
    with pytest.raises(TooLarge):
        post(site.url("/token"), FORM, limits=QUICK, reach=LOOPBACK)
    with pytest.raises(NoAnswer):
        post(f"http://a.example:{closed_port()}/", FORM, limits=QUICK, reach=LOOPBACK)
