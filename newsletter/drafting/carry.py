"""An ask as it stands in an earlier issue's file -> the same lines for a new one, word for word with the author's notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from newsletter.editing.change import change
from newsletter.editing.changes import SECTIONS, SetValue
from newsletter.editing.not_safe import NotSafe
from newsletter.editing.source import read_source
from newsletter.nouns.draft import UNSURE
from newsletter.yaml_tree.excerpts import Excerpt, excerpts
from newsletter.yaml_tree.tree import Tree, read_tree
from newsletter.yaml_tree.write import item, typed

OURS = "#>"
"""How the notes begin that the program puts into a file; they are not carried on."""
INDENT = "  "
_KEY = "closed"


def carry(tree: Tree, number: int, *, confirm: bool = False) -> tuple[str, ...]:
    """The lines of a section of an issue's file, set in as a new file has them.

    With ``confirm`` it says ``closed: unsure``, so that somebody looks. They read as what they were copied from, or
    else the section is written anew.
    """
    wanted = dict(_section(tree, number))
    if confirm:
        wanted[_KEY] = UNSURE
    return next(lines for lines in _ways(tree, number, wanted) if _reads_as(lines, wanted))


def _section(tree: Tree, number: int) -> Mapping[str, Any]:
    data: Any = tree.data
    found: Mapping[str, Any] = data["sections"][number]
    return found


def _ways(tree: Tree, number: int, wanted: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The author's own lines; where those do not do, her words written anew; where those do not, for machines."""
    with suppress(NotSafe):
        yield _indented(excerpts(_saying(tree, number, wanted), "sections")[number])
    yield tuple(item(wanted, len(INDENT)))
    yield (f"{INDENT}- {typed(wanted)}",)


def _saying(tree: Tree, number: int, wanted: Mapping[str, Any]) -> Tree:
    """The file with what is new in the section. Raises NotSafe."""
    if wanted == _section(tree, number):
        return tree
    text = change("\n".join(tree.lines), [SetValue((*SECTIONS, number, _KEY), wanted[_KEY])], file=tree.file)
    return read_source(text, tree.file).tree


def _indented(found: Excerpt) -> tuple[str, ...]:
    notes = [note for note in found.notes if not note.startswith(OURS)]
    own = [line for line in found.lines if not line.lstrip().startswith(OURS)] or list(found.lines)
    while not own[-1].strip():  # under |+ the text holds the blank line after the section: one more each month
        own.pop()
    return tuple(_line(line) for line in (*notes, *own))


def _line(line: str) -> str:
    return f"{INDENT}{line}" if line else ""


def _reads_as(lines: tuple[str, ...], wanted: Mapping[str, Any]) -> bool:
    tree, problems = read_tree("sections:\n" + "\n".join(lines) + "\n", "")
    data: Any = tree.data if tree else None
    return data is not None and not problems and _plain(data) == {"sections": [_plain(dict(wanted))]}


def _plain(data: Any) -> Any:
    """The same without the line ends after a text, which no reader sees."""
    if isinstance(data, list):
        return [_plain(one) for one in data]
    if isinstance(data, dict):
        return {key: _plain(one) for key, one in data.items()}
    return data.rstrip("\n") if isinstance(data, str) else data
