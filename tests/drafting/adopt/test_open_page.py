"""What can be named is opened, however it was saved; what cannot is refused in a sentence, and nothing is written."""

from __future__ import annotations

import codecs
import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from newsletter.drafting.adopt.adopt import NoMonth
from newsletter.drafting.adopt.open_page import ConsentWall, Empty, TooLarge, open_page
from newsletter.drafting.adopt.page import Form
from newsletter.drafting.adopt.read_mail import NoWords
from newsletter.drafting.adopt.read_word import NotWord
from newsletter.drafting.decode import NotText, decode
from newsletter.errors import ToMend
from newsletter.workspace import Workspace
from tests.any.word import PIXEL, Paragraph, Text, word
from tests.any.work import ends

from .conftest import Adopt

SPANISH = "Boletín de julio de 2025\r\n\r\nEl Congreso aprobó “la ley” – ¿y ahora?"
SAID = ["Boletín de julio de 2025", "El Congreso aprobó “la ley” – ¿y ahora?"]


@pytest.mark.parametrize(
    "raw",
    [
        SPANISH.encode(),
        codecs.BOM_UTF8 + SPANISH.encode(),
        SPANISH.encode("cp1252"),
        SPANISH.encode("utf-16"),
        codecs.BOM_UTF16_BE + SPANISH.encode("utf-16-be"),
        SPANISH.encode("utf-16-le"),
        SPANISH.replace("\r\n", "\r").encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "cp1252", "utf-16", "utf-16 big", "utf-16 bare", "old Mac"],
)
def test_texts_as_programs_save_them(raw: bytes) -> None:
    """Notepad, Word and browsers."""
    assert [block.text for block in open_page(raw, "page.txt").blocks] == SAID


def test_a_page_says_how_it_is_written() -> None:
    """Latin-1 by its own word, which means Windows-1252 on the web; a server's word comes first."""
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>El Congreso aprobó “la ley”</p></body></html>'
    assert open_page(page.encode("cp1252"), "page.html").blocks[0].text == "El Congreso aprobó “la ley”"
    greek = "<html><body><p>Αθήνα</p></body></html>".encode("iso-8859-7")
    assert open_page(greek, "page.html", content_type="text/html; charset=iso-8859-7").blocks[0].text == "Αθήνα"


def test_wrapped_lines_are_made_whole() -> None:
    """As mail programs wrap them; a list and a short line stay what they are."""
    text = (
        "July 2025\n\n"
        "Congress has backed a bill that holds two amnesties, one for those without\n"
        "a final sentence and another, called humanitarian, for people over 70 whose\n"
        "sentence is final.\n\n"
        "- a first item that goes on and on until the line is as long as it may be\n"
        "  and a little further\n"
        "- a second item\n"
    )
    blocks = open_page(text.encode(), "page.txt").blocks
    assert [block.form for block in blocks] == [Form.PARAGRAPH, Form.PARAGRAPH, Form.ITEM, Form.ITEM]
    assert blocks[1].text.endswith("whose sentence is final.")
    assert blocks[2].text.endswith("as it may be and a little further")
    assert (blocks[1].place_of(76).line, blocks[1].place_of(76).column) == (4, 2)


def test_each_line_is_a_paragraph_where_none_is_empty() -> None:
    """As some programs paste."""
    text = "July 2025\nCongress has backed a bill. It holds two amnesties, and both are wide.\nA second paragraph.\nJune 2025\nA third."
    assert len(open_page(text.encode(), "page.txt").blocks) == 5


def test_html_as_it_is_found() -> None:
    """Layout tables, line breaks, hidden words, pictures that are loaded late, relative and lost addresses, no closing tags."""
    html = """<html><head><base href="https://example.org/news/"><title>T</title></head><body><table><tr><td>
      <p>July 2025<br>A <b>bold </b>word&nbsp;and <a href="more.html">a link</a> and <a href="#top">up</a>
      <p style="display:none">unseen</p><span hidden>neither</span>
      <p><img data-src="late.jpg" src="data:image/gif;base64,R0lGOD" alt="Late"><p><a href="javascript:go()">press here</a>
      <tr><td><ul><li>one<li>two</ul></table><table><tr><td>Dead</td><td>50</td></tr></table>"""
    page = open_page(html.encode(), "page.html")
    assert [block.text for block in page.blocks] == [
        "July 2025\nA bold word\u00a0and a link and up",
        "",
        "press here",
        "one",
        "two",
        "Dead · 50",
    ]
    runs = {run.text.strip(): run for block in page.blocks for run in block.runs}
    assert runs["a link"].link == "https://example.org/news/more.html"
    assert runs["press here"].lost
    assert runs["bold"].strong
    picture = page.blocks[1].picture
    assert picture is not None
    assert (picture.source, picture.alt) == ("https://example.org/news/late.jpg", "Late")
    assert sorted(one.words for one in page.left_out) == ["neither", "unseen"]


