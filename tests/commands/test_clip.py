"""``newsletter clip`` as one types it: a file or an address, shown or put into an issue, and nothing ever lost."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest
import yaml
from click.testing import CliRunner

from newsletter.commands.clip import clip
from newsletter.door import Door
from newsletter.drafting.clippings import read_clippings
from newsletter.errors import NewsletterError
from newsletter.pipeline import everything, prepare
from newsletter.settings import Settings
from newsletter.web.fetch import Limits, fetch
from newsletter.workspace import Workspace
from tests.any.web import LOOPBACK, Site, serving

ARTICLES = Path(__file__).parent.parent / "drafting" / "clip" / "articles"
PAGE = (ARTICLES / "news-site.html").read_text("utf-8")
NOW = dt.datetime(2025, 6, 20, 10, 15, tzinfo=dt.UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    """A news site."""
    with serving() as one:
        yield one


class Desk:
    """A workspace, and the command typed in it; whatever goes wrong is the program's own sentence."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        quick = Limits(size=100_000, seconds=1.5, idle=0.5)
        self.door = Door(
            workspace.root, environ={}, now=lambda: NOW, fetch=partial(fetch, limits=quick, reach=LOOPBACK)
        )

    def __call__(self, *words: str) -> tuple[str, str]:
        """What it says on stdout and on stderr."""
        ran = CliRunner().invoke(clip, list(words), obj=self.door, catch_exceptions=False)
        assert ran.exit_code == 0, ran.output
        return ran.stdout, ran.stderr

    def refused(self, *words: str) -> NewsletterError:
        """The sentence with which it refuses; nothing was written."""
        before = self.files()
        ran = CliRunner().invoke(clip, list(words), obj=self.door)
        assert isinstance(ran.exception, NewsletterError), ran.output
        assert self.files() == before
        return ran.exception

    def files(self) -> dict[str, bytes]:
        """Every file of the workspace with what it holds."""
        return {
            path.relative_to(self.workspace.root).as_posix(): path.read_bytes()
            for path in sorted(self.workspace.root.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def desk(sample: Workspace) -> Desk:
    """The sample, free to be written in."""
    return Desk(sample)


def test_a_page_is_shown_as_a_section_and_kept(desk: Desk, site: Site) -> None:
    """YAML on stdout, the source in the clippings with its address, and what to do next on stderr."""
    site.put("/world/river", PAGE)
    shown, said = desk(site.url("/world/river"))
    (section,) = yaml.safe_load(shown)
    assert section["title"] == "River villages win their case"
    assert section["sources"][0]["url"] == site.url("/world/river")
    assert "# - “We were not against light for the city,” (Rufina Talavera)" in shown
    kept = "issues/clippings/2025-06-13-river-villages-win-their-case.txt"
    assert kept in said
    assert "--into" in said
    found = next(one for one in read_clippings(desk.workspace)[0] if one.file == kept)
    assert (found.address, found.kept, found.language) == (site.url("/world/river"), NOW.date(), "en")
    assert found.text.startswith("A court in the provincial capital")


def test_json_is_one_document(desk: Desk) -> None:
    """With the names that scripts rely on."""
    shown, _ = desk(str(ARTICLES / "press-release.txt"), "--json")
    found = json.loads(shown)
    assert {"title", "publisher", "date", "place", "paragraphs", "quotes", "figures", "names"} <= set(found)
    assert found["place"] == "Lima"
    assert found["figures"] == ["156 people", "1984", "600 cases"]
    assert found["quotes"][0] == {"text": "No vote can undo what a court has found,", "speaker": "Marta Olmedo"}


def test_into_an_issue(desk: Desk, site: Site) -> None:
    """At its end, every byte before it as it was, a copy kept; check asks to rewrite it, and finds its facts."""
    path = desk.workspace.issues / "2025-06.yaml"
    before = path.read_bytes()
    site.put("/a", PAGE)
    shown, said = desk(site.url("/a"), "--into", "2025-06")
    assert shown == ""
    whole = path.read_bytes()
    assert whole.startswith(before)
    assert yaml.safe_load(whole)["sections"][-1]["date"] == dt.date(2025, 6, 13)
    copy, _ = sorted((desk.workspace.records / "copies").iterdir(), key=lambda one: ".saved" in one.name)
    assert copy.read_bytes() == before
    assert copy.name in said
    problems = everything(prepare(desk.workspace, desk.workspace.issue("2025-06"), Settings()))
    assert {one.check for one in problems} - {"link-http"} == {"placeholder"}  # the site of the test has no https
    assert desk.refused(site.url("/a"), "--into", "2025-06").exit_code == 2


def test_into_an_edition_named_by_its_file(desk: Desk) -> None:
    """The Spanish one; the article's own language is said beside its source."""
    path = desk.workspace.issues / "2025-07.es.yaml"
    desk(str(ARTICLES / "very-short.html"), "--into", str(path))
    source = yaml.safe_load(path.read_bytes())["sections"][-1]["sources"][0]
    assert source["language"] == "en"


def test_a_source_without_an_address_stands_behind_its_issue(desk: Desk) -> None:
    """Nothing else could tie them together."""
    desk(str(ARTICLES / "by-mail.eml"), "--into", "2025-05")
    found = next(one for one in read_clippings(desk.workspace)[0] if "Alto Grande" in one.title)
    assert [str(one) for one in found.issues] == ["2025-05"]


def test_a_file_shown_first_and_then_put_into_an_issue(desk: Desk) -> None:
    """Its source stands behind its section, and it is not put in a second time."""
    (desk.workspace.root / "release.txt").write_text((ARTICLES / "press-release.txt").read_text("utf-8"), "utf-8")
    desk("release.txt")
    desk("release.txt", "--into", "2025-06")
    prepared = prepare(desk.workspace, desk.workspace.issue("2025-06"), Settings())
    assert prepared.dossier
    edition = prepared.dossier.editions[0]
    line = edition.place(edition.sections[-1].path).line
    facts = [one for one in everything(prepared) if one.check == "facts-in-sources" and one.place.line > line]
    assert facts == []
    refused = desk.refused("release.txt", "--into", "2025-06")
    assert "stands in issues/2025-06.yaml already, in line " in refused.message


def test_the_same_page_again(desk: Desk, site: Site) -> None:
    """As it was: kept once. Changed: both are kept, side by side."""
    site.put("/a", PAGE)
    desk(site.url("/a"))
    first = desk.files()
    _, said = desk(site.url("/a"))
    assert "kept already" in said
    assert desk.files() == first
    site.put("/a", PAGE.replace("14 villages", "15 villages"))
    _, said = desk(site.url("/a"))
    assert "something else than when it was kept before" in said
    now = desk.files()
    assert {name: now[name] for name in first} == first
    assert [name for name in now if name not in first] == [
        "issues/clippings/2025-06-13-river-villages-win-their-case-2.txt"
    ]


def test_a_redirect_is_followed_to_where_the_page_stands(desk: Desk, site: Site) -> None:
    """The address that is kept is the one at the end, without what mailing services add on the way."""
    site.put("/a", PAGE)
    site.redirect("/go", "/a")
    desk(site.url("/go"))
    assert site.url("/a") in {one.address for one in read_clippings(desk.workspace)[0]}


def test_a_redirect_to_this_machine(desk: Desk, site: Site) -> None:
    """A sentence, exit 3, nothing written: 127.0.0.2 is not let in here, as 127.0.0.1 is not outside the tests."""
    from dataclasses import replace

    listening = replace(
        LOOPBACK,
        resolve=lambda host, _: ("127.0.0.1",) if host == "news.example.org" else (host,),
        allowed=lambda address: str(address) == "127.0.0.1",
    )
    desk.door.fetch = partial(fetch, reach=listening)
    site.redirect("/go", f"http://127.0.0.2:{site.port}/admin")
    said = desk.refused(site.url("/go"))
    assert said.exit_code == 3
    assert "not on the public web" in said.message


def test_the_real_door_opens_no_private_address(desk: Desk, site: Site) -> None:
    """As the program comes: neither loopback nor an odd port."""
    door = Door(desk.workspace.root)
    desk.door = door
    site.put("/a", PAGE)
    assert desk.refused(f"http://127.0.0.1:{site.port}/a").exit_code == 1
    assert desk.refused("http://127.0.0.1/a").exit_code == 3
    assert desk.refused("http://localhost/a").exit_code == 3
    assert desk.refused("http://169.254.169.254/latest/meta-data/").exit_code == 3
    assert desk.refused("ftp://example.org/a").exit_code == 1
    assert desk.refused("file:///etc/passwd").exit_code == 1


def test_an_address_that_never_ends(desk: Desk, site: Site) -> None:
    """A sentence, exit 3, nothing written; nobody waits for its end."""
    ended = Event()

    def drip(one: BaseHTTPRequestHandler) -> None:
        one.send_response(200)
        one.send_header("Content-Type", "text/html")
        one.end_headers()
        for _ in range(1000):
            one.wfile.write(b"<p>and")
            one.wfile.flush()
            time.sleep(0.1)
        ended.set()

    site.pages["/drip"] = drip
    assert desk.refused(site.url("/drip")).exit_code == 3
    assert not ended.is_set()
    site.put("/large", "<p>" + "x" * 200_000)
    assert desk.refused(site.url("/large")).exit_code == 3
    assert desk.refused(site.url("/none")).exit_code == 3


WALL = "<html><body><h1>Before you continue</h1><p>We use cookies. Accept all cookies to continue.</p></body></html>"


def test_pages_without_an_article(desk: Desk, site: Site) -> None:
    """A consent wall, an empty page, a picture: a sentence, exit 1, nothing written, not even with --into."""
    site.put("/wall", WALL)
    site.put("/empty", "")
    site.put("/picture", b"\x89PNG\r\n\x1a\n", Content_Type="image/png")
    for path in ("/wall", "/empty", "/picture"):
        assert desk.refused(site.url(path)).exit_code == 1
        assert desk.refused(site.url(path), "--into", "2025-06").exit_code == 1


def test_files_that_are_none(desk: Desk, tmp_path: Path) -> None:
    """A Word file, one that is not there, one that is too large, an address without its beginning."""
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 word")
    (tmp_path / "b.txt").write_bytes(b"x" * 5_000_001)
    assert desk.refused(str(tmp_path / "a.docx")).exit_code == 1
    assert desk.refused(str(tmp_path / "b.txt")).exit_code == 1
    assert desk.refused("nowhere.txt").exit_code == 2
    assert "https://www.example.org/a" in desk.refused("www.example.org/a").hint
    assert desk.refused(str(ARTICLES / "amp.html"), "--into", "1999-01").exit_code == 2


def test_an_issue_whose_end_is_no_place(desk: Desk) -> None:
    """The file stays as it is, and the source is not kept either."""
    path = desk.workspace.issues / "2025-06.yaml"
    path.write_bytes(path.read_bytes() + b"language: en\n")
    said = desk.refused(str(ARTICLES / "amp.html"), "--into", "2025-06")
    assert said.exit_code == 1
    assert "stands after the sections" in said.message
