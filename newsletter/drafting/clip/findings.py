"""An article -> what one would look up in it again: its figures with what they count, and the names in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.drafting.clip.article import Article
from newsletter.texts.facts import stated
from newsletter.texts.names import everyday, meant, names

_COUNTED = re.compile(r"(?!\s*\n\s*\n)\s+([^\W\d_]{3,})")  # in the same paragraph


def figures(article: Article) -> tuple[str, ...]:
    """The numbers, dates and hours of the text, each once, with the word after it: ``156 cases``."""
    found = (one for one in stated(article.text, article.language) if not one.loose)
    said = sorted((one.offset, one.words + _after(article.text, one.offset + len(one.words))) for one in found)
    return tuple(dict.fromkeys(words for _, words in said))


def _after(text: str, at: int) -> str:
    found = _COUNTED.match(text, at)
    return f" {found[1]}" if found else ""


def named(article: Article) -> tuple[str, ...]:
    """The proper names in the text, each once, the longest form of each."""
    found = list(dict.fromkeys(_named(article)))
    return tuple(one for one in found if not any(one != other and f" {one} " in f" {other} " for other in found))


def _named(article: Article) -> Iterator[str]:
    known = everyday(article.language) if article.language else frozenset()
    for one in names(article.text, article.language or "en"):
        words = meant(one, article.language or "en")
        rest = one.words[one.words.index(words[0]) :] if words else ""
        if rest and not all(word.lower() in known for word in words):
            yield rest
