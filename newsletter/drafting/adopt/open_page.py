"""Bytes and a name -> Page, by what the bytes are and not by what they are called."""

from __future__ import annotations

import re

from newsletter.drafting.adopt.page import Page
from newsletter.drafting.adopt.read_html import read_html
from newsletter.drafting.adopt.read_mail import is_mail, read_mail
from newsletter.drafting.adopt.read_text import read_text
from newsletter.drafting.adopt.read_word import NotWord, is_word, read_word
from newsletter.drafting.decode import charset_of, decode
from newsletter.errors import ToMend

LARGEST = 50_000_000  # bytes: a mail or a Word file with its pictures
MOST = 10_000  # paragraphs: an issue has some thirty
LONGEST = 1_500_000  # characters of words: some three hundred newsletters
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|table|h[1-6]|ul)\b", re.IGNORECASE)
_HEAD = 3_000  # characters in which HTML shows itself


class TooLarge(ToMend):
    """What was named is larger than any newsletter."""

    def __init__(self, file: str, much: str) -> None:
        super().__init__(
            f"{file} is {much} long; no newsletter is. Nothing was written.",
            "Name the page itself; or split it, a year to a file.",
        )


class Empty(ToMend):
    """There are no words in what was named."""

    def __init__(self, file: str) -> None:
        super().__init__(f"There is no text in {file}. Nothing was written.", "Look whether it is the right file.")


class ConsentWall(ToMend):
    """A page that shows nothing but a question about cookies."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} holds only a question about cookies, not the page behind it. Nothing was written.",
            "Open the page in your browser, answer the question, save the page or copy its text, and name that file.",
        )


def open_page(data: bytes, file: str, *, address: str = "", content_type: str = "") -> Page:
    """Read what was named. ``address`` is where it was fetched, ``content_type`` what the server said of it.

    Raises NotText, NotWord, NoWords, TooDeep, TooLarge, Empty, ConsentWall.
    """
    if len(data) > LARGEST:
        raise TooLarge(file, f"{len(data) // 1_000_000} MB")
    page = _read(data, file, address, charset_of(content_type))
    length = sum(len(block.text) for block in page.blocks)
    if length > LONGEST:
        raise TooLarge(file, f"{length:,} characters")
    if _asks_for_consent(page):
        raise ConsentWall(file)
    if len(page.blocks) > MOST:
        raise TooLarge(file, f"{len(page.blocks):,} paragraphs")
    if not length:
        raise Empty(file)
    return page


def _read(data: bytes, file: str, address: str, charset: str) -> Page:
    if is_word(data):
        return read_word(data, file)
    if file.lower().endswith(".docx"):
        raise NotWord(file)
    if is_mail(data):
        return read_mail(data, file)
    text = decode(data, file, charset)
    if len(text) > LONGEST and not _HTML.search(text[:_HEAD]):
        raise TooLarge(file, f"{len(text):,} characters")
    if _HTML.search(text[:_HEAD]):
        return read_html(text, file, address)
    return read_text(text, file)


_ASKS = re.compile(r"\bcookies?\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SHORT = 250  # words of a page that says nothing else
_OFTEN = 2


def _asks_for_consent(page: Page) -> bool:
    """Whether a page is short and speaks of cookies more than once, or of nothing else; one that names a year tells more."""
    words = " ".join(block.text for block in page.blocks)
    banner = any("cookies" in one.what for one in page.left_out)
    number = len(words.split())
    if number >= _SHORT or _YEAR.search(words):
        return False
    return len(_ASKS.findall(words)) >= _OFTEN or (banner and number < _SHORT / 10)
