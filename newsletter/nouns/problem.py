"""What an author wrote wrong, as data: a Place, a Severity, a Problem that says what to do next, and perhaps its Fix."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error stops a real send, a warning asks, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file (relative to the workspace, with ``/``), a line and a column, both from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


Stretches = tuple[tuple[int, int, int], ...]
"""Where the characters of a text stand in its file, as (offset, line, column): from this offset of the text on, its
characters stand one after another from this line and column on, until the next stretch begins."""


def place_within(stretches: Stretches, offset: int, start: Place) -> Place:
    """The place of one character of a text that starts at ``start``; offsets count from 0."""
    index = bisect_right(stretches, offset, key=lambda stretch: stretch[0]) - 1
    if index < 0:
        return start
    first, line, column = stretches[index]
    return Place(start.file, line, column + offset - first)


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a file: at this place stands ``old``, and ``new`` is to stand there. Neither holds a line's end."""

    place: Place
    old: str
    new: str


Fix = tuple[Edit, ...]
"""A mending that needs nobody's judgement, as the edits that make it up; made whole or not at all."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend: what is wrong (message), where (place), and what to do next (hint).

    Where the mending is mechanical, ``fix`` is what ``newsletter check --fix`` would write.
    """

    place: Place
    severity: Severity
    check: str
    message: str
    hint: str = ""
    fix: Fix = ()

    def __str__(self) -> str:
        way_on = f" {self.hint}" if self.hint else ""
        return f"{self.place}: {self.severity}: {self.message}{way_on}"


def worst_first(problem: Problem) -> tuple[int, Place, str]:
    """Sort key: errors, then warnings, then notes; within each in the order of the files."""
    return list(Severity).index(problem.severity), problem.place, problem.check


def in_file_order(problem: Problem) -> tuple[Place, int, str]:
    """Sort key: as one meets them on the way down the files."""
    return problem.place, list(Severity).index(problem.severity), problem.check
