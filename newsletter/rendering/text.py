"""Markdown tokens -> plain text: paragraphs wrapped, lists and quotes kept, links as ``words <address>``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from newsletter.languages import LTR, bare, begins, closed, isolated, opened, over_lines, reset
from newsletter.words import NO_BREAK

WIDTH = 72
"""Columns of a line; with a long reader's name in it, it still keeps below the 76 of quoted-printable."""

UNFOLDED = 1_000_000
"""Columns of a text whose lines the reader's own program breaks."""

NARROWEST = 20  # columns left to a paragraph inside many lists and quotations
_UNSEEN = {"Cf", "Mn", "Me"}
_NOT_ONE = re.compile("[\u0300-\u036f\u0591-\u06ed\u1100-\u11ff\u200b-\u206f\u2300-\U0010ffff]")
"""What may take two columns (UAX 11), or none."""
_START = re.compile(r"^(?:> | )*(?:- |\d+\. )*")
_SIGN = re.compile(r"- |\d+\. ")
_GAP = re.compile(r"\n{3,}")
_OPENING = {"bullet_list_open", "ordered_list_open", "blockquote_open", "list_item_open"}
_CLOSING = {"bullet_list_close", "ordered_list_close", "blockquote_close", "list_item_close"}


def wrap(text: str, width: int = WIDTH, first: str = "", rest: str | None = None) -> str:
    """Fold a text at its spaces (not at no-break spaces); a line break in it stays. A long address stays whole."""
    start, follow = first, first if rest is None else rest
    columns = _columns if _NOT_ONE.search(text) else len
    room = width - _columns(start), width - _columns(follow)
    lines: list[str] = []
    for line in text.split("\n"):
        whole = columns(line) <= room[bool(lines)]
        lines += [line] if whole else _fold(line.split(" "), *room, columns)
    apart = over_lines(lines) if columns is _columns else lines
    return "\n".join(f"{follow if number else start}{line}".rstrip() for number, line in enumerate(apart))


def underline(text: str, stroke: str, width: int = WIDTH) -> str:
    """A heading: the text, wrapped, over a line of strokes as long as its longest line."""
    folded = wrap(text, width)
    return f"{folded}\n{stroke * max(map(_columns, folded.splitlines()), default=0)}"


def wide(text: str) -> int:
    """The columns that a text takes; vowel marks and the like take none."""
    return _columns(text)


def padded(text: str, width: int) -> str:
    """A text with blanks after it, up to a width."""
    return text + " " * (width - _columns(text))


def link(words: str, address: str, direction: str = LTR) -> str:
    """``words <address>``; a plain mail address that says itself needs no second saying.

    In a text read from the right the address keeps its order. Its marks stand outside of the angles: a mail program
    that makes a link of the address must not take them in.
    """
    plain_words = address.removeprefix("mailto:")
    plain = plain_words if "?" not in plain_words else address
    if bare(words).strip() in (address, plain_words, ""):
        return plain
    return f"{words} {isolated(f'<{plain}>', direction)}"


def finished(text: str, direction: str = LTR) -> str:
    """The whole part: no line too long that could be folded, no gaps of several lines, no odd spaces."""
    lines = "\n".join(_folded(line.rstrip()) for line in text.split("\n"))
    if direction != LTR or not lines.isascii():
        lines = "\n".join(_from_its_side(line, direction) for line in lines.split("\n"))
    return _GAP.sub("\n\n", lines).strip("\n") + "\n"


def _from_its_side(line: str, direction: str) -> str:
    """A line that begins with a word of the other side, or with none: an unseen mark puts it among the others.

    Many programs lay out each line from the side of its first letter: an address in an Arabic letter would stand at the
    left, and the line under a title away from it.
    """
    first = begins(line)
    return line if not line or first == direction or (direction == LTR and not first) else reset(direction) + line


def _folded(line: str) -> str:
    """A line folded where it is too long, what it begins with kept; at its no-break spaces where nothing else helps."""
    if _columns(line) <= WIDTH:
        return line.replace(NO_BREAK, " ")
    start = line[: len(line) - len(_START.sub("", line, count=1))]
    lines = wrap(line[len(start) :], first=start, rest=_SIGN.sub(lambda sign: " " * len(sign[0]), start)).split("\n")
    return "\n".join(one if NO_BREAK not in one else _folded(one.replace(NO_BREAK, " ")) for one in lines)


def write(tokens: Sequence[Token], width: int, name: Callable[[str | None], str], direction: str = LTR) -> str:
    """Markdown tokens as plain text in lines of at most ``width`` characters, read from the side ``direction``."""
    page = _Page(width, name, direction)
    for token in tokens:
        page.take(token)
    return "\n".join(page.lines).strip("\n")


