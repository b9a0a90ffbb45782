"""HTML -> Page: what a reader of the page sees as blocks of runs, and what is no content by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from lxml import etree

from newsletter.drafting.adopt.not_content import HEADINGS, SILENT, names, why_not
from newsletter.drafting.adopt.page import Block, Form, LeftOut, Page, Run, Shown
from newsletter.drafting.adopt.settle_runs import parted, settled
from newsletter.drafting.adopt.tidy import tidied
from newsletter.errors import ToMend
from newsletter.nouns.problem import Place

Fetched = Callable[[str], bytes]
"""The bytes of a picture that came with the page, by its address there; b"" where it did not come."""

_WHITE = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "li",
        "legend",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
) | frozenset(HEADINGS)
_BOLD = re.compile(r"font-weight\s*:\s*(?P<weight>bold|bolder|[6-9]00|normal|[1-5]00|lighter)", re.IGNORECASE)
_HEAVY = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_ITALIC = re.compile(r"font-style\s*:\s*(?P<style>italic|oblique|normal)", re.IGNORECASE)
_CAPTION = re.compile(r"(?:^|[-_ ])caption(?:$|[-_ ])|caption-text", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPENED = ("http", "https", "mailto", "tel")


class TooDeep(ToMend):
    """A page whose parts stand in each other without end."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} cannot be read to its end: its parts stand in each other too deep. Nothing was written.",
            "Open it in a browser, copy its text into a plain text file, and name that.",
        )


def read_html(text: str, file: str, address: str = "", *, unit: str = "line", fetched: Fetched | None = None) -> Page:
    """The page. ``address`` is where it stands on the web, if that is known. Raises TooDeep."""
    root = _parsed(text, file)
    if root is None:
        return Page(file, "web page", ())
    reading = _Reading(file, _base(root, text, address), fetched or (lambda _: b""))
    body = root.find("body")
    reading.whole(body if body is not None else root)
    blocks = reading.blocks
    if unit != "line":
        blocks = [replace(block, place=Place(file, number)) for number, block in enumerate(blocks, 1)]
    return Page(file, "web page", tuple(blocks), unit, _title(root), left_out=tuple(reading.left_out))


