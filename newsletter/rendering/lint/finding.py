"""What is wrong with a template, and where: a line and a column, both from 1."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from newsletter.nouns.problem import Severity


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something to mend in a template, and what to do next."""

    line: int
    column: int
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


class Lines:
    """Turns an offset of a text into its line and column."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        for at, letter in enumerate(text):
            if letter == "\n":
                self._starts.append(at + 1)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and a column."""
        return self._starts[min(line, len(self._starts)) - 1] + column - 1
