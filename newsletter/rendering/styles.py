"""The styles of a letter's head and the classes its body wears -> those that something in it meets, written short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tinycss2 import parse_blocks_contents, parse_stylesheet
from tinycss2.ast import AtRule, Declaration, LiteralToken, Node, QualifiedRule

_WORN = re.compile(r'\sclass="([^"]*)"')
_CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
_JOINT = re.compile(r"\[[^\]]*\]|\([^)]*\)| ?([>+~]) ?")
_FROM_OUTSIDE = {"moz-text-html"}  # Thunderbird puts a letter into an element of this class
_HOLDS_RULES = {"media", "supports"}


@dataclass(frozen=True, slots=True)
class _Rule:
    """Selectors, each with the classes it asks for, and what holds for them."""

    selectors: tuple[tuple[str, frozenset[str]], ...]
    declarations: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Rules that hold under a condition, or a rule of another kind (``@font-face``), which is kept as it is."""

    head: str
    rules: tuple[_Rule | _Group, ...] | None
    content: str = ""


def worn(html: str) -> frozenset[str]:
    """The classes that any element of a page has."""
    return frozenset(name for found in set(_WORN.findall(html)) for name in found.split()) | _FROM_OUTSIDE


def needed(css: str, classes: frozenset[str]) -> str:
    """A style sheet without the selectors that ask for a class which nothing wears.

    A letter carries the rules of its own sections and no others: Gmail cuts off what comes after about 100 kB, and
    reads no ``<style>`` of more than 16 kB (caniemail, html-style). A rule that cannot be read is left out, as a mail
    program would.
    """
    return "\n".join(_written(_read(css), classes))


def _written(rules: Iterable[_Rule | _Group], classes: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, _Rule):
            met = [selector for selector, asked in rule.selectors if asked <= classes]
            if met and rule.declarations:
                yield f"{','.join(met)}{{{rule.declarations}}}"
        elif rule.rules is None:
            yield f"{rule.head}{rule.content}"
        elif inner := "\n".join(_written(rule.rules, classes)):
            yield f"{rule.head}{{\n{inner}\n}}"


@lru_cache(maxsize=64)
def _read(css: str) -> tuple[_Rule | _Group, ...]:
    return tuple(_rules(parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def _rules(nodes: Iterable[Node]) -> Iterator[_Rule | _Group]:
    for node in nodes:
        if isinstance(node, QualifiedRule):
            yield _Rule(tuple(_selectors(node.prelude)), _declarations(node.content))
        elif isinstance(node, AtRule):
            yield _group(node)


def _group(node: AtRule) -> _Group:
    condition = _short(node.prelude)
    head = f"@{node.at_keyword} {condition}" if condition else f"@{node.at_keyword}"
    if node.content is None:
        return _Group(f"{head};", None)
    if node.lower_at_keyword in _HOLDS_RULES:
        inner = parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        return _Group(head, tuple(_rules(inner)))
    return _Group(head, None, f"{{{_declarations(node.content)}}}")


def _selectors(prelude: Iterable[Node]) -> Iterator[tuple[str, frozenset[str]]]:
    one: list[Node] = []
    for node in (*prelude, LiteralToken(0, 0, ",")):
        if isinstance(node, LiteralToken) and node.value == ",":
            written = _without_spaces(_short(one))
            yield written, frozenset(_CLASS.findall(written))
            one = []
        else:
            one.append(node)


def _declarations(content: Iterable[Node]) -> str:
    found = parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return ";".join(_declaration(one) for one in found if isinstance(one, Declaration))


def _declaration(one: Declaration) -> str:
    return f"{one.name}:{_short(one.value)}{'!important' if one.important else ''}"


def _short(nodes: Iterable[Node]) -> str:
    """As written, but for white space, which counts as one blank; in quotes it stays."""
    return "".join(" " if node.type == "whitespace" else node.serialize() for node in nodes).strip()


def _without_spaces(selector: str) -> str:
    """Without the blanks around what joins two selectors; none in brackets or quotes is touched."""
    return _JOINT.sub(lambda found: found[1] or found[0], selector)
