"""Markup with Jinja in it -> its tags, texts, comments and Jinja blocks in order, each with its offset; never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

JINJA = r"(?:\{\{.*?\}\}|\{%.*?%\}|\{[#].*?[#]\})"
Kind = Literal["open", "close", "text", "comment", "declaration", "block", "value", "slip"]

_VALUE = r"(?:\{\{.*?\}\})"
RAW = ("style", "script", "mj-style")
"""What stands in these is no markup."""

_NEXT = re.compile(rf"(?P<jinja>{JINJA})|<!--|<[!?]|</(?=[a-zA-Z])|<(?=[a-zA-Z])|(?P<stray><)", re.DOTALL)
_NAME = re.compile(rf"(?:[a-zA-Z0-9:._-]|{_VALUE})++", re.DOTALL)
_IN_TAG = re.compile(
    rf"""\s+|(?P<jinja>{JINJA})(?![^\s"'<>/=])|(?P<end>/?>)|
    (?P<name>(?:{_VALUE}|[^\s"'<>/={{]|\{{(?![{{%#]))++)
    (?:\s*=\s*(?P<value>"(?:{JINJA}|[^"])*+"|'(?:{JINJA}|[^'])*+'|(?:{JINJA}|[^\s"'<>])++)?)?""",
    re.DOTALL | re.VERBOSE,
)
_ASIDES: dict[str, tuple[Kind, str]] = {
    "<!--": ("comment", "-->"),
    "<!": ("declaration", ">"),
    "<?": ("declaration", ">"),
}
_CLOSING = re.compile(r"\s*>")
_WORD = re.compile(r"\{%[-+]?\s*(\w+)")


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a tag; ``value`` is None where it has none. ``inside`` is where its value begins."""

    name: str
    value: str | None
    at: int
    inside: int
    quoted: bool
    conditional: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the source. ``text`` is the name of a tag, the words of a text, the keyword of a Jinja block."""

    kind: Kind
    text: str
    at: int
    end: int
    attributes: tuple[Attribute, ...] = ()
    closed: bool = False  # of a tag: it closes itself


def scan(source: str) -> Iterator[Piece]:
    """Take it apart. A ``slip`` is what cannot be read as markup; its text says why."""
    at = 0
    while found := _NEXT.search(source, at):
        if found.start() > at:
            yield Piece("text", source[at : found.start()], at, found.start())
        at = found.end()
        if found["jinja"]:
            yield from _jinja(found["jinja"], found.start(), found.end())
            if re.match(r"\{%[-+]?\s*raw\b", found[0]) and (
                over := re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}").search(source, at)
            ):
                yield Piece("value", "", at, over.start())
                at = over.start()
        elif found["stray"]:
            yield Piece("slip", "a < stands alone here", found.start(), at)
        else:
            piece = _markup(source, found[0], found.start(), at)
            at = piece.end
            yield piece
            if piece.kind == "open" and piece.text.lower() in RAW and not piece.closed:
                over = re.compile(rf"</{piece.text}\s*>", re.IGNORECASE).search(source, at)
                end = over.start() if over else len(source)
                yield Piece("text", source[at:end], at, end)
                at = end
    if at < len(source):
        yield Piece("text", source[at:], at, len(source))


def _jinja(text: str, at: int, end: int) -> Iterator[Piece]:
    if text.startswith("{{"):
        yield Piece("value", text, at, end)
    elif word := _WORD.match(text):
        whole = word[1] == "set" and "=" in text
        yield Piece("block", "" if whole else word[1], at, end)


def _markup(source: str, mark: str, at: int, after: int) -> Piece:
    if mark in _ASIDES:
        kind, over = _ASIDES[mark]
        end = source.find(over, after)
        if end < 0:
            return Piece("slip", f"{mark} begins what never ends: {over} is missing", at, len(source))
        text = source[after:end] if kind == "comment" else source[at : end + 1]
        return Piece(kind, text, at, end + len(over))
    name = _NAME.match(source, after)
    if not name:
        return Piece("slip", "a < stands alone here", at, after)
    if mark == "<":
        return _tag(source, name[0], at, name.end())
    closing = _CLOSING.match(source, name.end())
    if not closing:
        return Piece("slip", f"</{name[0]} is not ended: > is missing", at, name.end())
    return Piece("close", name[0], at, closing.end())


def _tag(source: str, name: str, at: int, after: int) -> Piece:
    found: list[Attribute] = []
    depth = 0
    while part := _IN_TAG.match(source, after):
        if part.end() == after:
            break
        after = part.end()
        if part["end"]:
            return Piece("open", name, at, after, tuple(found), part["end"] == "/>")
        if part["jinja"] and (word := _WORD.match(part["jinja"])):
            depth += {"if": 1, "for": 1, "endif": -1, "endfor": -1}.get(word[1], 0)
        elif part["name"]:
            found.append(_attribute(part, conditional=depth > 0))
    return Piece("slip", f"<{name} is not ended as it should be: look for a missing quotation mark or >", at, after)


def _attribute(part: re.Match[str], *, conditional: bool) -> Attribute:
    value = part["value"]
    if value is None:
        return Attribute(part["name"], None, part.start("name"), part.end("name"), quoted=True, conditional=conditional)
    quoted = value[0] in "\"'"
    inside = part.start("value") + quoted
    text = value[1:-1] if quoted else value
    return Attribute(part["name"], text, part.start("name"), inside, quoted, conditional)
