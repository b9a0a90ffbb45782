"""A page -> what its styles say of each element, by day and by night: the cascade of CSS, as far as letters use it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tinycss2
from cssselect import SelectorError, parse
from lxml import etree
from lxml.cssselect import CSSSelector

from newsletter.seen.page import Element, Seen

Rank = tuple[bool, bool, tuple[int, int, int], int]
"""What wins: important, on the element itself, the more specific selector, the later one."""
Styles = Mapping[Element, Mapping[str, str]]
NIGHT = "prefers-color-scheme"


@dataclass(frozen=True, slots=True)
class Rule:
    """Declarations of a style sheet for what a selector meets."""

    select: CSSSelector
    specificity: tuple[int, int, int]
    declarations: tuple[tuple[str, str, bool], ...]
    night: bool


def styles(seen: Seen, *, night: bool) -> Styles:
    """Every element's own declarations, the winning one of each property; what is inherited is not told."""
    return _styles(seen, night)


def inline(element: Element) -> Mapping[str, str]:
    """What stands in an element's own ``style``, the last of each property."""
    return {name: value for name, value, _ in _declared(element.get("style") or "")}


@lru_cache(maxsize=16)
def _styles(seen: Seen, night: bool) -> Styles:  # noqa: FBT001 - a cache's key
    best: dict[Element, dict[str, tuple[Rank, str]]] = {}
    for order, rule in enumerate(_rules(seen)):
        if rule.night and not night:
            continue
        for element in rule.select(seen.root):
            _put(best.setdefault(element, {}), rule.declarations, (False, rule.specificity, order))
    for element, _ in seen.elements:
        if given := element.get("style"):
            _put(best.setdefault(element, {}), _declared(given), (True, (0, 0, 0), 0))
    return {element: {name: value for name, (_, value) in one.items()} for element, one in best.items()}


def _put(
    best: dict[str, tuple[Rank, str]],
    declarations: Iterable[tuple[str, str, bool]],
    weight: tuple[bool, tuple[int, int, int], int],
) -> None:
    for name, value, important in declarations:
        rank = (important, *weight)
        if name not in best or rank >= best[name][0]:
            best[name] = rank, value


@lru_cache(maxsize=2048)  # the same few styles stand on hundreds of elements
def _declared(style: str) -> tuple[tuple[str, str, bool], ...]:
    found = (one for one in tinycss2.parse_blocks_contents(style) if one.type == "declaration")
    return tuple((one.lower_name, tinycss2.serialize(one.value).strip().lower(), one.important) for one in found)


def _rules(seen: Seen) -> Iterator[Rule]:
    for element, _ in seen.all("style"):
        yield from _sheet(element.text or "")


@lru_cache(maxsize=64)
def _sheet(css: str) -> tuple[Rule, ...]:
    return tuple(_in_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), night=False))


def _in_rules(nodes: Iterable[Any], *, night: bool) -> Iterator[Rule]:
    """The rules that hold on a wide screen; those for paper, for phones and for one program alone are left out."""
    for node in nodes:
        if node.type == "qualified-rule":
            declarations = _declared(tinycss2.serialize(node.content))
            for select, specificity in _selectors(tinycss2.serialize(node.prelude)):
                yield Rule(select, specificity, declarations, night)
        elif node.type == "at-rule" and node.lower_at_keyword == "media" and node.content:
            asked = tinycss2.serialize(node.prelude).lower()
            if NIGHT in asked and "dark" in asked:
                yield from _in_rules(tinycss2.parse_rule_list(node.content), night=True)


def _selectors(prelude: str) -> Iterator[tuple[CSSSelector, tuple[int, int, int]]]:
    try:
        parsed = parse(prelude)
        for one in parsed:
            yield CSSSelector(one.canonical(), translator="html"), one.specificity()
    except (SelectorError, etree.XPathError, NotImplementedError):  # one that no mail program knows either
        return
