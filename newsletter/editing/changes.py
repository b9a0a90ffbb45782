"""What is to be changed in an issue file, as data: the way to a value or a section, and what shall stand there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from newsletter.nouns.draft import Path
from newsletter.yaml_tree.write import Value

SECTIONS: Path = ("sections",)

Order = Callable[[Path, str], Sequence[str]]
"""Tells for a path, and the type of the section that it leads into ("" outside of them), in which order the names under
it are written; names that it does not know come last. ``newsletter.drafting.order`` makes one of the section types."""


@dataclass(frozen=True, slots=True)
class SetValue:
    """A value at a path, there already or not: a text, a flag, a number, a day, a list, or names with values.

    ``True`` is written ``yes``, a date as ``2025-07-04``; so are the texts ``yes``, ``no`` and ``2025-07``. ``""`` stays
    as ``title: ""``, as a careful person leaves a field that must be there; an empty list, or no names at all, is the
    same as Unset. Lists and names are compared with what stands there: only what differs is written. A text of several
    lines ends with one line end, as it does under ``body: |``; without it, it is written under ``|-``. What is missing on
    the way is made.
    """

    path: Path
    value: Value


@dataclass(frozen=True, slots=True)
class Unset:
    """The name at a path goes, with its value and the comment at the end of its line; nothing where it is not there.

    A comment in a line of its own above it stays: it may speak of more than this one. Where it was the only name, what
    holds it goes too (``image`` without ``file``); the only name of a section or of a member of a list stays.
    """

    path: Path


@dataclass(frozen=True, slots=True)
class AddSection:
    """A new section, the ``at``-th from 0 when it stands there; a number beyond the end puts it last."""

    at: int
    type: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class AddItem:
    """A new member of a list, such as a source: ``at`` is where it will stand, ``("sections", 2, "sources", 0)``."""

    at: Path
    value: Value


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The section or member at this path once more, right after it, with its comments and the notes above it."""

    at: Path


@dataclass(frozen=True, slots=True)
class Move:
    """The section or member at this path becomes the ``to``-th, from 0; the notes right above it go with it.

    Blank lines and notes that stand apart, between two blank lines, stay where they are.
    """

    at: Path
    to: int


@dataclass(frozen=True, slots=True)
class Remove:
    """The section or member at this path goes, with its comments and the notes right above it.

    With the last member goes the name of the list; only ``sections: []`` stays, and ``[]`` where brackets stood.
    """

    at: Path


Change = SetValue | Unset | AddSection | AddItem | Duplicate | Move | Remove
