"""Bytes that were fetched or read, and what they are called -> the article in them."""

from __future__ import annotations

import re

from newsletter.drafting.adopt.read_mail import is_mail
from newsletter.drafting.clip.article import Article, ConsentWall, NotAnArticle
from newsletter.drafting.clip.page import page
from newsletter.drafting.clip.press import message, press
from newsletter.drafting.decode import NotText, charset_of, decode
from newsletter.yaml_tree.text import FORBIDDEN

LARGEST = 5_000_000  # bytes
FEWEST_WORDS = 8
_HTML = re.compile(
    r"^(?:\s|\ufeff|<!--(?:(?!-->).)*-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|article|div|main|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE = re.compile(r"[.!?…。؟][”\"'»’)]*$")


def understand(data: bytes, what: str, *, content_type: str = "", address: str = "") -> Article:
    """The article in a page, a text or an e-mail; ``what`` is how it is called when something is wrong with it.

    Raises NotAnArticle, ConsentWall, NotText.
    """
    asks = False
    if _is_mail(data, what, content_type):
        article, asks = message(data)
    elif content_type and not content_type.startswith("text/") and "html" not in content_type:
        raise NotText(what)
    else:
        text = decode(data, what, charset_of(content_type))
        plain = content_type.startswith("text/plain") or not ("html" in content_type or _HTML.match(text[:5000]))
        article, asks = (press(text, address=address), False) if plain else page(text, address)
    article = _clean(article)
    if not _is_told(article):
        raise ConsentWall(what) if asks else NotAnArticle(what)
    return article


def _is_mail(data: bytes, what: str, content_type: str) -> bool:
    if content_type:
        return content_type.startswith("message/rfc822")
    return what.lower().endswith(".eml") or is_mail(data)


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
