"""A Word document (.docx) -> Page, by way of HTML; what could harm the machine is refused first."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from io import BytesIO
from typing import Protocol

from newsletter.drafting.adopt.page import LeftOut, Page
from newsletter.drafting.adopt.read_html import read_html
from newsletter.drafting.adopt.tidy import tidied
from newsletter.errors import ToMend
from newsletter.nouns.problem import Place

MOST_PARTS = 2_000
LARGEST_PART = 20_000_000  # bytes of XML, unpacked; a book has less
LARGEST = 200_000_000  # bytes of all parts, unpacked: pictures are large
_DOCUMENT = "word/document.xml"
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(</w:p>)")
_ENTITY = re.compile("<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_STYLES = """
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
"""


class _Image(Protocol):
    """A picture as the reader of Word files hands it over."""

    def open(self) -> AbstractContextManager[BytesIO]:
        """Its bytes."""
        ...


class NotWord(ToMend):
    """A file is called .docx, or looks so, and cannot be read as one."""

    def __init__(self, file: str, why: str = "it is damaged, or something else by that name") -> None:
        super().__init__(
            f"{file} cannot be read as a Word document: {why}. Nothing was written.",
            "Open it in Word or LibreOffice and save it anew as .docx; or copy its text into a plain text file.",
        )


def is_word(data: bytes) -> bool:
    """Whether these bytes are a Word document, whole or not."""
    return data.startswith(b"PK\x03\x04") and b"word/" in data


def read_word(data: bytes, file: str) -> Page:
    """The document; its places count paragraphs. Raises NotWord."""
    around = _looked_over(data, file)
    as_html, pictures = _as_html(data, file)
    page = read_html(as_html, file, unit="paragraph", fetched=lambda source: pictures.get(source, b""))
    return replace(page, kind="Word document", title="", left_out=(*page.left_out, *around))


def _looked_over(data: bytes, file: str) -> tuple[LeftOut, ...]:
    """See that nothing unpacks without end and nothing declares entities; the words of its heads and feet."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            infos = parts.infolist()
            if _DOCUMENT not in parts.namelist():
                raise NotWord(file)
            if len(infos) > MOST_PARTS or sum(one.file_size for one in infos) > LARGEST:
                raise NotWord(file, "it unpacks into far more than a document")
            return tuple(_around(parts, infos, file))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise NotWord(file) from error


def _around(parts: zipfile.ZipFile, infos: list[zipfile.ZipInfo], file: str) -> Iterator[LeftOut]:
    for info in infos:
        if not info.filename.endswith((".xml", ".rels")):
            continue
        with parts.open(info) as part:
            raw = part.read(LARGEST_PART + 1)
        if len(raw) > LARGEST_PART:
            raise NotWord(file, "it unpacks into far more than a document")
        text = raw.decode("utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "replace")
        if _ENTITY.search(text):
            raise NotWord(file, "it declares entities, which no word processor writes")
        kind = re.fullmatch(r"word/(header|footer)\d*\.xml", info.filename)
        if kind and (words := _words(text)):
            what = "the head of each page" if kind[1] == "header" else "the foot of each page"
            yield LeftOut(Place(file), what, words)


def _words(xml: str) -> str:
    return " ".join(tidied(html.unescape("".join(text or " " for text, _ in _TEXT.findall(xml)))).split())


def _as_html(data: bytes, file: str) -> tuple[str, dict[str, bytes]]:
    import mammoth

    pictures: dict[str, bytes] = {}

    def keep(image: _Image) -> dict[str, str]:
        name = f"picture-{len(pictures) + 1}"
        room = LARGEST - sum(map(len, pictures.values()))  # one picture may be shown a thousand times
        try:
            with image.open() as stream:
                data = stream.read(room + 1)
        except (mammoth.docx.files.InvalidFileReferenceError, KeyError):  # it lies elsewhere, and is not looked for
            data = b""
        if len(data) > room:
            raise NotWord(file, "it unpacks into far more than a document")
        pictures[name] = data
        return {"src": name}

    try:
        found = mammoth.convert_to_html(
            BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(keep),
            external_file_access=False,
        )
    except NotWord:
        raise
    except Exception as error:  # whatever a broken document makes it stumble over
        raise NotWord(file) from error
    return str(found.value), pictures
