"""HTML -> Page: what a reader of the page sees as blocks of runs, and what is no content by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from lxml import etree

from newsletter.drafting.adopt.copied import has_lines, is_quotation, sign_of, why_not_copied
from newsletter.drafting.adopt.lists_of_word import LEVEL, NUMBER, as_items
from newsletter.drafting.adopt.not_content import BLOCKS, HEADINGS, SILENT, names, why_not
from newsletter.drafting.adopt.page import Block, Form, LeftOut, Page, Run, Shown
from newsletter.drafting.adopt.settle_runs import parted, settled
from newsletter.drafting.adopt.tidy import tidied
from newsletter.errors import ToMend
from newsletter.nouns.problem import Place

Fetched = Callable[[str], bytes]
"""The bytes of a picture that came with the page, by its address there; b"" where it did not come."""

_WHITE = re.compile(r"[ \t\r\n\f]+")
_BOLD = re.compile(r"(?<![\w-])font-weight\s*:\s*(?P<weight>bold|bolder|[6-9]00|normal|[1-5]00|lighter)", re.IGNORECASE)
_HEAVY = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_ITALIC = re.compile(r"(?<![\w-])font-style\s*:\s*(?P<style>italic|oblique|normal)", re.IGNORECASE)
_CAPTION = re.compile(r"(?:^|[-_ ])caption(?:$|[-_ ])|caption-text", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPACES = re.compile(r"white-space(?:-collapse)?\s*:\s*([\w-]+)", re.IGNORECASE)
_TYPED_ENDS = re.compile("\r\n?|[\n\u2028]")
_ABOVE_NOTES = "33%"  # Word's line above its footnotes
_LONGEST_NUMBER = 3  # digits: a list has no thousand items
_OPENED = ("http", "https", "mailto", "tel")


class TooDeep(ToMend):
    """A page whose parts stand in each other without end."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} cannot be read to its end: its parts stand in each other too deep. Nothing was written.",
            "Open it in a browser, copy its text into a plain text file, and name that.",
        )


