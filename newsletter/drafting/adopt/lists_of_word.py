"""A page's tree as Word writes it -> the same with items of lists as such, their marks (``·`` ``o`` ``1.``) taken out.

Word's lists are paragraphs: ``mso-list:l0 level2 lfo1`` says how deep one stands, and its mark stands in it as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

LEVEL, NUMBER = "data-aria-level", "value"
"""Attributes of an item: how deep it stands, from 1, and its number in an ordered list."""

_LIST = re.compile(r"mso-list:\s*(l\d+)\s+level(\d)\b")
_IGNORE = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\bMsoListParagraph")
_COUNTED = re.compile(r"\(?(?:(\d{1,3})|[A-Za-z]|[ivxlcIVXLC]{1,7})[.)]")
_MARK = re.compile(r"\s*(?:[·•§▪■□\uf0a7\uf0b7o–-]|\(?\w{1,4}[.)])[\s\u00a0]*")
_WHITE = " \t\r\n\u00a0"


def as_items(root: etree._Element) -> None:
    """Turn the paragraphs that are items of Word's lists into items."""
    numbers: dict[tuple[str, int], int] = {}
    for element in root.iter("p", "div"):
        level = _LIST.search(element.get("style") or "")
        if not level and not _PARAGRAPH.search(element.get("class") or ""):
            continue
        mark = _take_mark(element)
        if not mark:
            continue
        name, depth = (level[1], int(level[2])) if level else ("", 1)
        for key in [key for key in numbers if key[0] == name and key[1] > depth]:
            del numbers[key]
        element.tag = "li"
        element.set(LEVEL, str(depth))
        if counted := _COUNTED.fullmatch(mark):
            number = int(counted[1]) if counted[1] else numbers.get((name, depth), 0) + 1
            numbers[name, depth] = number
            element.set(NUMBER, str(number))


def _take_mark(item: etree._Element) -> str:
    """The mark of an item, which no longer stands in it; "" where there is none."""
    for inner in item.iter("span"):
        if _IGNORE.search(inner.get("style") or ""):
            mark = "".join(inner.itertext()).strip(_WHITE)
            _empty(inner)
            return mark
    for holder, kind, text in _texts(item):  # where the style did not come along
        if text.strip(_WHITE):
            if not _MARK.fullmatch(text) or not _spaced(item, text):
                return ""
            setattr(holder, kind, "")
            return text.strip(_WHITE)
    return ""


def _spaced(item: etree._Element, mark: str) -> bool:
    """Whether no-break spaces stand after a mark, as Word puts them there and nobody else."""
    return "".join(item.itertext()).lstrip(_WHITE)[len(mark.strip(_WHITE)) :].startswith(("\u00a0\u00a0", " \u00a0"))


def _texts(element: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    yield element, "text", element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child)
        yield child, "tail", child.tail or ""


def _empty(element: etree._Element) -> None:
    for child in list(element):
        element.remove(child)
    element.text = ""