def _parsed(text: str, file: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise TooDeep(file)
    return root


def _base(root: etree._Element, text: str, address: str) -> str:
    """Where the page's relative addresses start from, as far as it says so itself."""
    said = [
        *root.xpath("//base/@href"),
        *root.xpath("//link[@rel='canonical']/@href"),
        *root.xpath("//meta[@property='og:url']/@content"),
        *_SAVED_FROM.findall(text[:2000]),
    ]
    own = next((str(one) for one in said if str(one).startswith(("http://", "https://"))), "")
    return address or own


def _title(root: etree._Element) -> str:
    return _WHITE.sub(" ", tidied("".join(root.xpath("string(//title)")))).strip()


class _Reading:
    """One walk over a page: runs gather until a block ends."""

    def __init__(self, file: str, base: str, fetched: Fetched) -> None:
        self.file = file
        self.base = base
        self.fetched = fetched
        self.blocks: list[Block] = []
        self.left_out: list[LeftOut] = []
        self.runs: list[Run] = []
        self.pictures: list[Shown] = []
        self.place = Place(file)
        self.form, self.level, self.number = Form.PARAGRAPH, 0, 0

    def whole(self, body: etree._Element) -> None:
        """Read the part that is the content: the page's main part, where it has one that tells of a year."""
        mains = [one for one in body.iter("main") if not why_not(one)]
        if len(mains) == 1 and _YEAR.search(_words(mains[0])):
            self.outside(body, mains[0])
            body = mains[0]
        self.walk(body, Run(""))
        self.flush()

    def outside(self, body: etree._Element, main: etree._Element) -> None:
        """Say what stands around the main part."""
        around = {main, *main.iterancestors()}
        for parent in main.iterancestors():
            for child in parent:
                if child not in around:
                    self.leave_out(child, why_not(child) or "outside the main part of the page")
            if parent is body:
                return

    def leave_out(self, element: etree._Element, what: str) -> None:
        words = _words(element)
        if words:
            self.left_out.append(LeftOut(self.place_of(element), what, words))

    def place_of(self, element: etree._Element) -> Place:
        return Place(self.file, int(element.sourceline or 1))

    def walk(self, element: etree._Element, like: Run) -> None:
        """Take an element's words as they look, then those after each element in it."""
        self.say(element.text, like)
        for child in element:
            if isinstance(child.tag, str):
                why = why_not(child)
                if why:
                    self.leave_out(child, why)
                elif child.tag not in SILENT:
                    self.take(child, like)
            self.say(child.tail, like)

    def take(self, element: etree._Element, like: Run) -> None:
        tag = str(element.tag)
        if tag == "br":
            self.runs.append(Run("\n"))
        elif tag == "img":
            self.take_picture(element)
        elif tag == "hr":
            self.flush()
            self.blocks.append(Block(Form.RULE, self.place_of(element)))
        elif tag == "tr" and _is_row(element):
            self.row(element, like)
        elif tag in _BLOCKS:
            self.block(element, like)
        else:
            self.walk(element, self.looks(element, like))

    def block(self, element: etree._Element, like: Run) -> None:
        self.flush()
        outer = self.form, self.level, self.number
        self.place = self.place_of(element)
        tag = str(element.tag)
        if tag in HEADINGS:
            self.form, self.level = Form.HEADING, HEADINGS[tag]
        elif tag == "li":
            self.form, self.number = Form.ITEM, _number(element)
        elif tag == "figcaption" or _CAPTION.search(names(element)):
            self.form = Form.CAPTION
        self.walk(element, self.looks(element, like))
        self.flush()
        self.form, self.level, self.number = outer

    def row(self, element: etree._Element, like: Run) -> None:
        """A row of a true table becomes a paragraph, a dot between its cells."""
        self.flush()
        self.place = self.place_of(element)
        for number, cell in enumerate(element):
            if number:
                self.runs.append(Run(" · "))
            self.walk(cell, like)
        self.flush()

    def looks(self, element: etree._Element, like: Run) -> Run:
        """How the words in an element look."""
        tag, style = str(element.tag), element.get("style") or ""
        strong = like.strong or tag in {"b", "strong"}
        em = like.em or tag in {"i", "em", "cite"}
        if weight := _BOLD.search(style):
            strong = weight["weight"].lower() in _HEAVY
        if slant := _ITALIC.search(style):
            em = slant["style"].lower() != "normal"
        if tag == "a" and element.get("href") is not None:
            link, lost = self.address(str(element.get("href")))
            return Run("", strong, em, link, lost)
        return replace(like, strong=strong, em=em)

    def address(self, href: str) -> tuple[str, bool]:
        """A link's whole address, and whether it is lost; neither for one within the page."""
        href = href.strip()
        if href.startswith("#") or not href:
            return "", False
        try:
            whole = urljoin(self.base, href)
            parts = urlsplit(whole)
        except ValueError:
            return "", True
        if parts.scheme.lower() not in _OPENED or (parts.scheme.startswith("http") and not parts.hostname):
            return "", True
        if parts.fragment and self.base and whole.partition("#")[0] == self.base.partition("#")[0]:
            return "", False
        return whole, False

    def take_picture(self, element: etree._Element) -> None:
        source = next((str(element.get(name)) for name in ("data-src", "src") if element.get(name)), "")
        if not source or {element.get("width"), element.get("height")} & {"0", "1", "2"}:
            return
        data = self.fetched(source)
        whole = source if data or source.startswith("data:") else urljoin(self.base, source)
        alt = element.get("alt")
        shown = Shown(whole[:2000], tidied(_WHITE.sub(" ", alt)).strip() if alt is not None else None, data)
        self.pictures.append(shown)

    def say(self, text: str | None, like: Run) -> None:
        if text:
            self.runs.append(replace(like, text=_WHITE.sub(" ", tidied(text))))

    def flush(self) -> None:
        """End the block that is being gathered; its pictures stand before it."""
        for picture in self.pictures:
            self.blocks.append(Block(Form.PICTURE, self.place, picture=picture))
        number = self.number if self.form is Form.ITEM else 0
        for runs in parted(settled(self.runs)):
            self.blocks.append(Block(self.form, self.place, runs, self.level, number))
        self.runs, self.pictures = [], []


def _words(element: etree._Element) -> str:
    """The words in an element, apart from what no one reads."""
    return " ".join(tidied(" ".join(_texts(element))).split())


def _texts(element: etree._Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    if element.tag in {"iframe", "embed"}:
        yield element.get("src") or ""


def _number(item: etree._Element) -> int:
    """The number before an item of a list, 0 where a sign stands there."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return 0
    items = [child for child in parent if child.tag == "li"]
    start = parent.get("start") or ""
    return items.index(item) + (int(start) if start.isdigit() and len(start) < 4 else 1)  # noqa: PLR2004 - a list has no thousand items


def _is_row(row: etree._Element) -> bool:
    """Whether this is a row of figures and words, not a piece of a layout made of tables."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    inner = {inner.tag for cell in cells for inner in cell.iter() if inner is not cell}
    return len(cells) > 1 and len(cells) == len(row) and not inner & (_BLOCKS | {"img", "br", "hr"})