@dataclass
class _Level:
    """A list, an item or a quotation that is open: what its lines begin with."""

    first: str = ""
    rest: str = ""
    is_list: bool = False
    number: int | None = None
    begun: bool = False


@dataclass
class _Page:
    width: int
    name: Callable[[str | None], str]
    direction: str
    lines: list[str] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    heading: bool = False
    tight: bool = False

    def take(self, token: Token) -> None:
        """Write one token down."""
        if token.type in _OPENING:
            self.levels.append(self._level(token))
        elif token.type in _CLOSING:
            self.levels.pop()
        elif token.type in ("paragraph_open", "heading_open"):
            self.heading, self.tight = token.type == "heading_open", token.hidden
        elif token.type == "inline":
            runs = "".join(_runs(token.children or (), self.name, self.direction)).replace("\t", " ")
            self._paragraph(f"{opened(token.meta['dir'])}{runs}{_end(token)}" if "dir" in token.meta else runs)
        elif token.type in ("fence", "code_block"):
            self._block(list(_set_in(token.content, self._room())))
        elif token.type == "hr":
            self._block(["* * *"])

    def _level(self, token: Token) -> _Level:
        if token.type == "blockquote_open":
            return _Level("> ", "> ")
        if token.type == "ordered_list_open":
            return _Level(is_list=True, number=int(token.attrs.get("start", 1)))
        if token.type == "bullet_list_open":
            return _Level(is_list=True)
        sign = "- "
        around = self.levels[-1]
        if around.number is not None:
            sign = f"{around.number}. "
            around.number += 1
        return _Level(sign, " " * len(sign))

    def _paragraph(self, text: str) -> None:
        room = self._room()
        self._block((underline(text, "-", room) if self.heading else wrap(text, room)).split("\n"))
        self.heading = False

    def _room(self) -> int:
        return max(self.width - sum(len(level.rest) for level in self.levels), NARROWEST)

    def _block(self, lines: list[str]) -> None:
        if self.lines and self._apart():
            self.lines.append("".join(level.rest for level in self.levels if level.begun).rstrip())
        for line in lines:
            self.lines.append(("".join(level.first for level in self.levels) + line).rstrip())
            for level in self.levels:
                level.first, level.begun = level.rest, True

    def _apart(self) -> bool:
        """Whether an empty line stands before the next block: not between the items of a tight list."""
        lists = [level for level in self.levels if level.is_list]
        if not self.tight or not lists:
            return True
        return len(lists) == 1 and not lists[0].begun


def _set_in(verse: str, room: int) -> Iterator[str]:
    """What keeps its lines: each set in by four columns, and by what it was set in itself."""
    for line in verse.rstrip("\n").expandtabs(4).split("\n"):
        stripped = line.lstrip(" ")
        start = "    " + " " * min(len(line) - len(stripped), NARROWEST)
        yield from wrap(stripped, room, start).split("\n")


def _runs(children: Sequence[Token], name: Callable[[str | None], str], direction: str) -> Iterator[str]:
    address: str | None = None  # of the link that is open: Markdown never opens one in another
    words: list[str] = []
    for child in children:
        if child.type == "link_open":
            address, words = str(child.attrGet("href") or ""), [_said(child, name)]
        elif child.type == "link_close":
            yield link("".join([*words, _said(child, name)]), address or "", direction)
            address = None
        elif address is None:
            yield _said(child, name)
        else:
            words.append(_said(child, name, linked=True))


def _said(child: Token, name: Callable[[str | None], str], *, linked: bool = False) -> str:
    if child.type == "first_name":
        return name(child.meta["fallback"])
    if child.nesting:
        return opened(str(child.attrs["dir"])) if "dir" in child.attrs else _end(child)
    if child.type == "softbreak":
        return " "
    if child.type == "hardbreak":
        return "\n"
    if child.type == "image":
        source = str(child.attrGet("src") or "")
        words = "".join(_said(one, name, linked=True) for one in child.children or ())
        return words or source if linked else link(words, source)
    return child.content


def _end(child: Token) -> str:
    return closed(str(child.meta["around"])) if "around" in child.meta else ""


def _fold(tokens: list[str], first: int, rest: int, columns: Callable[[str], int]) -> Iterator[str]:
    line = ""
    room, used = first, 0
    for token in tokens:
        wide = columns(token)
        if line and used + 1 + wide > room:
            yield line
            line, room, used = token, rest, wide
        else:
            line, used = (f"{line} {token}", used + 1 + wide) if line else (token, wide)
    yield line


def _columns(text: str) -> int:
    if not _NOT_ONE.search(text):
        return len(text)
    return sum(_wide(one) for one in text)


def _wide(one: str) -> int:
    if unicodedata.category(one) in _UNSEEN:
        return 0
    return 2 if unicodedata.east_asian_width(one) in "WF" else 1
