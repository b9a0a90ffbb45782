"""Addresses are asked by a real web server on loopback: a few at a time, once a day, and whatever it does."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsletter.commands.check import check
from newsletter.door import Door
from newsletter.nouns.letter import Visit
from newsletter.web.fetch import Limits, Probe, probe
from newsletter.web.reach import NoSuchHost
from newsletter.web.visits import AT_ONCE, visits
from tests.any.web import LOOPBACK, certificate, closed_port, serving
from tests.tour.slips import FIRST, Slip, made

NOW = dt.datetime(2025, 7, 1, 9, 0, tzinfo=dt.UTC)
QUICK = Limits(size=10_000, seconds=1.0, idle=0.4, hops=3)
ask = partial(probe, limits=QUICK, reach=LOOPBACK)


def slowly(one: BaseHTTPRequestHandler) -> None:
    """An answer that comes too late."""
    time.sleep(2)
    one.send_response(200)
    one.end_headers()


def endlessly(one: BaseHTTPRequestHandler) -> None:
    """An answer whose head never ends."""
    for number in range(200):
        one.wfile.write(f"HTTP/1.1 200 OK\r\nX-{number}: x\r\n".encode() if number == 0 else b"X-x: x\r\n")
        time.sleep(0.05)


def test_what_a_server_may_do(tmp_path: Path) -> None:
    """There, gone, moved for good or for now, to the home page, slow, endless, round in circles, nobody at home."""
    with serving() as site:
        site.put("/there", "x")
        site.put("/", "home")
        site.redirect("/moved", site.url("/there", "new.example.org"), 301)
        site.redirect("/lent", site.url("/there", "new.example.org"), 302)
        site.redirect("/over", "/")
        site.redirect("/circle", "/circle")
        site.pages |= {"/slow": slowly, "/endless": endlessly}
        names = ("/there", "/gone", "/moved", "/lent", "/over", "/circle", "/slow", "/endless")
        nobody = f"http://example.org:{closed_port()}/"
        wanted = [*map(site.url, names), nobody, "http://[x"]
        found = visits(wanted, tmp_path / "links.json", now=NOW, probe=ask)
        new = site.url("/there", "new.example.org")
        assert list(found) == wanted
        said = [(one.status, one.permanent, one.trouble) for one in found.values()]
        assert said == [
            (200, False, ""),
            (404, False, ""),
            (200, True, ""),
            (200, False, ""),
            (200, False, ""),
            (0, False, "redirects"),
            (0, False, "timeout"),
            (0, False, "timeout"),
            (0, False, "no-answer"),
            (0, False, "address"),
        ]
        assert found[site.url("/moved")].address == found[site.url("/lent")].address == new
        assert found[site.url("/over")].address == site.url("/")


def test_a_certificate_that_nobody_signed(tmp_path: Path) -> None:
    """It is told as such, not as a page that is gone."""
    server, _ = certificate(tmp_path, "news.example.org")
    with serving(server) as site:
        (found,) = visits([site.url()], tmp_path / "links.json", now=NOW, probe=ask).values()
    assert found.trouble == "certificate"


def test_once_a_day(tmp_path: Path) -> None:
    """What is known is not asked again until tomorrow; a file that was spoilt is as none."""
    file = tmp_path / "outbox" / "links.json"
    with serving() as site:
        site.put("/a", "x")
        url = site.url("/a")
        for hours, asked in ((0, 1), (23, 1), (25, 2)):
            found = visits([url, url], file, now=NOW + dt.timedelta(hours=hours), probe=ask)
            assert found == {url: Visit(200, url)}
            assert len(site.asked) == asked
        for spoilt in ("[]", "{", json.dumps({url: {"at": "x"}}), json.dumps({url: 5})):
            file.write_text(spoilt)
            assert visits([url], file, now=NOW, probe=ask)[url].status == 200


def test_at_most_five_at_a_time(tmp_path: Path) -> None:
    """However many links an issue has."""
    going, most, lock = 0, 0, threading.Lock()

    def watched(url: str) -> Probe:
        nonlocal going, most
        with lock:
            going += 1
            most = max(most, going)
        time.sleep(0.02)
        with lock:
            going -= 1
        return Probe(url, 200, "")

    visits((f"https://example.org/{number}" for number in range(30)), tmp_path / "x.json", now=NOW, probe=watched)
    assert 1 < most <= AT_ONCE


@pytest.mark.parametrize("as_json", [False, True])
def test_the_command_asks_only_when_told_to(tmp_path: Path, *, as_json: bool) -> None:
    """``check`` alone opens no connection; ``check --online`` tells of what is gone, at its place."""
    workspace = made(Slip("none", "none"), tmp_path / "made")
    asked = []

    def gone(url: str) -> Probe:
        asked.append(url)
        return Probe(url, 404 if url.endswith("/return") else 200, "")

    door = Door(workspace.root, environ={}, now=lambda: NOW, probe=gone)
    more = ["--json"] if as_json else []
    assert CliRunner().invoke(check, more, obj=door).exit_code == 0
    assert asked == []
    result = CliRunner().invoke(check, ["--online", *more], obj=door)
    assert result.exit_code == 1
    assert "answers 404" in result.stdout
    assert f"{FIRST}:41:10" in result.stdout or as_json
    assert len(asked) == len(set(asked)) == 3
    if as_json:
        assert {one["check"] for one in json.loads(result.stdout)} == {"link-answers"}


def test_without_a_connection_nothing_is_said_of_the_links_and_nothing_kept(tmp_path: Path) -> None:
    """Where not one of several sites is known, it is the computer that is not online; a single site may well be gone."""
    file = tmp_path / "links.json"

    def nowhere(url: str) -> Probe:
        raise NoSuchHost(url)

    found = visits(["https://example.org/a", "https://www.example.net/b"], file, now=NOW, probe=nowhere)
    assert [one.trouble for one in found.values()] == ["offline", "offline"]
    assert not file.exists()
    (alone,) = visits(["https://example.org/a"], file, now=NOW, probe=nowhere).values()
    assert alone.trouble == "unknown-host"
