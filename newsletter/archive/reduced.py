"""A public page's HTML -> the same words, links and lists without its looks, for the editor of somebody's website."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

LEFT_OUT = frozenset(("nav", "script", "style", "footer", "svg", "form", "header", "link", "meta"))
INLINE = frozenset(("a", "strong", "b", "em", "i", "br", "sub", "sup"))
BLOCKS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "blockquote", "hr"))
TABLES = frozenset(("table", "caption", "thead", "tbody", "tr", "th", "td"))
KEPT = INLINE | BLOCKS | TABLES
AS_PARAGRAPH = frozenset(("figcaption", "dt", "dd", "address", "cite"))
_HOLDERS = frozenset(("ul", "ol", "table", "thead", "tbody", "tr"))
_BREAK_BEFORE = BLOCKS | TABLES | AS_PARAGRAPH


@dataclass(frozen=True, slots=True)
class Reduced:
    """The words twice: with their headings, links and lists, and plain."""

    html: str
    text: str


def reduced(page: bytes, address: str = "") -> Reduced:
    """The heading and the main part of a page. ``address`` is where it stands on the web.

    Without one, pictures and links that lead to other pages of the site are left out: nobody could follow them.
    """
    whole = lxml_html.document_fromstring(page)
    body = etree.Element("div")
    heading = next(iter(whole.iter("h1")), None)
    main = next(iter(whole.iter("main")), whole)
    if heading is not None and heading not in main.iter("h1"):
        _add(body, heading, address)
    for child in main:
        _add(body, child, address)
    _tidy(body)
    parts = (etree.tostring(one, encoding="unicode", method="html") for one in body)
    return Reduced("\n".join(part.strip() for part in parts), "\n\n".join(_paragraphs(body)))


def _add(parent: etree._Element, node: etree._Element, address: str) -> None:
    """Put a node and what is in it below a parent, without what only looks."""
    tag = node.tag if isinstance(node.tag, str) else ""
    if not tag or tag in LEFT_OUT or node.get("hidden") is not None or node.get("aria-hidden") == "true":
        _text(parent, node.tail)
        return
    if tag == "img":
        _picture(parent, node, address)
    elif tag in KEPT or tag in AS_PARAGRAPH:
        _kept(parent, node, "p" if tag in AS_PARAGRAPH else tag, address)
    else:
        _text(parent, node.text)
        for child in node:
            _add(parent, child, address)
    _text(parent, node.tail)


def _kept(parent: etree._Element, node: etree._Element, tag: str, address: str) -> None:
    href = _address(node.get("href", ""), address) if tag == "a" else ""
    inner = parent if tag == "a" and not href else etree.SubElement(parent, tag)
    if href:
        inner.set("href", href)
    if inner is not parent and node.get("lang"):
        inner.set("lang", node.get("lang", ""))
    _text(inner, node.text)
    for child in node:
        _add(inner, child, address)


def _picture(parent: etree._Element, node: etree._Element, address: str) -> None:
    source = _address(node.get("src", ""), address)
    if source:
        etree.SubElement(parent, "img", {"src": source, "alt": node.get("alt", "")})


def _address(link: str, address: str) -> str:
    """Where a link leads from anywhere; "" where nobody could follow it."""
    if link.startswith(("https://", "http://", "mailto:")):
        return link
    if not address or link.startswith("#") or ":" in link.partition("/")[0]:
        return ""
    return urljoin(address, link).removesuffix("index.html")


def _text(parent: etree._Element, words: str | None) -> None:
    if not words:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def _tidy(body: etree._Element) -> None:
    """Words that stood in no paragraph get one; what is empty goes."""
    for words, at in [(body.text, 0), *((one.tail, number + 1) for number, one in enumerate(body))][::-1]:
        if words and words.strip():
            loose = etree.Element("p")
            loose.text = words.strip()
            body.insert(at, loose)
    body.text = None
    for one in body:
        one.tail = None
    for one in list(body.iter()):
        above = one.getparent()
        if (
            above is not None
            and one.tag not in ("br", "hr", "img", "td", "th")
            and not len(one)
            and not (one.text or "").strip()
        ):
            _text_before(one)
            above.remove(one)


def _text_before(one: etree._Element) -> None:
    """Keep what follows an element that is taken away."""
    above, before = one.getparent(), one.getprevious()
    if above is None or not one.tail:
        return
    if before is None:
        above.text = (above.text or "") + one.tail
    else:
        before.tail = (before.tail or "") + one.tail


def _paragraphs(body: etree._Element) -> Iterator[str]:
    for block in body:
        if block.tag in _HOLDERS:
            lines = [f"- {_plain(one)}" if block.tag in ("ul", "ol") else _plain(one) for one in _rows(block)]
            yield "\n".join(line for line in lines if line.strip(" -"))
        elif words := _plain(block):
            yield words


def _rows(block: etree._Element) -> Iterator[etree._Element]:
    yield from block.iter("li" if block.tag in ("ul", "ol") else "tr")


def _plain(one: etree._Element) -> str:
    """The words of an element in one line, each address after what leads to it."""
    found: list[str] = [one.text or ""]
    for child in one:
        words = " " if child.tag == "br" else _plain(child)
        href = child.get("href", "") if child.tag == "a" else ""
        found.append(f"{words} ({href})" if href and href.removeprefix("mailto:") != words else words)
        found.append(f" {child.tail or ''}" if child.tag in _BREAK_BEFORE else child.tail or "")
    return " ".join("".join(found).split())