def test_what_belongs_together_and_what_does_not(adopted: Adopt, workspace: Workspace) -> None:
    """Items of a list that is all there is, bold words, paragraphs of one matter and of two; each doubt is said."""
    text = """July 2025

- Congress has backed a bill that holds two amnesties, and that would end many cases.
- The Court has heard the case of Celia Ramos, which is the first one of its kind.

June 2025

The bill on the agency for cooperation was passed by Congress in the spring of this year.

Two forests in the north have burned for weeks, and nobody was asked whether roads may be built.

May 2025

The bill on the agency for cooperation was passed by Congress in the spring of this year.

Many organisations have criticised that new agency for cooperation, since its powers are wide.
"""
    adoption = adopted(text, "page.txt")
    sections = {str(one.name): one.sections for one in adoption.issues}
    assert sections == {"2025-07": 2, "2025-06": 2, "2025-05": 1}
    doubts = [one.message for one in adoption.problems if one.check == "unsure"]
    assert sum("each became a section of its own" in one for one in doubts) == 2
    assert sum("names nothing that the one above does" in one for one in doubts) == 1
    assert sum("Kept with the paragraph above" in one for one in doubts) == 1
    html = "<h2>July 2025</h2><p><b>The bill.</b> It was backed.</p><p>It is wide.</p><p><b>Forests:</b> they burn.</p>"
    adopted(html.replace("2025", "2024"), "page.html")
    issue = (workspace.issues / "2024-07.yaml").read_text("utf-8")
    assert [line.strip() for line in issue.split("\n") if "title:" in line] == ["title: The bill", "title: Forests"]


def test_two_line_breaks_part_paragraphs() -> None:
    """As many a page has them; a single one stays within its paragraph."""
    html = "<div><b>July 2025</b><br><br>One <i>thing</i>.<br> <br>Another,<br>in two lines.<br></div>"
    blocks = open_page(html.encode(), "page.html").blocks
    assert [block.text for block in blocks] == ["July 2025", "One thing.", "Another,\nin two lines."]


def test_consent_is_a_matter_of_rights_too(adopted: Adopt) -> None:
    """A short page on free, prior and informed consent is no wall, and a heading called so is no banner."""
    html = (
        "<main><h2>February 2024</h2><h3 id='prior-consent'>Consent</h3><p class='consent'>Without consent, free and "
        "informed consent, there is no consent.</p></main>"
    )
    adoption = adopted(html, "page.html")
    assert [str(one.name) for one in adoption.issues] == ["2024-02"]
    assert [one for one in adoption.problems if one.check == "left-out"] == []


