"""A list with dashes and what shall become of its members -> cuts of whole lines, with the notes above each member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsletter.editing.brackets import put_in, shift, take_out
from newsletter.editing.changes import SECTIONS
from newsletter.editing.source import Cut, Source
from newsletter.mending import LINE_END
from newsletter.nouns.draft import Path
from newsletter.yaml_tree.extents import Extent, children, extent, keeps_blank_lines, start
from newsletter.yaml_tree.tree import Style
from newsletter.yaml_tree.write import STEP, Value, item, typed


def add_member(source: Source, path: Path, at: int, value: Value) -> list[Cut]:
    """A new member of a list that has some, or that stands between brackets."""
    if source.tree.styles[path] is Style.FLOW:
        return put_in(source, path, at, typed(value, flow=True))
    members = children(source.tree, path)
    beside = members[min(max(at - 1, 0), len(members) - 1)]
    found = extent(source.tree, beside)
    if source.tree.styles[beside] is Style.FLOW:
        lines = [f"{' ' * found.margin}- {typed(value)}"]
    else:
        lines = item(value, found.margin, _step(source, beside, found), dash_step(source))
    return _put_lines(source, path, at, lines)


def _step(source: Source, beside: Path, found: Extent) -> int:
    """How far a member's names stand from its dash."""
    line, column, _, _ = source.tree.spans[beside]
    return column - found.margin if source.tree.styles[beside] is Style.BLOCK and line == found.first else STEP


def dash_step(source: Source) -> int:
    """How far dashes are set in from the name of their list in this file; where it has no sections, as usual."""
    found = children(source.tree, SECTIONS)
    if not found or source.tree.styles[SECTIONS] is Style.FLOW:
        return STEP
    return min(start(source.tree, found[0])[1], STEP)


def copy_member(source: Source, path: Path, at: int) -> list[Cut]:
    """A member once more, right after itself."""
    tree = source.tree
    if tree.styles[path] is Style.FLOW:
        line, column, last, end = tree.spans[(*path, at)]
        return put_in(source, path, at + 1, source.text[source.at(line, column) : source.at(last, end)])
    found = extent(tree, (*path, at))
    return _put_lines(source, path, at + 1, tree.lines[found.notes : found.stop])


def _put_lines(source: Source, path: Path, at: int, lines: Sequence[str]) -> list[Cut]:
    """A member's lines among the others, with blank lines as there are between those."""
    tree = source.tree
    members = children(tree, path)
    gap = [""] * _usual_gap(source, path)
    if at <= 0:
        return [source.with_lines(extent(tree, members[0]).notes, [*lines, *gap])]
    before = members[min(at, len(members)) - 1]
    if keeps_blank_lines(tree, before):
        gap = []
    return [source.with_lines(extent(tree, before).stop, [*gap, *lines])]


def _usual_gap(source: Source, path: Path) -> int:
    """How many blank lines stand after a member, most often; those among notes that stand apart are none of it."""
    members = children(source.tree, path)
    found = [extent(source.tree, one) for one in members[:20]]
    gaps = Counter(min(source.past_blank(one.stop), other.notes) - one.stop for one, other in pairwise(found))
    return max(gaps, key=lambda gap: (gaps[gap], gap)) if gaps else int(path == SECTIONS)


def _is_blank(source: Source, first: int, stop: int) -> bool:
    return not any(line.strip() for line in source.tree.lines[first:stop])


def remove_member(source: Source, path: Path, at: int) -> list[Cut]:
    """A member less, and one of the two gaps around it, where that holds nothing; not the last of a list with dashes."""
    tree = source.tree
    if tree.styles[path] is Style.FLOW:
        return take_out(source, path, at)
    members = children(tree, path)
    found = extent(tree, members[at])
    first, stop = found.notes, found.stop
    after = extent(tree, members[at + 1]).notes if at + 1 < len(members) else stop
    before = extent(tree, members[at - 1]).stop if at else first
    if at and keeps_blank_lines(tree, members[at - 1]):
        stop = source.past_blank(stop)
    elif at and _is_blank(source, before, first):
        first = before
    elif _is_blank(source, stop, after):
        stop = after
    return [source.without_lines(first, stop)]


def move_member(source: Source, path: Path, at: int, to: int) -> list[Cut]:
    """A member at another place; the gaps between the members stay where they are."""
    if source.tree.styles[path] is Style.FLOW:
        return shift(source, path, at, to)
    members = children(source.tree, path)[min(at, to) : max(at, to) + 1]
    found = [extent(source.tree, one) for one in members]
    keeps = [keeps_blank_lines(source.tree, one) for one in members]
    chunks = [_text(source, one.notes, one.stop) for one in found]
    order = list(range(len(chunks)))
    order.insert(to - min(at, to), order.pop(at - min(at, to)))
    gaps = [_text(source, one.stop, other.notes) for one, other in pairwise(found)]
    if not LINE_END.search(chunks[-1][-1:]):
        chunks = _ended(chunks, order[-1], strip=not keeps[order[-1]])
    new = "".join(_joined([chunks[number] for number in order], [keeps[number] for number in order], gaps))
    stop = source.past_blank(found[-1].stop) if keeps[order[-1]] else found[-1].stop
    return [Cut(source.starts[found[0].notes], source.starts[stop], new)]


def _text(source: Source, first: int, stop: int) -> str:
    return source.text[source.starts[first] : source.starts[stop]]


def _ended(chunks: Sequence[str], last: int, *, strip: bool) -> list[str]:
    """What stood at the end of a file that ends without a line end gets that of what will stand there."""
    given = [found[0] for found in LINE_END.finditer(chunks[last])][-1]
    ended = [*chunks[:-1], chunks[-1] + given]
    if strip:  # else it would be a blank line less of its text
        ended[last] = ended[last].removesuffix(given)
    return ended


def _joined(chunks: Sequence[str], keeps: Sequence[bool], gaps: Sequence[str]) -> Iterator[str]:
    for number, chunk in enumerate(chunks):
        yield chunk
        gap = gaps[number] if number < len(gaps) else ""
        if keeps[number]:  # a blank line would be one more of its text
            lines = gap.splitlines(keepends=True)
            while lines and not lines[0].strip():
                del lines[0]
            gap = "".join(lines)
        yield gap
