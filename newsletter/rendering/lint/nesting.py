"""The tags of a template one by one -> what is open around each; what is not closed in the Jinja block that opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from newsletter.rendering.lint.scan import Piece

Note = Callable[[int, str, str], None]
"""Takes an offset, what is wrong there, and what to do."""

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_BRANCHED = ("if", "for")
_PIECES = ("macro", "call", "set", "filter", "block")
_BLOCKS = (*_BRANCHED, *_PIECES, "with", "autoescape", "trans", "raw")
_WHOLE = "Close it there too: whatever a {% ... %} block opens, it closes. Write both ways whole, if need be."


@dataclass(frozen=True, slots=True)
class Block:
    """A Jinja block that is open, and how many tags were open before it."""

    word: str
    depth: int


class Nesting:
    """What is open. A block of Jinja must close what it opens, each branch of it too.

    Where the blocks themselves are not in order, which Jinja tells, tags are taken as if there were none.
    """

    def __init__(self, pieces: Iterable[Piece], note: Note) -> None:
        self.tags: list[Piece] = []
        self._in_order = _in_order(pieces)
        self._blocks: list[Block] = []
        self._note = note

    @property
    def around(self) -> tuple[str, ...]:
        """The names of the tags that are open within the macro or piece one is in, else all."""
        return tuple(one.text for one in self.tags[self._start :])

    @property
    def lands_elsewhere(self) -> bool:
        """Whether this is in a macro, or in a piece kept under a name: where it ends up is not seen from here."""
        return any(block.word in _PIECES for block in self._blocks)

    def open(self, piece: Piece) -> None:
        """A tag begins."""
        if not piece.closed and piece.text.lower() not in VOID:
            self.tags.append(piece)

    def close(self, piece: Piece) -> None:
        """A tag ends: what was opened within it is closed with it."""
        floor = self._blocks[-1].depth if self._blocks else 0
        names = [one.text for one in self.tags[floor:]]
        if piece.text not in names:
            if piece.text.lower() in VOID:
                self._note(piece.at, f"</{piece.text}> closes nothing: <{piece.text}> stands alone.", "Take it away.")
                return
            beyond = any(one.text == piece.text for one in self.tags)
            inside = (
                f"opened before this {{% {self._blocks[-1].word} %}}" if beyond and self._blocks else "not open here"
            )
            hint = _WHOLE if beyond else f"Take it away, or put <{piece.text}> before it."
            self._note(piece.at, f"</{piece.text}> closes what is {inside}.", hint)
            return
        while (last := self.tags.pop()).text != piece.text:
            self._unclosed(last, f"before </{piece.text}>")

    def block(self, piece: Piece) -> None:
        """A block of Jinja begins, ends, or has another branch."""
        word = piece.text
        if not self._in_order:
            return
        if word in _BLOCKS:
            self._blocks.append(Block(word, len(self.tags)))
        elif word in ("else", "elif") and self._blocks:
            self._end_branch()
        elif word.startswith("end") and self._blocks and self._blocks[-1].word == word[3:]:
            self._end_branch()
            self._blocks.pop()

    def finish(self) -> None:
        """The template ends."""
        while self.tags:
            self._unclosed(self.tags.pop(), "to the end")

    @property
    def _start(self) -> int:
        return next((block.depth for block in reversed(self._blocks) if block.word in _PIECES), 0)

    def _end_branch(self) -> None:
        block = self._blocks[-1]
        while len(self.tags) > block.depth:
            last = self.tags.pop()
            message = f"<{last.text}> is opened within this {{% {block.word} %}} and not closed in it."
            self._note(last.at, message, _WHOLE)

    def _unclosed(self, tag: Piece, where: str) -> None:
        self._note(tag.at, f"<{tag.text}> is not closed {where}.", f"Put </{tag.text}> where it ends.")


def _in_order(pieces: Iterable[Piece]) -> bool:
    """Whether every block of Jinja ends, none within another that it began in."""
    begun: list[str] = []
    for piece in pieces:
        word = piece.text if piece.kind == "block" else ""
        if word in _BLOCKS:
            begun.append(word)
        elif word.startswith("end") and (not begun or begun.pop() != word[3:]):
            return False
    return not begun
