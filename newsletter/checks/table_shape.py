"""Tables whose rows do not fit their header."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from newsletter.nouns.draft import Edition, Section, Value
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "table-shape"
TYPE = "table"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for a cell in a column without a title (WCAG 1.3.1), and for a second header row."""
    return [
        problem
        for edition in dossier.editions
        for section in edition.sections
        if section.type.name == TYPE
        for problem in _look_at(edition, section)
    ]


def _look_at(edition: Edition, section: Section) -> Iterator[Problem]:
    header = _rows(section.values.get("header"))
    titled = {name for row in header for name, title in row.items() if title}
    if len(header) > 1:
        message = f"The header has {len(header)} rows; a column has one title."
        place = edition.place((*section.path, "header", 1))
        yield Problem(place, Severity.WARNING, NAME, message, "Put the titles of all columns into the first row.")
    untitled: dict[str, tuple[int, int]] = {}  # column -> its first row, and how many there are
    for number, row in enumerate(_rows(section.values.get("rows"))):
        for name in (name for name, cell in row.items() if cell and name not in titled):
            first, count = untitled.get(name, (number, 0))
            untitled[name] = first, count + 1
    for name, (first, count) in untitled.items():
        cells = "A cell stands" if count == 1 else f"{count} cells stand"
        message = f"{cells} in the {name} column, which has no title: who hears the table does not learn what it means."
        hint = f"Add  {name}: ...  to the header, or take what stands there out of the rows."
        yield Problem(edition.place((*section.path, "rows", first, name)), Severity.WARNING, NAME, message, hint)


def _rows(value: Value | None) -> list[Mapping[str, Value]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []
