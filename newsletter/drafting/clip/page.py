"""A web page -> the article in it, by trafilatura, without what stands around it."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import Any

from newsletter.drafting.clip.article import Article
from newsletter.drafting.clip.chaff import is_chaff, is_consent, without_times
from newsletter.drafting.clip.dateline import dateline
from newsletter.drafting.clip.language import guess
from newsletter.drafting.clip.metadata import Said, metadata
from newsletter.nouns.draft import PartialDate
from newsletter.texts.facts import stated

BLOCKS = ("p", "quote", "item", "cell", "lb", "code")
MOSTLY = 0.9
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext")


def page(html: str, address: str = "") -> tuple[Article, bool]:
    """The article of a page, perhaps without a paragraph; and whether the page asks for consent or for money."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        tree = document_fromstring(html.encode(), parser=HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):  # empty, or nothing but comments
        return Article("", ()), False
    said = metadata(tree)
    lines = _lines(html)
    asks = any(is_consent(line) for line in [*lines, " ".join(tree.text_content().split())[:1000]])
    own = [" ".join(line.split()) for line in said.body.split("\n") if line.strip()]
    if own and _length(own) >= MOSTLY * _length(lines):  # the same text, or more of it
        lines = own
    return _article(said, lines, address), asks


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


def _lines(html: str) -> list[str]:
    """The blocks of the article, as trafilatura finds them; none where it finds nothing, or fails."""
    import trafilatura

    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what it has to say is nothing for a coordinator
    try:
        found = trafilatura.bare_extraction(
            html, include_comments=False, include_tables=False, favor_recall=True, with_metadata=False
        )
    except Exception:  # noqa: BLE001 - whatever a strange page does to it, it is a page without an article
        return []
    body = getattr(found, "body", None)
    return [] if body is None else _blocks(body)


def _blocks(body: Any) -> list[str]:
    texts = []
    for one in body.iter():
        if one.tag in BLOCKS and not any(inner.tag in BLOCKS for inner in one.iterdescendants()):
            texts.append(" ".join("".join(one.itertext()).split()))
        elif one.tag == "lb" and one.tail:
            texts.append(" ".join(one.tail.split()))
    return [text for text in texts if text]


def _article(said: Said, lines: list[str], address: str) -> Article:
    language = said.language or guess(" ".join(lines))
    kept: list[str] = []
    shown: PartialDate | None = None
    for line in lines:
        if line.casefold() == said.title.casefold() or line in kept:
            continue
        if is_chaff(line) or is_date(line, language):
            shown = shown or (None if kept else date_in(line, language))
        else:
            kept.append(line)
    article = Article(
        said.title, tuple(kept), said.publisher, said.date or shown, "", language, address or said.address
    )
    return placed(article)


def is_date(line: str, language: str) -> bool:
    """Whether a line holds a date and nothing else."""
    left = without_times(line)
    for one in stated(left, language):
        left = left.replace(one.words, " ", 1)
    return not re.search(r"[^\W\d_]{2}", left)


def date_in(line: str, language: str) -> PartialDate | None:
    """The first whole date of a line."""
    days = (one for fact in stated(line, language) for one in sorted(map(_as_day, fact.means)) if one)
    return next((PartialDate(*one) for one in days if all(one)), None)


def _as_day(means: str | tuple[int, int, int]) -> tuple[int, ...]:
    return means if isinstance(means, tuple) else ()


def placed(article: Article, *, first: bool = False) -> Article:
    """An article whose dateline, if it has one, became its place and day; ``first`` prefers that day to the other."""
    for number, paragraph in enumerate(article.paragraphs[:2]):
        found = dateline(paragraph, article.language)
        if found:
            paragraphs = (*article.paragraphs[:number], found.rest, *article.paragraphs[number + 1 :])
            day = found.date
            if day and not day.year:
                day = replace(day, year=article.date.year) if article.date else None
            date = (day or article.date) if first else (article.date or day)
            return replace(article, place=found.place, date=date, paragraphs=paragraphs)
    return article
