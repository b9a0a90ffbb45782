"""Bytes as browsers, Notepad and Word save them -> text; what is no text is refused in a sentence."""

from __future__ import annotations

import codecs
import re

from newsletter.errors import ToMend

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AS_TEXT = "Open it, copy its text into a plain text file (.txt), and name that."
_BY_HAND = "Type its words into a plain text file (.txt), and name that."
_KINDS = (
    (b"%PDF", "a PDF", _AS_TEXT),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)", _AS_TEXT),
    (b"{\\rtf", "a rich-text (RTF) file", _AS_TEXT),
    (b"\x89PNG", "a picture", _BY_HAND),
    (b"\xff\xd8\xff", "a picture", _BY_HAND),
    (b"GIF8", "a picture", _BY_HAND),
    (b"RIFF", "a picture, a film or a sound", _BY_HAND),
    (b"PK\x03\x04", "a packed file (zip, .docx), which is not read here", _AS_TEXT),
    (b"\x1f\x8b", "a packed file (gz)", _AS_TEXT),
)
NAMES_ALONE = ("punycode", "idna")
"""Ways to write the name of a site, which take hours for a page: no page is written so."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]+encoding=["']([\w-]+)""", re.IGNORECASE)
_HEAD = 4000  # bytes in which a page says how it is written
_FEW = 0.002  # of a text may be controls that slipped in; more, and it is no text


class NotText(ToMend):
    """What was named is neither a page nor a text."""

    def __init__(self, file: str, what: str = "no text", hint: str = "") -> None:
        super().__init__(
            f"{file} is {what}. Nothing was written.",
            hint or "Save it as a web page (.html) or as plain text (.txt), and name that file.",
        )


def charset_of(content_type: str) -> str:
    """What a server says of how a text is written (RFC 9110, 8.3); "" where it says nothing."""
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def decode(data: bytes, file: str, charset: str = "") -> str:
    """Read bytes as text; ``charset`` is what a server or a mail said of them. Raises NotText."""
    for start, what, hint in _KINDS:
        if data.startswith(start):
            raise NotText(file, what, hint)
    text = _text(data, charset).removeprefix("\ufeff")
    if len(_CONTROLS.findall(text)) > len(text) * _FEW:
        raise NotText(file)
    return _CONTROLS.sub("", text)


def _text(data: bytes, charset: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if encoding := _without_mark(data):
        return data.decode(encoding, "replace")
    found = _DECLARED.search(data[:_HEAD])
    declared = (found[1] or found[2]).decode("ascii") if found else ""
    for encoding in ("utf-8", charset, declared, "cp1252"):
        if (text := _tried(data, _usual(encoding))) is not None:
            return text
    return data.decode("latin-1")  # which knows a character for each byte


def _usual(encoding: str) -> str:
    """What is called ISO 8859-1 is Windows-1252 on the web (WHATWG, Encoding)."""
    return "cp1252" if encoding.lower() in {"iso-8859-1", "latin-1", "latin1", "us-ascii"} else encoding


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding) if encoding and encoding.lower() not in NAMES_ALONE else None
    except (UnicodeDecodeError, LookupError):
        return None


def _without_mark(data: bytes) -> str:
    """UTF-16 that does not say so: every other byte of Latin text is then NUL."""
    head = data[:400]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 3 or min(even, odd) > len(head) // 20 or len(head) < 4:  # noqa: PLR2004 - two characters tell nothing
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"
