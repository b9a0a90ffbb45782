"""Blocks -> Markdown in which lists stand in lists, paragraphs in items, and quotations are set in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsletter.drafting.adopt.page import Block, Form
from newsletter.drafting.adopt.to_markdown import HEADING, words_markdown

DEEPEST_LIST, DEEPEST_QUOTE = 5, 3
"""How far things stand in each other at the most: a letter read on a phone has no room for more."""


@dataclass(frozen=True, slots=True)
class _Item:
    """An item that others may stand in: how deep it is, how wide its sign, its number and what follows that."""

    depth: int
    width: int
    number: int
    after: str


def set_in(blocks: Sequence[Block]) -> str:
    """The text of a field. Pictures are left out."""
    lines: list[str] = []
    items: list[_Item] = []
    quoted = 0
    for block in blocks:
        if block.form is Form.PICTURE:
            continue
        if block.quoted != quoted:
            items = []
        apart, written = _item(block, items) if block.form is Form.ITEM else (True, _other(block, items))
        if lines and (apart or block.quoted != quoted):
            lines.append(_quote(min(block.quoted, quoted)).rstrip())
        quoted = block.quoted
        lines += [f"{_quote(quoted)}{line}".rstrip() for line in written]
    return "\n".join(lines)


def _quote(deep: int) -> str:
    return "> " * min(deep, DEEPEST_QUOTE)


def _other(block: Block, items: list[_Item]) -> list[str]:
    """A block that is none of a list, which ends the one before it."""
    items.clear()
    if block.form is Form.RULE:
        return ["---"]
    if block.form is Form.HEADING:
        bare = replace(block, runs=tuple(replace(run, strong=False) for run in block.runs))
        return [HEADING + words_markdown(bare).replace("\\\n", " ")]
    return words_markdown(block).split("\n")


def _item(block: Block, items: list[_Item]) -> tuple[bool, list[str]]:
    """Whether an empty line stands before an item, and its lines; ``items`` are those that it may stand in."""
    depth = min(max(block.depth, 1), DEEPEST_LIST)
    lines = words_markdown(block).split("\n")
    if block.goes_on and items:
        while len(items) > 1 and items[-1].depth > depth:
            items.pop()
        pad = " " * sum(one.width for one in items)
        return True, [pad + line for line in lines]
    begun = bool(items)
    last: _Item | None = None
    while items and items[-1].depth >= depth:
        last = items.pop()
    pad = " " * sum(one.width for one in items)
    after = _sign_after(block, last)
    sign = f"{block.number}{after} " if block.number else "- "
    items.append(_Item(depth, len(sign), block.number, after))
    return not begun or _begins_apart(block, last), [
        pad + sign + lines[0],
        *(pad + " " * len(sign) + one for one in lines[1:]),
    ]


def _sign_after(block: Block, last: _Item | None) -> str:
    """The point after a number; where a list begins anew right after another, the other sign: they stay two."""
    if last is None or not last.number or not block.number:
        return "."
    follows = block.number == last.number + 1
    return last.after if follows else ")" if last.after == "." else "."


def _begins_apart(block: Block, last: _Item | None) -> bool:
    """Whether Markdown would take an item for more words of the one before it: a number that begins no list (1 does)."""
    begins = last is None or bool(last.number) != bool(block.number) or block.number != last.number + bool(block.number)
    return begins and (block.number > 1 or last is not None)
