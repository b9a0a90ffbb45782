"""A text in a file and the text to be -> cuts: written in the way in which the old one stands."""

from __future__ import annotations

from newsletter.editing.block_text import put_block
from newsletter.editing.source import Cut, Source
from newsletter.nouns.draft import Path
from newsletter.yaml_tree.data import value_at
from newsletter.yaml_tree.extents import BLOCKS, block_lines, indent, is_flow, start
from newsletter.yaml_tree.tree import Style
from newsletter.yaml_tree.write import (
    STEP,
    WIDTH,
    is_plain,
    is_typed,
    literal_header,
    literal_lines,
    scalar,
    takes_lines,
    wrapped,
)


def put_scalar(source: Source, path: Path, text: str, *, bare: bool = False) -> list[Cut]:
    """The cuts after which another text stands at a path. ``bare`` says that it is no text: a flag, a number, a day."""
    tree = source.tree
    if is_flow(tree, path):
        return [_within_brackets(source, path, text, bare=bare)]
    style = tree.styles[path]
    if style in BLOCKS:
        in_lines = None if bare or is_typed(text) else put_block(source, path, text)
        return _block_to_line(source, path, text) if in_lines is None else in_lines
    line, _, last, end = tree.spans[path]
    if takes_lines(text) and not _would_join(source, last + 1, _column(source, path)):
        return _line_to_block(source, path, literal_header(text), literal_lines(text, _column(source, path) + STEP))
    if last > line and len(text) > WIDTH and text == text.strip(" \t"):
        column = _column(source, path) + STEP
        lines = [" " * column + one for one in wrapped(text, WIDTH - column)]
        return _line_to_block(source, path, ">-", lines)
    more = tree.lines[last][end:]
    quotes = style if value_at(tree.data, path) else Style.PLAIN  # those of "" say nothing of how she writes
    return [_replaced(source, path, scalar(text, quotes, more=_note(more), bare=bare or _was_bare(source, path)))]


def _would_join(source: Source, line: int, column: int) -> bool:
    """Whether a note below is set in so far that it would become a line of the text."""
    below = source.past_blank(line)
    return (
        below < source.count
        and indent(source.tree.lines[below]) > column
        and source.tree.lines[below].strip()[0] == "#"
    )


def _was_bare(source: Source, path: Path) -> bool:
    """Whether the old value stood without quotes where a careful person might have put some."""
    old = str(value_at(source.tree.data, path))
    return source.tree.styles[path] is Style.PLAIN and bool(old) and not is_plain(old)


def _note(more: str) -> str:
    return more if more.lstrip(" \t").startswith("#") else ""


def _column(source: Source, path: Path) -> int:
    """The column from which what stands in lines of its own is set in."""
    tree = source.tree
    return start(tree, path)[1] if isinstance(path[-1], int) else tree.spans[path[:-1]][1]


def _replaced(source: Source, path: Path, typed: str) -> Cut:
    """What stands at a path, in its line or lines, by something else; a blank before it where nothing stood."""
    line, column, last, end = source.tree.spans[path]
    begin = source.at(line, column)
    lead = "" if source.tree.lines[line][:column].endswith((" ", "\t", "[", "{")) or not column else " "
    return Cut(begin, source.at(last, end), lead + typed)


def _within_brackets(source: Source, path: Path, text: str, *, bare: bool) -> Cut:
    tree = source.tree
    typed = scalar(text, tree.styles[path], flow=True, bare=bare or _was_bare(source, path))
    found = _replaced(source, path, typed)
    if tree.left_out(path) and (name := tree.key_spans.get(path)):
        between = source.text[source.at(name[2], name[3]) : found.start]
        if ":" not in between:
            return Cut(found.start, found.end, f": {typed}")
        if not source.text[found.end].isspace() and source.text[found.end] not in ",}]":
            return Cut(found.start, found.end, f"{found.new} ")
    return found


def _line_to_block(source: Source, path: Path, header: str, lines: list[str]) -> list[Cut]:
    """A text of one line becomes several; what stood after it in its line stays there, after the header."""
    last = source.tree.spans[path][2]
    cuts = [_replaced(source, path, header), source.with_lines(last + 1, lines)]
    if last + 1 >= source.count and not source.is_ended and not header.endswith("-"):
        cuts.append(Cut(len(source.text), len(source.text), source.end_of(last)))
    return cuts


def _block_to_line(source: Source, path: Path, text: str) -> list[Cut]:
    """Several lines become one; a note after the header stays at its end."""
    line, column, _, _ = source.tree.spans[path]
    first, stop = block_lines(source.tree, path)
    header = source.tree.lines[line][column:].split(" ")[0]
    begin = source.at(line, column)
    typed = scalar(text, more=source.tree.lines[line][column + len(header) :])
    cuts = [Cut(begin, begin + len(header), typed)]
    return [*cuts, source.without_lines(first, stop)] if stop > first else cuts
