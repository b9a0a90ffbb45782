"""Bytes that were fetched or read, and what they are called -> the article in them."""

from __future__ import annotations

import re

from newsletter.drafting.adopt.decode import NAMES_ALONE
from newsletter.drafting.clip.article import Article, ConsentWall, NotAnArticle, NotText
from newsletter.drafting.clip.page import page
from newsletter.drafting.clip.press import message, press
from newsletter.yaml_tree.text import FORBIDDEN

LARGEST = 5_000_000  # bytes
FEWEST_WORDS = 8
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HTML = re.compile(
    r"^(?:\s|\ufeff|<!--(?:(?!-->).)*-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|article|div|main|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(rb"^(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.ASCII)
_BINARY = (
    b"PK\x03\x04",
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"\x1f\x8b",
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SENTENCE = re.compile(r"[.!?…。؟][”\"'»’)]*$")


def understand(data: bytes, what: str, *, content_type: str = "", address: str = "") -> Article:
    """The article in a page, a text or an e-mail; ``what`` is how it is called when something is wrong with it.

    Raises NotAnArticle, ConsentWall, NotText.
    """
    if _is_binary(data):
        raise NotText(what)
    asks = False
    if _is_mail(data, what, content_type):
        article, asks = message(data)
    elif content_type and not content_type.startswith("text/") and "html" not in content_type:
        raise NotText(what)
    else:
        text = decoded(data, content_type)
        plain = content_type.startswith("text/plain") or not ("html" in content_type or _HTML.match(text[:5000]))
        article, asks = (press(text, address=address), False) if plain else page(text, address)
    article = _clean(article)
    if not _is_told(article):
        raise ConsentWall(what) if asks else NotAnArticle(what)
    return article


def _is_binary(data: bytes) -> bool:
    marked = any(data.startswith(mark) for mark, _ in _MARKS)
    return data.startswith(_BINARY) or (b"\0" in data[:1000] and not marked)


def decoded(data: bytes, content_type: str = "") -> str:
    """The text of a page: by its mark, by what the server says, by what the page says, as UTF-8, as Windows writes."""
    given = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    said = re.search(r"charset\s*=\s*[\"']?([\w-]+)", content_type, re.IGNORECASE)
    given += [said[1]] if said else []
    named = _CHARSET.search(data[:4096])
    given += [named[1].decode("ascii")] if named else []
    for encoding in (*(one for one in given if one.lower() not in NAMES_ALONE), "utf-8"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    return data.decode("cp1252", "replace")


def _is_mail(data: bytes, what: str, content_type: str) -> bool:
    if content_type:
        return content_type.startswith("message/rfc822")
    head = data[:4000].replace(b"\r\n", b"\n")
    found = _MAIL.match(head)
    return what.lower().endswith(".eml") or bool(
        found and re.search(rb"^(?:from|subject):", found[0], re.IGNORECASE | re.MULTILINE)
    )


def _clean(article: Article) -> Article:
    """Without characters that no YAML file may hold."""
    title, publisher, place, address = (
        " ".join(FORBIDDEN.sub(" ", text).split())
        for text in (article.title, article.publisher, article.place, article.address)
    )
    paragraphs = tuple(FORBIDDEN.sub(" ", one) for one in article.paragraphs)
    return Article(title, paragraphs, publisher, article.date, place, article.language, address)


def _is_told(article: Article) -> bool:
    """Whether something is told in whole sentences, and more than a line of it."""
    sentences = [one for one in article.paragraphs if _SENTENCE.search(one) and len(one.split()) >= FEWEST_WORDS]
    return bool(sentences) and bool(article.title)
