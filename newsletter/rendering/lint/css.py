"""A style sheet or a style attribute with Jinja in it -> what is wrong with it; parsed by tinycss2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import tinycss2

from newsletter.drafting.meant import closest
from newsletter.nouns.problem import Severity
from newsletter.rendering.lint.finding import Finding, Lines

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OUTSIDE = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", re.DOTALL)
_LIVE = re.compile(r"::?(?:hover|focus|active|visited|before|after|first-letter|first-line|selection|placeholder)\b")
_OWN = re.compile(r"-(?:webkit|moz|ms|o)-|mso-|--|supported-color-schemes$")
_PICTURES = "Nothing in a letter is fetched from elsewhere, for whoever sends it would see who reads: use a colour."
_LAYERED = ("media", "supports", "layer", "container")

PROPERTIES = frozenset(
    """align-content align-items align-self animation appearance aspect-ratio backdrop-filter background
    background-attachment background-clip background-color background-image background-origin background-position
    background-repeat background-size block-size border border-block border-block-end border-block-start border-bottom
    border-bottom-color border-bottom-left-radius border-bottom-right-radius border-bottom-style border-bottom-width
    border-collapse border-color border-inline border-inline-end border-inline-start border-left border-left-color
    border-left-style border-left-width border-radius border-right border-right-color border-right-style
    border-right-width border-spacing border-style border-top border-top-color border-top-left-radius
    border-top-right-radius border-top-style border-top-width border-width bottom box-decoration-break box-shadow
    box-sizing break-after break-before break-inside caption-side clear clip clip-path color color-scheme column-count
    column-gap column-width columns content counter-increment counter-reset cursor direction display empty-cells filter
    flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float font font-family
    font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style font-variant
    font-variant-numeric font-weight forced-color-adjust gap grid grid-area grid-column grid-gap grid-row
    grid-template grid-template-areas grid-template-columns grid-template-rows hanging-punctuation height hyphens
    inline-size inset inset-block inset-block-end inset-block-start inset-inline
    inset-inline-end inset-inline-start isolation justify-content justify-items justify-self left letter-spacing
    line-break line-height list-style list-style-image list-style-position list-style-type margin margin-block
    margin-block-end margin-block-start margin-bottom margin-inline margin-inline-end margin-inline-start margin-left
    margin-right margin-top max-block-size max-height max-inline-size max-width min-block-size min-height
    min-inline-size min-width mix-blend-mode object-fit object-position opacity order orphans outline outline-color
    outline-offset outline-style outline-width overflow overflow-wrap overflow-x overflow-y padding padding-block
    padding-block-end padding-block-start padding-bottom padding-inline padding-inline-end padding-inline-start
    padding-left padding-right padding-top page page-break-after page-break-before page-break-inside place-content
    place-items place-self pointer-events position print-color-adjust quotes resize right row-gap scroll-behavior
    scroll-margin scroll-margin-top size tab-size table-layout text-align text-align-last text-decoration
    text-decoration-color text-decoration-line text-decoration-style text-decoration-thickness text-indent text-justify
    text-orientation text-overflow text-shadow text-size-adjust text-transform text-underline-offset
    text-underline-position text-wrap top transform transform-origin transition unicode-bidi user-select vertical-align
    visibility white-space white-space-collapse widows width word-break word-spacing word-wrap writing-mode z-index
    zoom""".split()  # noqa: SIM905 - a list of words
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a style sheet may hold. ``written_on`` says that a program writes each rule onto the tags themselves."""

    written_on: bool = False
    fetches: bool = False


CONTENT = Rules(written_on=True)
HEAD = Rules()
PAGE = Rules(fetches=True)


@lru_cache(maxsize=64)
def sheet(source: str, rules: Rules) -> tuple[Finding, ...]:
    """What is wrong with a style sheet."""
    plain = without_jinja(source)
    found = list(_rules(tinycss2.parse_stylesheet(plain, skip_comments=True, skip_whitespace=True), rules))
    return tuple(sorted(dict.fromkeys([*found, *_unclosed(plain)])))


def declarations(source: str) -> list[Finding]:
    """What is wrong with the value of a ``style`` attribute; line and column count from its beginning."""
    parsed = tinycss2.parse_blocks_contents(without_jinja(source), skip_comments=True, skip_whitespace=True)
    return sorted(finding for one in parsed for finding in _declaration(one, HEAD))


def without_jinja(source: str) -> str:
    """As long as before, line by line: what Jinja writes becomes a name, its blocks and comments become spaces."""
    return _JINJA.sub(lambda found: _blank(found[0], "x" if found[0].startswith("{{") else " "), source)