def read_html(
    text: str, file: str, address: str = "", *, unit: str = "line", fetched: Fetched | None = None, copied: bool = False
) -> Page:
    """The page. ``address`` is where it stands on the web, if that is known. Raises TooDeep.

    Of what was ``copied`` by hand all is content but what a clipboard adds, and boxes may be lines.
    """
    root = _parsed(text, file)
    if root is None:
        return Page(file, "web page", ())
    as_items(root)
    reading = _Reading(file, _base(root, text, address), fetched or (lambda _: b""), copied=copied)
    body = root.find("body")
    reading.whole(body if body is not None else root)
    blocks = reading.blocks
    if unit != "line":
        blocks = [replace(block, place=Place(file, number)) for number, block in enumerate(blocks, 1)]
    left_out, tables = tuple(reading.left_out), len(reading.tables)
    return Page(file, "web page", tuple(blocks), unit, _title(root), left_out=left_out, tables=tables)


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

    def __init__(self, file: str, base: str, fetched: Fetched, *, copied: bool) -> None:
        self.file = file
        self.base = base
        self.fetched = fetched
        self.blocks: list[Block] = []
        self.left_out: list[LeftOut] = []
        self.runs: list[Run] = []
        self.pictures: list[Shown] = []
        self.place = Place(file)
        self.form, self.level, self.number = Form.PARAGRAPH, 0, 0
        self.depth, self.quoted, self.begun = 0, 0, False
        self.in_row = self.as_typed = False
        self.tables: set[etree._Element] = set()
        self.copied, self.why_not = copied, why_not_copied if copied else why_not
        self.lines: dict[etree._Element, bool] = {}
        self.counts: dict[etree._Element, int] = {}

    def whole(self, body: etree._Element) -> None:
        """Read the part that is the content: the page's main part, where it has one that tells of a year."""
        mains = [one for one in body.iter("main") if not why_not(one)]
        if len(mains) == 1 and not self.copied and _YEAR.search(_words(mains[0])):
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
        outer = self.as_typed
        if spaces := _SPACES.search(element.get("style") or ""):
            self.as_typed = self.copied and spaces[1].lower() in {"pre", "pre-wrap", "pre-line", "break-spaces"}
        elif element.tag == "pre":
            self.as_typed = self.copied
        self.say(element.text, like)
        for child in element:
            if isinstance(child.tag, str):
                why = self.why_not(child)
                if why:
                    self.leave_out(child, why)
                elif child.tag not in SILENT:
                    self.take(child, like)
            self.say(child.tail, like)
        self.as_typed = outer

    def take(self, element: etree._Element, like: Run) -> None:
        tag = str(element.tag)
        if tag == "br":
            self.runs.append(Run(" " if self.in_row else "\n"))
        elif tag == "img":
            self.take_picture(element, like)
        elif tag == "hr":
            self.flush()
            if not self.copied or element.get("width") != _ABOVE_NOTES:
                self.blocks.append(Block(Form.RULE, self.place_of(element), quoted=self.quoted))
        elif self.in_row or tag not in BLOCKS:
            self.walk(element, self.looks(element, like))
        elif tag == "tr" and (_is_row(element) or (self.copied and _is_copied_row(element))):
            self.row(element, like)
        elif tag == "div" and self.is_line(element):
            self.line_ends()
            self.walk(element, self.looks(element, like))
            self.line_ends()
        else:
            self.block(element, like)

    def block(self, element: etree._Element, like: Run) -> None:
        self.flush()
        outer = self.form, self.level, self.number, self.depth, self.quoted
        begun = self.begun
        self.place = self.place_of(element)
        tag = str(element.tag)
        if rank := HEADINGS.get(tag) or _spoken_rank(element):
            self.form, self.level = Form.HEADING, rank
        elif tag in {"ul", "ol"}:
            self.depth += 1
        elif tag == "li":
            self.form, self.number, self.begun = Form.ITEM, self.number_of(element), False
            said = element.get(LEVEL) or element.get("aria-level") or ""
            self.depth = max(self.depth, int(said) if said.isdecimal() and len(said) == 1 else 1)
        elif tag == "figcaption" or _CAPTION.search(names(element)):
            self.form = Form.CAPTION
        self.quoted += is_quotation(element)
        self.walk(element, self.looks(element, like))
        self.flush()
        self.form, self.level, self.number, self.depth, self.quoted = outer
        if tag == "li":
            self.begun = begun or outer[0] is Form.ITEM

    def number_of(self, item: etree._Element) -> int:
        """The number before an item of a list, 0 where a sign stands there."""
        parent, said = item.getparent(), item.get(NUMBER) or ""
        number = int(said) if said.isdecimal() and len(said) <= _LONGEST_NUMBER else 0
        if parent is None or parent.tag != "ol":
            return number
        start = parent.get("start") or ""
        before = int(start) - 1 if start.isdecimal() and len(start) <= _LONGEST_NUMBER else 0
        self.counts[parent] = number or self.counts.get(parent, before) + 1
        return self.counts[parent]

    def is_line(self, box: etree._Element) -> bool:
        """Whether a box among what was copied is a line of a paragraph."""
        parent = box.getparent()
        if not self.copied or parent is None or any(inner.tag in BLOCKS for inner in box.iter() if inner is not box):
            return False
        if parent not in self.lines:
            self.lines[parent] = has_lines(parent)
        return self.lines[parent]

    def line_ends(self) -> None:
        while self.runs and self.runs[-1].text == " ":
            self.runs.pop()
        if self.runs and not self.runs[-1].text.endswith("\n"):
            self.runs.append(Run("\n"))

    def row(self, element: etree._Element, like: Run) -> None:
        """A row of a true table becomes a paragraph, a dot between its cells; where it was copied, a line of one."""
        if self.copied:
            self.line_ends()
        else:
            self.flush()
        self.place = self.place_of(element)
        self.in_row, before = True, len(self.runs)
        for cell in element:
            start = len(self.runs)
            self.walk(cell, self.looks(cell, like))
            said = any(run.text.strip() for run in self.runs[start:])
            if start > before and (said or not self.copied):
                self.runs.insert(start, Run(" · "))
            elif self.copied and not said:
                del self.runs[start:]
        self.in_row = False
        if self.copied:
            self.line_ends()
            self.tables.add(next(element.iterancestors("table"), element))
        else:
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

    def take_picture(self, element: etree._Element, like: Run) -> None:
        if self.copied and (sign := sign_of(element)):
            self.say(sign, like)
            return
        source = next((str(element.get(name)) for name in ("data-src", "src") if element.get(name)), "")
        if not source or {element.get("width"), element.get("height")} & {"0", "1", "2"}:
            return
        data = self.fetched(source)
        whole = source if data or source.startswith("data:") else urljoin(self.base, source)
        alt = element.get("alt")
        shown = Shown(whole[:2000], tidied(_WHITE.sub(" ", alt)).strip() if alt is not None else None, data)
        self.pictures.append(shown)

    def say(self, text: str | None, like: Run) -> None:
        if not text:
            return
        lines = _TYPED_ENDS.split(text) if self.as_typed else text.split("\u2028")  # Apple's line break
        for number, line in enumerate(lines):
            if number:
                self.runs.append(Run("\n"))
            self.runs.append(replace(like, text=_WHITE.sub(" ", tidied(line))))

    def flush(self) -> None:
        """End the block that is being gathered; its pictures stand before it."""
        for picture in self.pictures:
            self.blocks.append(Block(Form.PICTURE, self.place, picture=picture))
        number = self.number if self.form is Form.ITEM else 0
        for runs in parted(settled(self.runs)):
            goes_on = self.form is Form.ITEM and self.copied and self.begun
            self.blocks.append(
                Block(
                    self.form,
                    self.place,
                    runs,
                    self.level,
                    number,
                    depth=self.depth if self.form is Form.ITEM else 0,
                    goes_on=goes_on,
                    quoted=self.quoted,
                )
            )
            self.begun = True
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


def _spoken_rank(element: etree._Element) -> int:
    """The rank of a heading that is one for who listens only, as Word on the web writes it; 0 where it is none."""
    rank = element.get("aria-level") or ""
    return int(rank) if element.get("role") == "heading" and rank.isdecimal() and len(rank) == 1 else 0


def _is_row(row: etree._Element) -> bool:
    """Whether this is a row of figures and words, not a piece of a layout made of tables."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    inner = {inner.tag for cell in cells for inner in cell.iter() if inner is not cell}
    return len(cells) > 1 and len(cells) == len(row) and not inner & (BLOCKS | {"img", "br", "hr"})


def _is_copied_row(row: etree._Element) -> bool:
    """Whether each cell holds a paragraph at the most, as word processors write tables."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    boxes = [[inner.tag for inner in cell.iter() if inner is not cell and inner.tag in BLOCKS] for cell in cells]
    return len(cells) > 1 and len(cells) == len(row) and all(one in ([], ["p"], ["div"]) for one in boxes)
