"""A web page as a tree -> what it says of itself: JSON-LD, Open Graph, microdata, plain meta tags, in this order."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsletter.nouns.draft import PartialDate

_ARTICLES = re.compile(r"(?:Article|Posting|Report|PressRelease)$")
_DAY = re.compile(r"^\s*(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_TAIL = re.compile(r"\s+[-–—|·:»]\s+")
MOST_NODES = 20_000
PUBLISHED = (
    *("article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "dc.date"),
    *(
        "dc.date.issued",
        "dcterms.date",
        "dcterms.created",
        "pubdate",
        "publishdate",
        "publish-date",
        "parsely-pub-date",
    ),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of itself; "" and None where it does not."""

    title: str = ""
    publisher: str = ""
    date: PartialDate | None = None
    language: str = ""
    address: str = ""
    body: str = ""  # the article's text, where a page brings it as data


def metadata(tree: Any) -> Said:
    """What a page says of itself."""
    data = _article(tree)
    meta = _meta(tree)
    publisher = (
        _name(data.get("publisher"))
        or meta.get("og:site_name")
        or _item(tree, "publisher")
        or _name(data.get("isPartOf"))
    )
    heading = _text(data.get("headline")) or meta.get("og:title") or _item(tree, "headline") or _heading(tree)
    title, tail = _without_tail(heading, _page_title(tree), publisher)
    return Said(
        title,
        publisher or tail or meta.get("application-name", ""),
        _date(tree, data, meta),
        _language(tree, data, meta),
        _address(tree, meta),
        _text(data.get("articleBody"), lines=True),
    )


def day(written: object) -> PartialDate | None:
    """A date as machines write it, None where it is none."""
    found = _DAY.match(written) if isinstance(written, str) else None
    if not found:
        return None
    year, month, number = int(found[1]), int(found[2]), int(found[3] or 0)
    if not (1 <= month <= 12 and year and number <= calendar.monthrange(year, month)[1]):  # noqa: PLR2004 - months
        return None
    return PartialDate(year, month, number)


def _article(tree: Any) -> Mapping[str, Any]:
    """The JSON-LD of the article, among all that a page brings."""
    for script in tree.xpath('//script[contains(@type, "ld+json")]'):
        try:
            data = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            if any(
                isinstance(kind, str) and _ARTICLES.search(kind)
                for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                return node
    return {}


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping in the data, the outer before the inner."""
    waiting, seen = [data], 0
    while waiting and seen < MOST_NODES:
        one, seen = waiting.pop(0), seen + 1
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _text(value: object, *, lines: bool = False) -> str:
    """A text of the data, on one line unless its lines matter."""
    if not isinstance(value, str):
        return ""
    return value.strip() if lines else " ".join(value.split())


def _name(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name") if isinstance(value, dict) else value)


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in tree.iter("meta"):
        name = (one.get("property") or one.get("name") or one.get("itemprop") or "").strip().lower()
        content = " ".join((one.get("content") or "").split())
        if name and content and not (name == "name" and not one.get("name")):
            found.setdefault(name, content)
    return found


def _item(tree: Any, name: str) -> str:
    """What microdata says: the words of the element, or of the name inside it."""
    for one in tree.xpath(f'//*[@itemprop="{name}"]'):
        inner = one.xpath('.//*[@itemprop="name"]')
        said = inner[0] if inner else one
        words = " ".join((said.get("content") or said.text_content()).split())
        if words:
            return words
    return ""


def _heading(tree: Any) -> str:
    headings = [" ".join(one.text_content().split()) for one in tree.xpath("//h1")]
    inside = [" ".join(one.text_content().split()) for one in tree.xpath("//article//h1|//main//h1")]
    return next((one for one in [*inside, *headings] if one), "")


def _page_title(tree: Any) -> str:
    return next((" ".join(one.text_content().split()) for one in tree.xpath("//head/title")), "")


def _without_tail(heading: str, page: str, publisher: str) -> tuple[str, str]:
    """The title, and what stands after it in the page's own title: mostly the site's name."""
    for words in (heading, page):
        pieces = _TAIL.split(words)
        if len(pieces) > 1 and publisher and pieces[-1].casefold() == publisher.casefold():
            return words[: words.rindex(pieces[-1])].rstrip(" -–—|·:»"), publisher
        if words:
            break
    title = heading or page
    rest = page[len(title) :] if page.startswith(title) else ""
    tail = _TAIL.split(rest)[-1].strip() if _TAIL.match(rest) else ""
    return title, tail


def _date(tree: Any, data: Mapping[str, Any], meta: Mapping[str, str]) -> PartialDate | None:
    given = [data.get("datePublished"), *(meta.get(name) for name in PUBLISHED)]
    given += [one.get("datetime") or one.get("content") for one in tree.xpath('//*[@itemprop="datePublished"]')]
    given += tree.xpath("//time[@pubdate]/@datetime") + tree.xpath(
        "(//article//time|//main//time|//header//time)/@datetime"
    )
    return next((found for one in given if (found := day(one))), None)


def _language(tree: Any, data: Mapping[str, Any], meta: Mapping[str, str]) -> str:
    said = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    given = (said, data.get("inLanguage"), meta.get("og:locale"), meta.get("content-language"))
    for one in given:
        found = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", one.strip()) if isinstance(one, str) else None
        if found:
            return found[0].lower()
    return ""


def _address(tree: Any, meta: Mapping[str, str]) -> str:
    given = [*tree.xpath('//link[@rel="canonical"]/@href'), meta.get("og:url", "")]
    return next((one.strip() for one in given if re.match(r"https?://\S+$", one.strip())), "")