def test_a_single_mail_is_an_issue(adopted: Adopt, workspace: Workspace) -> None:
    """Its subject and its day are the issue's; the greeting opens a letter, and a picture that came along is kept."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "ines@example.org", "ana@example.org"
    mail["Subject"], mail["Date"] = "Peru newsletter, July 2025", "Fri, 4 Jul 2025 10:00:00 +0100"
    mail["MIME-Version"] = "1.0"
    mail.set_content("Dear friends,\n\nThis is a letter.\n")
    html = '<p>Dear friends,</p><p>This is a letter.</p><h2>The bill</h2><p>It was backed.</p><img src="cid:one" alt="A vote">'
    mail.add_alternative(html, subtype="html")
    part = mail.get_body(("html",))
    assert part is not None
    part.add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<one>")
    adoption = adopted(bytes(mail), "july.eml")
    text = (workspace.issues / "2025-07.yaml").read_text("utf-8")
    assert "subject: Peru newsletter, July 2025" in text
    assert "send_on: 2025-07-04" in text
    assert "- type: letter" in text
    assert "title: The bill" in text
    assert (workspace.images / "2025-07-picture-1.png").read_bytes().startswith(b"\x89PNG")
    assert adoption.count.lost == ()


def test_heads_and_feet_of_a_document_are_said() -> None:
    """Word prints them on every page; they are no part of the text."""
    footer = '<w:ftr xmlns:w="x"><w:p><w:r><w:t>Page &amp; number</w:t></w:r></w:p></w:ftr>'
    page = open_page(word([Paragraph([Text("Words")])], extra={"word/footer1.xml": footer}), "page.docx")
    assert [(one.what, one.words) for one in page.left_out] == [("the foot of each page", "Page & number")]


def test_a_linked_picture_is_not_opened(tmp_path: Path) -> None:
    """Neither a file of this machine nor an address; the document is read all the same, and the picture is told."""
    secret = tmp_path / "secret.png"
    secret.write_bytes(PIXEL)
    for elsewhere in (secret.as_uri(), "http://127.0.0.1/secret.png", "secret.png"):
        document = word(
            [Paragraph([Text("Words")]), Paragraph([], "picture", "A vote", linked=True)], elsewhere=elsewhere
        )
        page = open_page(document, str(tmp_path / "page.docx"))
        shown = [one.picture for one in page.blocks if one.picture]
        assert [one.data for one in shown] == [b""]


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip file of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


PARAGRAPHS = [Paragraph([Text("Words")])]
LAUGHS = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>'
STRANGER = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document>&a;</w:document>'
BAD: dict[str, tuple[bytes, str, type[ToMend]]] = {
    "text called .docx": (b"July 2025\n\nWords.", "page.docx", NotWord),
    "damaged .docx": (word(PARAGRAPHS)[:300] + b"word/", "page.docx", NotWord),
    "zip without a document": (zipped({"word/other.xml": b"<a/>"}), "page.docx", NotWord),
    "document that is no XML": (word(PARAGRAPHS, extra={"word/document.xml": "<w:document"}), "page.docx", NotWord),
    "entities": (word(PARAGRAPHS, extra={"word/document.xml": LAUGHS}), "page.docx", NotWord),
    "a stranger's file": (word(PARAGRAPHS, extra={"word/styles.xml": STRANGER}), "page.docx", NotWord),
    "zip bomb": (word(PARAGRAPHS, extra={"word/document.xml": " " * 30_000_000}), "page.docx", NotWord),
    "a picture shown again and again": (
        word([Paragraph([], "picture")] * 15, picture=bytes(15_000_000)),
        "page.docx",
        NotWord,
    ),
    "another zip": (zipped({"a.txt": b"a"}), "page.zip", NotText),
    "PDF": (b"%PDF-1.7 ...", "page.pdf", NotText),
    "old Word": (b"\xd0\xcf\x11\xe0" + bytes(100), "page.doc", NotText),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "page.txt", NotText),
    "noise": (bytes(range(256)) * 40, "page.txt", NotText),
    "empty file": (b"", "page.txt", Empty),
    "white space": (b" \r\n\xc2\xa0\r\n", "page.txt", Empty),
    "empty page": (b"<!doctype html><html><body><script>x</script></body></html>", "page.html", Empty),
    "mail without words": (b"From: a@example.org\nTo: b@example.org\nSubject: x\nDate: y\n\n", "page.eml", NoWords),
    "no month": (b"Only some words about nothing in particular.", "page.txt", NoMonth),
    "a large text": (b"July 2025\n\n" + b"words and words and words\n" * 200_000, "page.txt", TooLarge),
    "consent wall": (
        (
            b"<html><body><h1>Before you continue</h1><p>We use cookies. Accept cookies or manage your cookies and consent."
            b"</p><button>Accept all</button></body></html>"
        ),
        "page.html",
        ConsentWall,
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_a_sentence(adopted: Adopt, workspace: Workspace, case: str) -> None:
    """What is wrong, that nothing was written, what to do; and nothing was."""
    raw, name, error = BAD[case]
    with pytest.raises(error) as raised:
        adopted(raw, name)
    assert name in raised.value.message
    assert raised.value.message.endswith("Nothing was written.")
    assert raised.value.hint
    assert [path.name for path in workspace.issues.iterdir()] == ["newsletter.yaml"]


def test_a_month_that_comes_twice_is_one_issue(adopted: Adopt, workspace: Workspace) -> None:
    """In the order of the page, and it is said."""
    text = "July 2025\n\nThe first piece of news of July.\n\nJune 2025\n\nSomething else.\n\nJuly 2025\n\nThe second piece of news of July.\n"
    adoption = adopted(text, "page.txt")
    assert sorted(str(one.name) for one in adoption.issues) == ["2025-06", "2025-07"]
    issue = (workspace.issues / "2025-07.yaml").read_text("utf-8")
    assert issue.index("The first piece of news of July.\n") < issue.index("The second piece of news of July.\n")
    assert any("stands on the page twice" in one.message for one in adoption.problems)


def test_a_list_of_months_on_top_makes_no_issues(adopted: Adopt) -> None:
    """A month with nothing under it is said, and made no issue of."""
    adoption = adopted("July 2025\n\nJune 2025\n\nJuly 2025\n\nWhat happened in July was this.\n", "page.txt")
    assert [str(one.name) for one in adoption.issues] == ["2025-07"]
    assert any("Nothing stands under it" in one.message for one in adoption.problems)
    assert adoption.count.lost == ()


def test_a_spanish_page_is_the_spanish_edition(adopted: Adopt, workspace: Workspace) -> None:
    """By the names of its months; lost links are told in its language."""
    text = "Hechos significativos 2025\n\nJulio\n\nEl Congreso aprobó la leyaprobada ayer. Firma la petición aquí.\n\nJunio\n\nOtra noticia del país.\n"
    adoption = adopted(text, "page.txt")
    assert sorted(path.name for path in workspace.issues.glob("20*")) == ["2025-06.es.yaml", "2025-07.es.yaml"]
    assert "significant: yes" in (workspace.issues / "2025-07.es.yaml").read_text("utf-8")
    messages = " ".join(one.message for one in adoption.problems)
    assert "“Firma la petición aquí” was a link" in messages
    assert "“leyaprobada” may be two words" in messages


def test_a_page_that_says_it_is_written_as_names_are() -> None:
    """Punycode takes hours for a page; whoever claims it is not believed."""
    with ends():
        assert decode(b"a" * 500_000 + b"-" + b"ba" * 250_000, "page.html", "punycode").startswith("aaa")
