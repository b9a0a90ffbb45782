"""Addresses in several languages -> the one that a reader follows; a link to a page in another language says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Self

from newsletter.languages import name, same
from newsletter.nouns.draft import Field, Kind, Source, Translated, Value, addresses
from newsletter.words import Words

_MARKED = r"~~{}~(?P<language>[A-Za-z0-9-]+)~~"
_LINK = r'(?P<tag><a\b[^<>]*\bhref="[^"<>]*){}"(?P<rest>[^<>]*>)(?P<words>.*?)(?P<end></a>)'
_TAGS = re.compile(r"<[^<>]*>")


class Address(str):
    """An address as templates see it. ``language`` is that of its page, where it is another than the reader's."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, url: str, language: str = "") -> Self:
        """An address and the language of its page."""
        made = super().__new__(cls, url)
        made.language = language
        return made

    def marked(self, key: str) -> str:
        """The address with a mark by which `say_so` finds the link that it stands in; no author can write the key."""
        return f"{self}~~{key}~{self.language}~~" if self.language else str(self)


def chosen(fields: tuple[Field, ...], values: Mapping[str, Value], language: str) -> dict[str, Value]:
    """The values of a section or a row, each address that of this language if there is one."""
    found = dict(values)
    for one in fields:
        value = values.get(one.name)
        if one.kind is Kind.URL and (there := addresses(one.name, values)):
            found[one.name] = _choose(there, "", language)
        elif one.kind is Kind.ROWS and isinstance(value, tuple):
            rows = (chosen(one.fields, row, language) for row in value if isinstance(row, Mapping))
            found[one.name] = tuple(rows)
        elif one.kind is Kind.SOURCES and isinstance(value, tuple):
            sources = (_source(source, language) for source in value if isinstance(source, Source))
            found[one.name] = tuple(sources)
    return found


def page_in(there: Translated, language: str) -> Address:
    """Of a page's addresses in several languages, the one for who reads this; empty where there is none."""
    return _choose(there.texts, "", language) if there else Address("")


def note(words: Words, language: str) -> str:
    """What stands after the words of a link whose page is in another language: ``(in Spanish)``."""
    return words.say("in_language", language=name(language, words.language))


def say_so(html: str, words: Words, key: str) -> str:
    """HTML with its links to pages in other languages: each has ``hreflang``, and says so after its words."""
    if f"~~{key}~" not in html:
        return html
    marked = _MARKED.format(re.escape(key))

    def told(link: re.Match[str]) -> str:
        said = f" {escape(note(words, link['language']))}" if _TAGS.sub("", link["words"]).strip() else ""
        return f'{link["tag"]}" hreflang="{link["language"]}"{link["rest"]}{link["words"].rstrip()}{said}{link["end"]}'

    return re.sub(marked, "", re.sub(_LINK.format(marked), told, html, flags=re.DOTALL))


def _choose(there: Mapping[str, str], plain: str, language: str) -> Address:
    """Of addresses by language, this language's, else the plain one (its page's language, if known), else another's."""
    for one, url in there.items():
        if one and same(one, language):
            return Address(url)
    one, url = ("", there[""]) if "" in there else next(iter(there.items()))
    of_page = one or plain
    return Address(url, "" if not of_page or same(of_page, language) else of_page)


def _source(source: Source, language: str) -> Source:
    there = {"": source.url, **dict(source.urls)} if source.url else dict(source.urls)
    own = source.language if source.language and not same(source.language, language) else ""
    return replace(source, url=_choose(there, source.language, language) if there else "", language=own)
