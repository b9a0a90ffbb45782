"""A Tree and a place in its file -> the way to the value that stands there."""

from __future__ import annotations

from newsletter.nouns.draft import Path
from newsletter.yaml_tree.extents import children, indent, is_flow, last_line, start
from newsletter.yaml_tree.tree import Style, Tree


def field_at(tree: Tree, line: int, column: int = 1) -> Path:
    """The way to the value, or to the name or dash before it, at a line and column (from 1); the innermost one.

    Where nothing stands it is what goes on around the place: a section, or ``()`` for the whole file.
    """
    if not 1 <= line <= len(tree.lines):
        return ()
    place = line - 1, max(column - 1, indent(tree.lines[line - 1]))
    path: Path = ()
    while (inside := _child_at(tree, path, place)) is not None:
        path = inside
    return path


def _child_at(tree: Tree, path: Path, place: tuple[int, int]) -> Path | None:
    flow = is_flow(tree, path) or tree.styles[path] is Style.FLOW
    found = None
    for one in children(tree, path):
        if ((tree.key_spans.get(one) or tree.spans[one])[:2] if flow else start(tree, one)) > place:
            break
        found = one
    if found is None:
        return None
    if not flow:
        return found if place[0] <= last_line(tree, found) else None
    end = max(tree.spans[found][2:], tree.key_spans.get(found, (0, 0, 0, 0))[2:])
    return found if place <= end else None
