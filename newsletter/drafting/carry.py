"""An ask as it stands in an earlier issue's file -> the same lines for a new one, word for word with the author's notes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import yaml

from newsletter.nouns.draft import UNSURE
from newsletter.yaml_tree.excerpts import Excerpt, excerpts
from newsletter.yaml_tree.tree import Tree, read_tree

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
    changed = (_KEY, UNSURE) if confirm else ("", "")
    if confirm:
        wanted[_KEY] = UNSURE
    return next(lines for lines in _ways(tree, number, wanted, changed) if _reads_as(lines, wanted))


def _section(tree: Tree, number: int) -> Mapping[str, Any]:
    data: Any = tree.data
    found: Mapping[str, Any] = data["sections"][number]
    return found


def _ways(tree: Tree, number: int, wanted: Mapping[str, Any], changed: tuple[str, str]) -> Iterator[tuple[str, ...]]:
    """The author's own lines; where those do not do, her words written anew; where those do not, for machines."""
    with suppress(ValueError, IndexError):
        yield _indented(excerpts("\n".join(tree.lines), "sections", changed)[number])
    anew = yaml.dump([wanted], Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=90)
    yield tuple(_line(line) for line in anew.rstrip("\n").split("\n"))
    yield (f"{INDENT}- {json.dumps(wanted)}",)


def _indented(found: Excerpt) -> tuple[str, ...]:
    notes = [note for note in found.notes if not note.startswith(OURS)]
    own = [line for line in found.lines if not line.lstrip().startswith(OURS)] or found.lines
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
