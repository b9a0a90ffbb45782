"""Fifteen articles of different makes: title, day, place, paragraphs and voices come out right, and nothing besides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from newsletter.drafting.clip.article import ConsentWall, NotAnArticle
from newsletter.drafting.clip.understand import understand
from newsletter.drafting.clip.voices import voices
from newsletter.drafting.decode import NotText
from newsletter.errors import ToMend
from tests.any.work import ends

ARTICLES = Path(__file__).parent / "articles"
MAKES = sorted(path for path in ARTICLES.iterdir() if path.suffix != ".yaml")


@pytest.mark.parametrize("path", MAKES, ids=lambda path: path.name)
def test_every_make_of_article(path: Path) -> None:
    """What the file beside it says, and nothing more: no byline, share line, reading time, cookie or right."""
    wanted: dict[str, Any] = yaml.safe_load(path.with_suffix(".yaml").read_text("utf-8"))
    found = understand(path.read_bytes(), path.name)
    assert found.title == wanted["title"]
    assert found.publisher == wanted["publisher"]
    assert str(found.date or "") == wanted["date"]
    assert found.place == wanted["place"]
    assert found.language == wanted["language"]
    assert list(found.paragraphs) == wanted["paragraphs"]
    assert [{"text": one.text, "speaker": one.speaker} for one in voices(found.paragraphs)] == wanted["quotes"]


def test_there_are_enough_makes() -> None:
    """A page a make; a make that is taken away is missed."""
    assert len(MAKES) >= 15


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_encodings(encoding: str) -> None:
    """As the server says, as the page says, or as the bytes do."""
    html = (ARTICLES / "spanish.html").read_text("utf-8").replace('"utf-8"', f'"{encoding}"')
    data = (
        html.replace("\u2014", "-").encode(encoding, "replace") if encoding.startswith("win") else html.encode(encoding)
    )
    assert understand(data, "a page").title == "La Corte escucha el caso de las tejedoras"
    said = understand(data.replace(b"charset", b"ch"), "a page", content_type=f"text/html; charset={encoding}")
    assert "Ccopa" in said.text
    assert "«" in said.text


WALL = """<html lang="en"><head><title>Before you continue</title></head><body><h1>Before you continue</h1>
<p>We use cookies and data to deliver and maintain our services, and to show you personalised ads.</p>
<p>If you choose to accept all, we will also use cookies to develop new services.</p>
<button>Accept all</button><button>Reject all</button></body></html>"""
PAYWALL = """<html lang="en"><head><title>A long story</title></head><body><h1>A long story</h1>
<p>Subscribe to continue reading this article and get full access to all our stories.</p></body></html>"""
APP = """<html><head><title>App</title></head><body><div id="root"></div>
<noscript><p>You need to enable JavaScript to run this app.</p></noscript></body></html>"""
INDEX = """<html><head><title>News</title></head><body><ul><li><a href="/1">A dam</a></li><li><a href="/2">A court</a></li>
<li><a href="/3">Weather</a></li></ul></body></html>"""


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (WALL.encode(), ConsentWall),
        (PAYWALL.encode(), ConsentWall),
        (APP.encode(), ConsentWall),
        (INDEX.encode(), NotAnArticle),
        (b"<html></html>", NotAnArticle),
        (b"<html><body></body></html>", NotAnArticle),
        (b"", NotAnArticle),
        (b"   \n\n", NotAnArticle),
        (b"<!-- nothing -->", NotAnArticle),
        (b"\x00\x01\x02\x03" * 100, NotText),
        (b"PK\x03\x04 a word file", NotText),
        (b"%PDF-1.7", NotText),
        (b"\x89PNG\r\n", NotText),
    ],
)
def test_what_is_no_article(data: bytes, error: type[ToMend]) -> None:
    """A question about cookies or money, an empty page, a list of links, a file of another kind: one sentence."""
    with pytest.raises(error) as said:
        understand(data, "page.html")
    assert "Nothing was written" in said.value.message
    assert said.value.hint
    assert said.value.exit_code == 1


def test_a_server_that_sends_another_kind() -> None:
    """A picture's address is no article, whatever its bytes look like."""
    with pytest.raises(NotText):
        understand(b"not text to be sure", "https://example.org/a", content_type="application/octet-stream")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "deep",
        "<p>" + "x" * 4_000_000,
        "<table>" + "<tr><td>a" * 50_000,
        "<a href=x>" * 50_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script><p>x",
        "<" * 200_000,
    ],
    ids=["deep", "long", "table", "links", "brackets", "angles"],
)
def test_pages_made_to_hurt(html: str) -> None:
    """They end in a sentence."""
    with ends(), pytest.raises(ToMend):
        understand(f"<html><body>{html}</body></html>".encode(), "page.html")


def test_a_page_that_mentions_cookies_is_still_an_article() -> None:
    """An article about cookies is one."""
    html = "<html><head><title>On crumbs</title></head><body><article><h1>On crumbs</h1>" + "".join(
        f"<p>The law on cookies has changed for the {number}th time, and the sites that use them must now ask in plain "
        "words before anything is stored, says the authority that watches over such things in this country, and whoever "
        "does not ask will pay a fine which grows from year to year until the site is closed, or its owner has learnt to "
        "ask. It applies from the spring, and those who have a small site are given another year to look for an answer "
        "that suits them and their readers.</p>"
        for number in (4, 5, 6)
    )
    assert len(understand(html.encode(), "page.html").paragraphs) == 3
