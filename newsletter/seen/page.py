"""Rendered -> the page as a tree of elements, each with the section that it belongs to; what is for Outlook alone is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from newsletter.nouns.letter import Pieces, Rendered, Slot, SlotName

Element = Any
"""An element of lxml, which has no types of its own."""
FRAME = -1
"""In place of a section's number: the element belongs to none."""
LEAVE = "leave:"
PICTURE = "picture:"
"""What stands for the addresses that are only known when the letter leaves."""
_BREAKS = re.compile(r"[\r\n\f\v\x85\u2028\u2029]")
_NOTHING = "<html></html>"


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A page. ``elements`` are all its elements in their order, each with its section's number or FRAME."""

    root: Element
    elements: tuple[tuple[Element, int], ...]

    def all(self, *tags: str) -> Iterator[tuple[Element, int]]:
        """Every element of these kinds."""
        return (pair for pair in self.elements if pair[0].tag in tags)


def page(rendered: Rendered) -> Seen:
    """The page; read once, however many look at it."""
    return _page(rendered.html, rendered.sections)


def joined(pieces: Pieces) -> str:
    """The pieces with something in each slot: a name's fallback, and for an address what it stands for."""
    return "".join(piece if isinstance(piece, str) else _stand_in(piece) for piece in pieces)


@lru_cache(maxsize=8)
def _page(html: Pieces, sections: tuple[Pieces, ...]) -> Seen:
    text = "\n".join(_BREAKS.sub(" ", part) for part in _parts(joined(html), sections))
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace").replace(b"\0", b"") or _NOTHING.encode(), parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it
        root = None
    if root is None:
        root = etree.fromstring(_NOTHING, parser)
    return Seen(root, tuple((one, _section(one)) for one in root.iter() if isinstance(one.tag, str)))


def _parts(html: str, sections: tuple[Pieces, ...]) -> Iterator[str]:
    """The page cut where sections begin and end: each is a line of its own, by which an element finds its own."""
    at = 0
    for section in map(joined, sections):
        found = html.find(section, at) if section else -1
        begin = at if found < 0 else found
        end = begin if found < 0 else begin + len(section)
        yield html[at:begin]
        yield html[begin:end]
        at = end
    yield html[at:]


def _section(one: Element) -> int:
    line = one.sourceline or 1
    return FRAME if line % 2 else line // 2 - 1


def _stand_in(slot: Slot) -> str:
    if slot.name is SlotName.FIRST_NAME:
        return slot.fallback
    return LEAVE if slot.name is SlotName.LEAVE_URL else f"{PICTURE}{slot.picture}"


def words(element: Element) -> str:
    """What is read of an element, with single spaces between; comments are not."""
    return " ".join("".join(element.xpath("descendant-or-self::*[not(self::style)]/text()")).split())
