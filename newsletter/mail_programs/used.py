"""A finished letter -> every feature of HTML and CSS in it, each under a key such as ``property color`` or ``tag td``.

What stands in comments for Outlook alone is left out: no other program sees it, and Outlook is who it is made for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import tinycss2

_COMBINATORS = {">": "child", "+": "adjacent-sibling", "~": "general-sibling"}
_VALUED = ("display", "flex-direction", "flex-wrap", "position")
"""Properties of which each value is a feature of its own."""


def used(html: str) -> frozenset[str]:
    """Every feature of a letter."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return frozenset(reader.found)


def declarations(html: str) -> frozenset[tuple[str, str]]:
    """Every property with its value that stands on a tag of a letter or in its styles, but for paper."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return frozenset(reader.declared)


def in_styles(css: str) -> frozenset[str]:
    """Every feature of a style sheet."""
    found = set(_rules(tinycss2.parse_stylesheet(css)))
    return frozenset(found | ({"comment css"} if "/*" in css else set()))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.declared: set[tuple[str, str]] = set()
        self._in_style = False
        self._read: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag, its attributes, and where they lead."""
        self.found.add(f"tag {tag}")
        self._in_style = tag == "style"
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            self.found.add(f"attribute {name}")
            if name == "style" and value not in self._read:  # the same on every paragraph
                self._read.add(value)
                self.found.update(_declarations(tinycss2.parse_blocks_contents(value)))
                self.declared.update(_declared(tinycss2.parse_blocks_contents(value)))
            elif name == "media":
                self.found.update(_media(tinycss2.parse_component_value_list(value)))
        self.found.update(_links(given))
        if tag == "meta":
            self.found.add(f"meta {given.get('name') or given.get('http-equiv') or ' '.join(given)}")
        if tag == "img":
            self.found.update(_picture(given.get("src", "")))

    def handle_endtag(self, tag: str) -> None:
        """Styles end."""
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        """Styles are read, words are not."""
        if self._in_style:
            self.found.update(in_styles(data))
            self.declared.update(_declared_in(tinycss2.parse_stylesheet(data)))

    def handle_decl(self, decl: str) -> None:
        """The doctype."""
        self.found.add(f"declaration {decl.lower()}")

    def handle_comment(self, data: str) -> None:
        """A comment as such; what it holds is for Outlook."""
        del data
        self.found.add("comment html")


def _links(given: dict[str, str]) -> Iterator[str]:
    href = given.get("href", "")
    if href.startswith("#"):
        yield "link anchor"
    elif href:
        yield f"link {href.partition(':')[0]}"


def _picture(src: str) -> Iterator[str]:
    """Its kind; one that is embedded for a test stands for a file."""
    if found := re.match(r"data:image/(\w+)", src) or re.search(r"\.(\w+)$", src):
        yield f"picture {found[1].lower().replace('jpeg', 'jpg')}"


def _rules(nodes: Iterable[Any]) -> Iterator[str]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield from _selectors(node.prelude)
            yield from _declarations(tinycss2.parse_blocks_contents(node.content))
        elif node.type == "at-rule":
            yield from _at_rule(node)
        elif node.type == "error":
            raise ValueError(f"styles of a letter that cannot be read: {node.message}")


def _at_rule(node: Any) -> Iterator[str]:
    """Of what is for paper nothing more is told: no program shows it."""
    yield f"at {node.lower_at_keyword}"
    media = set(_media(node.prelude)) if node.lower_at_keyword == "media" else set()
    yield from media
    if node.content and media != {"media print"}:
        yield from _rules(tinycss2.parse_rule_list(node.content))


def _media(prelude: Iterable[Any]) -> Iterator[str]:
    for token in prelude:
        if token.type == "() block":
            yield f"media {next(one.lower_value for one in token.content if one.type == 'ident')}"
        elif token.type == "ident" and token.lower_value not in ("and", "only"):
            yield f"media {token.lower_value}"


def _selectors(prelude: Iterable[Any]) -> Iterator[str]:
    """Each simple selector, and how it is joined to the one before it."""
    begun = space = False  # whether one stands before this, and whether with a space between
    before: Any = None
    for part in prelude:
        joint = _COMBINATORS.get(part.value) if part.type == "literal" else None
        if part == ",":
            yield "selector grouping"
        elif joint:
            yield f"selector {joint}"
        elif part.type != "whitespace" and before not in (".", ":"):
            yield from ["selector descendant" if space else "selector chaining"] if begun and part != ":" else []
        yield from _selector(part, before)
        space = part.type == "whitespace" and begun
        begun = part != "," and not joint and (begun or part.type != "whitespace")
        before = part


def _selector(part: Any, before: Any) -> Iterator[str]:
    if part == ".":
        yield "selector class"
    elif part == "*":
        yield "selector universal"
    elif part.type == "hash":
        yield "selector id"
    elif part.type == "[] block":
        yield "selector attribute"
    elif before == ":" and part.type in ("ident", "function"):
        yield f"pseudo {part.lower_value if part.type == 'ident' else part.lower_name}"
    elif part.type == "ident" and before != ".":
        yield "selector type"


def _declarations(nodes: Iterable[Any]) -> Iterator[str]:
    for node in nodes:
        if node.type == "declaration":
            name = node.lower_name
            yield f"property {name}"
            value = tinycss2.serialize(node.value).strip().lower()
            if name in _VALUED:
                yield f"value {name}: {value}"
            if node.important:
                yield "important"
            yield from _values(node.value)
        elif node.type == "error":
            raise ValueError(f"a style of a letter that cannot be read: {node.message}")


def _declared(nodes: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.type == "declaration":
            yield node.lower_name, tinycss2.serialize(node.value).strip().lower()


def _declared_in(nodes: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield from _declared(tinycss2.parse_blocks_contents(node.content))
        elif node.type == "at-rule" and node.content and "media print" not in set(_at_rule(node)):
            yield from _declared_in(tinycss2.parse_rule_list(node.content))


def _values(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "dimension":
            yield f"unit {token.lower_unit}"
        elif token.type == "percentage":
            yield "unit %"
        elif token.type == "function":
            yield f"function {token.lower_name}"
            yield from _values(token.arguments)
        elif token.type == "url":
            yield "function url"
        elif token.type == "ident" and token.lower_value in ("initial", "inherit", "unset"):
            yield f"unit {token.lower_value}"