def _blank(text: str, filler: str) -> str:
    return "".join(one if one == "\n" else filler for one in text)


def _rules(nodes: Iterable[Any], rules: Rules) -> Iterator[Finding]:
    for node in nodes:
        if node.type == "at-rule":
            yield from _at_rule(node, rules)
        elif node.type == "qualified-rule":
            yield from _selector(node, rules)
            yield from _block(node.content, rules)
        else:
            yield _unread(node)


def _block(content: list[Any], rules: Rules) -> Iterator[Finding]:
    for one in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if one.type == "qualified-rule":
            message = "a rule stands within another, which mail programs do not know."
            yield _at(one, message, "Look for a } that is missing before it.")
        else:
            yield from _declaration(one, rules)


def _at_rule(node: Any, rules: Rules) -> Iterator[Finding]:
    word = node.lower_at_keyword
    if word in ("import", "font-face") and not rules.fetches:
        yield _at(node, f"@{word} fetches from elsewhere, and whoever sends it sees who reads.", "Take it away.")
    elif rules.written_on:
        message = f"@{word} is passed over here: each rule is written onto the tags themselves."
        yield _at(node, message, "Put it into a <mj-style> of templates/frame.mjml.")
    elif node.content is not None and word in _LAYERED:
        yield from _rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True), rules)
    elif node.content is not None and word != "keyframes":
        yield from _block(node.content, rules)


def _selector(node: Any, rules: Rules) -> Iterator[Finding]:
    written = tinycss2.serialize(node.prelude)
    if rules.written_on and (live := _LIVE.search(written)):
        message = f"{live[0]} is passed over here: each rule is written onto the tags themselves."
        yield _at(node, message, "Put it into a <mj-style> of templates/frame.mjml.", Severity.WARNING)
    if not written.strip():
        yield _at(node, "a rule without a name before its {.", "Say which tags it is for, such as p or .title.")


def _declaration(node: Any, rules: Rules) -> Iterator[Finding]:
    if node.type != "declaration":
        yield _unread(node) if node.type == "error" else _at(node, "this is no property.", "Such as  color: #1a1a1a;")
        return
    name = node.lower_name
    if name not in PROPERTIES and not _OWN.match(name) and not re.search("xxxx", name):
        close = closest(name, sorted(PROPERTIES))
        hint = f"Did you mean “{close}”?" if close else "It will have no effect."
        yield _at(node, f"there is no property “{node.name}”.", hint, Severity.WARNING)
    if not any(token.type not in ("whitespace", "comment") for token in node.value):
        yield _at(node, f"nothing stands after “{node.name}:”.", "Write its value, or take it away.")
    if node.important and rules.written_on:
        message = "!important would win over the colours of the night, for it stands on the tag itself."
        yield _at(node, message, "Take !important away; what must win on phones or at night goes into frame.mjml.")
    if not rules.fetches:
        yield from _fetched(node.value)


def _fetched(tokens: Iterable[Any]) -> Iterator[Finding]:
    for token in tokens:
        if token.type == "url" or (token.type == "function" and token.lower_name in ("url", "image-set", "src")):
            yield _at(token, "url() fetches a picture from elsewhere.", _PICTURES)
        elif token.type == "function":
            yield from _fetched(token.arguments)


def _unread(node: Any) -> Finding:
    if node.type == "error":
        return _at(node, "this cannot be read as a style.", "Look for a : ; { or } that is missing or too many.")  # fmt: skip
    return _at(node, "this is no style.", "A rule is written so:  p { color: #1a1a1a; }")


def _unclosed(plain: str) -> Iterator[Finding]:
    """The { that is never closed: a parser closes it in silence."""
    bare = _OUTSIDE.sub(lambda found: _blank(found[0], " "), plain)
    waiting: list[int] = []
    for brace in re.finditer(r"[{}]", bare):
        if brace[0] == "{":
            waiting.append(brace.start())
        elif waiting:
            waiting.pop()
    for at in waiting[:1]:
        yield Finding(*Lines(plain).place(at), "this { is never closed.", "Put a } where the rule ends.")


def _at(node: Any, message: str, hint: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(node.source_line, node.source_column, message, hint, severity)


def moved(finding: Finding, line: int, column: int) -> Finding:
    """A finding of a text that begins at this line and column of a file."""
    if finding.line == 1:
        return replace(finding, line=line, column=finding.column + column - 1)
    return replace(finding, line=finding.line + line - 1)
