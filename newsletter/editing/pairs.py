"""Names with values and a name that comes or goes -> cuts: a line where the order of the names says, or one less."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from newsletter.editing.brackets import put_in, take_out
from newsletter.editing.members import dash_step
from newsletter.editing.source import Cut, Source
from newsletter.nouns.draft import Path
from newsletter.yaml_tree.extents import BLOCKS, children, extent, is_flow, keeps_blank_lines, last_line, sibling_before
from newsletter.yaml_tree.tree import Style
from newsletter.yaml_tree.write import Value, item, key, pair, typed


def add_pair(source: Source, path: Path, value: Value, order: Sequence[str]) -> list[Cut]:
    """A name that is not there yet, with its value."""
    holder, name = path[:-1], str(path[-1])
    there = [str(one[-1]) for one in children(source.tree, holder)]
    at = _place(there, name, order)
    if source.tree.styles[holder] is Style.FLOW:
        return put_in(source, holder, at, f"{key(name)}: {typed(value, flow=True)}")
    column = source.tree.spans[holder][1]
    lines = pair(name, value, column, dash_step(source))
    if at:
        return [source.with_lines(extent(source.tree, (*holder, there[at - 1])).stop, lines)]
    after = extent(source.tree, (*holder, there[0]))
    if not source.tree.lines[after.first][: after.margin].strip():
        return [source.with_lines(after.notes, lines)]
    begin = source.at(after.first, after.margin)  # the first name stands beside a dash
    end = source.end_of(after.first)
    return [Cut(begin, begin, end.join([lines[0].lstrip(" "), *lines[1:], " " * column]))]


def _place(there: Sequence[str], name: str, order: Sequence[str]) -> int:
    """After which of the names that are there: after the one that comes right before it, else before the next one."""
    if name not in order:
        return len(there)
    rank = list(order).index(name)
    before = [one for one in order[:rank] if one in there]
    after = [one for one in order[rank + 1 :] if one in there]
    if before:
        return there.index(before[-1]) + 1
    return there.index(after[0]) if after else len(there)


def drop_pair(source: Source, path: Path) -> list[Cut]:
    """A name less, with its value and the note at the end of its line. It is not the only one."""
    holder = path[:-1]
    siblings = children(source.tree, holder)
    if source.tree.styles[holder] is Style.FLOW:
        return take_out(source, holder, siblings.index(path))
    found = extent(source.tree, path)
    if not source.tree.lines[found.first][: found.margin].strip():
        before = sibling_before(source.tree, path)
        counts = before is not None and keeps_blank_lines(source.tree, before)
        return [source.without_lines(found.first, source.past_blank(found.stop) if counts else found.stop)]
    begin = source.at(found.first, found.margin)
    after = extent(source.tree, siblings[1])
    if after.first == found.stop:
        return [Cut(begin, source.at(after.first, after.margin), "")]
    dash = source.at(found.first, len(source.tree.lines[found.first][: found.margin].rstrip()))
    last = source.at(found.stop - 1, len(source.tree.lines[found.stop - 1]))
    return [Cut(dash, last, "")]


def replace(source: Source, path: Path, value: Value) -> list[Cut]:
    """Another kind of value: a list or names where a text stood, or nothing; or a text where those stood."""
    tree = source.tree
    within = is_flow(tree, path)
    if within or (tree.styles[path] is Style.FLOW and not _takes_lines(value)):
        line, column, last, end = tree.spans[path]
        begin = source.at(line, column)
        lead = "" if source.text[begin - 1 : begin] in {" ", "[", "{"} else " "
        return [Cut(begin, source.at(last, end), f"{lead}{typed(value, flow=within)}")]
    if isinstance(path[-1], int):
        found = extent(tree, path)
        return [source.lines_for(found.first, last_line(tree, path) + 1, item(value, found.margin))]
    return _pair_anew(source, path, value)


def _takes_lines(value: Value) -> bool:
    return not isinstance(value, str | int | dt.date) and bool(value)


def _pair_anew(source: Source, path: Path, value: Value) -> list[Cut]:
    """The value after a name, and lines of its own below; a note beside the name stays."""
    tree, name = source.tree, str(path[-1])
    margin = tree.spans[path[:-1]][1]
    first, *lines = pair(name, value, margin, dash_step(source))
    first = first[margin + len(key(name)) + 1 :]
    line, column, last, end = tree.spans[path]
    colon = after_colon(source, path)
    if tree.styles[path] in {Style.BLOCK, *BLOCKS}:
        head = source.at(tree.key_spans[path][2], len(tree.lines[tree.key_spans[path][2]]))
        rest = source.text[colon:head]
        note = rest[rest.index(" #") :] if " #" in rest else ""
        below = tree.key_spans[path][2] + 1
        return [Cut(colon, head, first + note), source.lines_for(below, last_line(tree, path) + 1, lines)]
    begin = min(colon, source.at(line, column))
    cuts = [Cut(begin, max(source.at(last, end), colon), first)]
    at = extent(tree, path).stop if tree.left_out(path) else last + 1
    return [*cuts, source.with_lines(at, lines)] if lines else cuts


def after_colon(source: Source, path: Path) -> int:
    """Where the colon after a name ends."""
    _, _, line, column = source.tree.key_spans[path]
    return source.text.index(":", source.at(line, column)) + 1


def empty(source: Source, path: Path) -> list[Cut]:
    """The only member of a list with dashes goes, and ``[]`` says that there is none."""
    found = extent(source.tree, (*path, 0))
    colon = after_colon(source, path)
    return [Cut(colon, colon, " []"), source.without_lines(found.notes, found.stop)]
