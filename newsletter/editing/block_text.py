"""A text over several lines (``|`` or ``>``) and the text to be -> cuts of those of its lines that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from newsletter.editing.source import Cut, Source
from newsletter.nouns.draft import Path
from newsletter.yaml_tree.extents import block_indent, block_lines, start
from newsletter.yaml_tree.tree import Style
from newsletter.yaml_tree.write import STEP, WIDTH, can_be_literal, wrapped

_HEADER = re.compile(r"[|>][0-9+-]*")
_MOST_IN = 9  # how far a text can be said to be set in, with a digit


@dataclass(frozen=True, slots=True)
class Block:
    """A text over several lines as it stands: its header, the column of its text, its lines, the blank ones below."""

    header: str
    margin: int
    parent: int  # the column from which a digit in the header counts
    first: int
    stop: int
    blank: int


def read_block(source: Source, path: Path) -> Block:
    """How a text stands in its lines."""
    tree = source.tree
    line, column, _, _ = tree.spans[path]
    found = _HEADER.match(tree.lines[line], column)
    header = found[0] if found else "|"
    holder = tree.spans[path[:-1]][1] if path else 0
    parent = start(tree, path)[1] if path and isinstance(path[-1], int) else holder
    digit = re.search(r"\d", header)
    margin = block_indent(tree, path) or parent + (int(digit[0]) if digit else STEP)
    first, stop = block_lines(tree, path)
    if first == stop:  # what an editor sets in by itself, and nobody has written on
        stop = source.past_blank(first)
        while stop > first and not tree.lines[stop - 1]:
            stop -= 1
    return Block(header, margin, parent, first, stop, source.past_blank(stop) - stop)


def put_block(source: Source, path: Path, text: str) -> list[Cut] | None:
    """The cuts that make another text of it, in lines again; None where it cannot stand so."""
    if not can_be_literal(text):
        return None
    block = read_block(source, path)
    folded = _folded(source, block, text) if source.tree.styles[path] is Style.FOLDED else None
    body = folded or text.rstrip("\n").split("\n")
    margin, digit = _margin(block, body)
    ended = _ending(source, block, len(text) - len(text.rstrip("\n")))
    if margin is None or ended is None:
        return None
    line, column, _, _ = source.tree.spans[path]
    chomp, below = ended
    header = f"{'>' if folded else '|'}{digit}{chomp}"
    cuts = list(_lines(source, block, margin, body)) + below
    if header != block.header:
        start_of = source.at(line, column)
        cuts.append(Cut(start_of, start_of + len(block.header), header))
    return cuts


def _margin(block: Block, body: Sequence[str]) -> tuple[int | None, str]:
    """The column of the text, and the digit that says so, where the first line does not show it."""
    digit = re.search(r"\d", block.header)
    first = next((line for line in body if line), "")
    if digit or first[:1] not in {" ", "\t"}:
        return block.margin, digit[0] if digit else ""
    deep = block.margin - block.parent
    return (block.margin, str(deep)) if 1 <= deep <= _MOST_IN else (None, "")


def _ending(source: Source, block: Block, ends: int) -> tuple[str, list[Cut]] | None:
    """What the header says of the text's end, and cuts of the blank lines below, which then count or do not."""
    old = block.header.strip("|>0123456789")
    open_end = block.stop + block.blank >= source.count and not source.is_ended
    if ends == 0:
        return (old if open_end and not block.blank else "-"), []
    closing = [source.with_lines(source.count, [""])] if open_end and not block.blank else []
    if ends == 1 and (old != "+" or block.blank):
        return "", closing
    if block.blank > ends - 1:
        if old != "+" or block.first == block.stop:
            return None
        return "+", [source.without_lines(block.stop + ends - 1, block.stop + block.blank)]
    missing = [""] * (ends - 1 - block.blank)
    if open_end:
        return "+", [source.with_lines(source.count, ["", *missing])]
    return "+", [source.with_lines(block.stop + block.blank, missing)] if missing else []


def _lines(source: Source, block: Block, margin: int, body: Sequence[str]) -> Iterator[Cut]:
    """The lines that differ; those that say the same stay as they are, with blanks at their ends."""
    old = [line[margin:] for line in source.tree.lines[block.first : block.stop]]
    old = old if any(old) else [" "] * len(old)  # blanks only: none of them is kept
    pad = " " * margin
    same = next((n for n, (one, other) in enumerate(zip(old, body, strict=False)) if one != other), None)
    head = min(len(old), len(body)) if same is None else same
    matcher = SequenceMatcher(None, old[head:], list(body[head:]), autojunk=True)
    for tag, i, k, j, m in matcher.get_opcodes():
        if tag != "equal":
            new = [pad + line if line else "" for line in body[head + j : head + m]]
            yield source.lines_for(block.first + head + i, block.first + head + k, new)


def _folded(source: Source, block: Block, text: str) -> list[str] | None:
    """The lines of a text that are joined again when read: the old ones at its start and end, new ones between."""
    body = text.rstrip("\n")
    if "\n" in body or body != body.strip(" \t") or not body:
        return None
    old = [line[block.margin :] for line in source.tree.lines[block.first : block.stop]]
    if any(not line or line != line.strip(" \t") for line in old):
        old = []
    head, tail = _kept(old, body)
    done = len(" ".join(old[:head])) + bool(head)
    rest = body[done:]
    if tail:
        rest = rest[: len(rest) - len(" ".join(old[len(old) - tail :])) - 1]
    width = max((len(line) for line in old), default=0) or WIDTH - block.margin
    return [*old[:head], *wrapped(rest, max(width, 40)), *old[len(old) - tail :]]


def _kept(old: Sequence[str], body: str) -> tuple[int, int]:
    """How many of the old lines the text still begins with, and how many it ends with."""
    head = tail = 0
    while head < len(old) and body.startswith(" ".join(old[: head + 1]) + " "):
        head += 1
    left = body[len(" ".join(old[:head])) + bool(head) :]
    while tail < len(old) - head and left.endswith(" " + " ".join(old[len(old) - tail - 1 :])):
        tail += 1
    return head, tail
