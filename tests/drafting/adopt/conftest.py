"""What the tests of adopting stand on: a page of eleven months in four forms, and a workspace to adopt it into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest
from lxml import etree

from newsletter.drafting.adopt.adopt import adopt
from newsletter.drafting.adopt.adoption import Adoption
from newsletter.drafting.adopt.keep import keep
from newsletter.drafting.adopt.open_page import open_page
from newsletter.drafting.profile import read_profile
from newsletter.workspace import Workspace
from tests.any.word import Paragraph, Text, word

DATA = Path(__file__).parent / "data"
PROFILE = """\
title: {en: Peru newsletter, es: Boletín sobre el Perú}
languages: [en, es]
countries:
  peru:
    name: {en: Peru, es: Perú}
"""

NOW = dt.datetime(2025, 7, 4, 10, tzinfo=dt.UTC)
Adopt = Callable[..., Adoption]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A newsletter about one country, in two languages, without issues."""
    (tmp_path / "news" / "issues").mkdir(parents=True)
    (tmp_path / "news" / "issues" / "newsletter.yaml").write_text(PROFILE, "utf-8")
    return Workspace((tmp_path / "news").resolve())


@pytest.fixture
def adopted(workspace: Workspace) -> Adopt:
    """Adopts bytes by their name into the workspace, as the command does."""

    def take(data: bytes | str, name: str, *, address: str = "", **said: object) -> Adoption:
        profile, problems = read_profile(workspace.profile, workspace.root)
        assert profile is not None, problems
        raw = data.encode() if isinstance(data, str) else data
        adoption = adopt(open_page(raw, name, address=address), workspace, profile, **said)  # type: ignore[arg-type]  # what a test gives by name
        keep(adoption, workspace, NOW)
        return adoption

    return take


@pytest.fixture(scope="session")
def forms() -> Mapping[str, bytes]:
    """The same page as pasted text, as a web page, as a Word document and as a mail."""
    text, html = ((DATA / f"significant-events.{one}").read_bytes() for one in ("txt", "html"))
    return {"page.txt": text, "page.html": html, "page.docx": _as_word(html), "page.eml": _as_mail(text, html)}


def _as_word(html: bytes) -> bytes:
    main = etree.fromstring(html, etree.HTMLParser(encoding="utf-8")).find(".//main")
    assert main is not None
    paragraphs: list[Paragraph] = []
    for one in main.iter("h1", "h2", "h3", "p", "li", "figure"):
        if one.tag == "figure":
            image, caption = one.find("img"), one.find("figcaption")
            assert image is not None
            assert caption is not None
            paragraphs.append(Paragraph([], "picture", image.get("alt") or ""))
            paragraphs.append(Paragraph([Text(caption.text or "")], "caption"))
        else:
            style = {"h1": "heading 1", "h2": "heading 2", "h3": "heading 3", "li": "list"}.get(str(one.tag), "")
            paragraphs.append(Paragraph(_texts(one), style))
    return word(paragraphs)


def _texts(element: etree._Element) -> list[Text]:
    texts = [Text(element.text or "")]
    for child in element:
        texts.append(Text(child.text or "", bold=child.tag == "strong", link=child.get("href") or ""))
        texts.append(Text(child.tail or ""))
    return [one for one in texts if one.words]


def _as_mail(text: bytes, html: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Ines Hartley <ines@example.org>", "ana@example.org"
    mail["Subject"], mail["Date"] = "What our newsletters told", "Tue, 15 Jul 2025 10:00:00 +0100"
    mail.set_content(text.decode(), cte="quoted-printable")
    mail.add_alternative(html.decode(), subtype="html", cte="base64")
    return bytes(mail)
