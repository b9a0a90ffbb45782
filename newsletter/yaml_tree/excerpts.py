"""A Tree and the name of a list in it -> each member of the list as its author wrote it, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.nouns.draft import Path
from newsletter.yaml_tree.data import value_at
from newsletter.yaml_tree.extents import children, extent, indent
from newsletter.yaml_tree.tree import Style, Tree


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A member of a list: the notes right above it, and its lines, set so far left that its dash stands at the margin."""

    notes: tuple[str, ...]
    lines: tuple[str, ...]


def excerpts(tree: Tree, name: str) -> list[Excerpt]:
    """The members of a list under a name at the margin; none where there is no such list."""
    return list(_members(tree, (name,))) if isinstance(value_at(tree.data, (name,)), list) else []


def _members(tree: Tree, path: Path) -> Iterator[Excerpt]:
    for one in children(tree, path):
        if tree.styles[path] is Style.FLOW:
            yield _cut(tree, one)
            continue
        found = extent(tree, one)
        notes = tuple(line.strip() for line in tree.lines[found.notes : found.first])
        lines = tree.lines[found.first : found.stop]
        yield Excerpt(notes, tuple(line[min(found.margin, indent(line)) :] for line in lines))


def _cut(tree: Tree, one: Path) -> Excerpt:
    """A member between brackets, which shares its lines with others."""
    first, column, last, end = tree.spans[one]
    own = [*tree.lines[first:last], tree.lines[last][:end]]
    return Excerpt((), (f"- {own[0][column:]}", *own[1:]))
