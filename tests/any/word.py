"""A page -> a Word document written by hand, as LibreOffice and Word lay theirs out: parts, styles, relations, pictures."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
"""A PNG of one pixel."""

_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
<Override PartName="/word/numbering.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>
</Types>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{one.replace(" ", "")}"><w:name w:val="{one}"/></w:style>'
    for one in ("heading 1", "heading 2", "heading 3", "caption", "Text body")
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)


@dataclass(frozen=True)
class Text:
    """Words of a paragraph: bold, or a link, or neither."""

    words: str
    bold: bool = False
    link: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in a style: ``heading 2``, ``caption``, ``list``, ``picture``, or "" for body text.

    ``linked`` says that its picture lies somewhere else, and the document holds the address alone.
    """

    texts: Sequence[Text]
    style: str = ""
    alt: str = ""
    linked: bool = False


def word(
    paragraphs: Sequence[Paragraph],
    *,
    extra: dict[str, str] | None = None,
    picture: bytes = PIXEL,
    elsewhere: str = "https://www.example.org/picture.png",
) -> bytes:
    """The bytes of a .docx; ``extra`` are further parts, or others in place of these.

    ``picture`` is the one that it holds, ``elsewhere`` the address of the one that it does not hold.
    """
    links: list[str] = []
    body = "".join(_paragraph(one, links) for one in paragraphs)
    relations = "".join(
        f'<Relationship Id="link{number}" Type="{_OFFICE}/hyperlink" Target="{escape(link)}" TargetMode="External"/>'
        for number, link in enumerate(links)
    )
    relations += f'<Relationship Id="styles" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    relations += f'<Relationship Id="numbering" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
    relations += f'<Relationship Id="pixel" Type="{_OFFICE}/image" Target="media/image1.png"/>'
    relations += f'<Relationship Id="far" Type="{_OFFICE}/image" Target="{elsewhere}" TargetMode="External"/>'
    start = f'<Relationship Id="one" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}">{start}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{_MAIN}">{_STYLES}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{_MAIN}">{_NUMBERING}</w:numbering>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>',
        **(extra or {}),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
        package.writestr("word/media/image1.png", picture)
    return out.getvalue()


def _paragraph(one: Paragraph, links: list[str]) -> str:
    style = f'<w:pStyle w:val="{one.style.replace(" ", "")}"/>' if one.style and one.style != "list" else ""
    if one.style == "list":
        style = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    inside = _drawing(one) if one.style == "picture" else "".join(_text(text, links) for text in one.texts)
    return f"<w:p><w:pPr>{style}</w:pPr>{inside}</w:p>"


def _text(text: Text, links: list[str]) -> str:
    """Words as Word cuts them: into runs that break in the middle of words, where the cursor once stood."""
    half = len(text.words) // 2
    looks = "<w:rPr><w:b/></w:rPr>" if text.bold else "<w:rPr/>"
    runs = "".join(
        f'<w:r>{looks}<w:t xml:space="preserve">{escape(part, quote=False)}</w:t></w:r>'
        for part in (text.words[:half], text.words[half:])
        if part
    )
    if not text.link:
        return runs
    links.append(text.link)
    return f'<w:hyperlink r:id="link{len(links) - 1}">{runs}</w:hyperlink>'


def _drawing(one: Paragraph) -> str:
    where = 'r:link="far"' if one.linked else 'r:embed="pixel"'
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{drawing}/wordprocessingDrawing"><wp:docPr id="1" name="1" '
        f'descr="{escape(one.alt)}"/><a:graphic xmlns:a="{drawing}/main"><a:graphicData uri="{drawing}/picture">'
        f'<pic:pic xmlns:pic="{drawing}/picture"><pic:blipFill><a:blip {where}/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
