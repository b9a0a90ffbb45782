"""Problems with fixes -> the files as they would be, each beside what it is now; nothing is written here."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsletter.nouns.problem import Edit, Fix, Place, Problem
from newsletter.workspace import Workspace

LINE_END = re.compile(r"\r\n|\r|\n")
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Mended:
    """A file of the workspace before and after, with what was mended in it."""

    path: Path
    file: str  # as places name it
    before: str
    after: str
    problems: tuple[Problem, ...]

    @property
    def data(self) -> bytes:
        """What is to be written: UTF-8, with the line ends and the mark at the start that the file had."""
        return self.after.encode()

    def diff(self) -> list[str]:
        """What changes, as a unified diff, a line each."""
        before, after = (LINE_END.split(text) for text in (self.before, self.after))
        return list(difflib.unified_diff(before, after, self.file, self.file, lineterm="", n=1))


def mend(workspace: Workspace, problems: Iterable[Problem]) -> list[Mended]:
    """Every file that the fixes of these problems change.

    A fix whose words are no longer where it looked for them, or which meets another, is left for the next time.
    """
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        files = {edit.place.file for edit in problem.fix}
        if len(files) == 1:
            by_file.setdefault(files.pop(), []).append(problem)
    found = (_mend(workspace.root / file, file, some) for file, some in by_file.items())
    return [one for one in found if one and one.problems]


def _mend(path: Path, file: str, problems: list[Problem]) -> Mended | None:
    try:
        before = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None
    starts = list(_line_starts(before))
    taken: list[tuple[int, int, str]] = []
    mended = []
    for problem in problems:
        spans = _spans(problem.fix, before, starts)
        if spans and not any(_meet(span, other) for span in spans for other in taken):
            taken += spans
            mended.append(problem)
    after = before
    for start, end, new in sorted(taken, reverse=True):
        after = after[:start] + new + after[end:]
    return Mended(path, file, before, after, tuple(mended))


def _line_starts(text: str) -> Iterator[int]:
    yield len(BOM) if text.startswith(BOM) else 0
    yield from (found.end() for found in LINE_END.finditer(text))


def _spans(fix: Fix, text: str, starts: list[int]) -> list[tuple[int, int, str]]:
    """Where the edits of a fix stand in the text; none where one of them does not stand there any more."""
    spans = [_span(edit, text, starts) for edit in fix]
    return [] if None in spans else [span for span in spans if span]


def _span(edit: Edit, text: str, starts: list[int]) -> tuple[int, int, str] | None:
    start = _index(edit.place, starts)
    if start is None or LINE_END.search(edit.old) or not text.startswith(edit.old, start):
        return None
    return start, start + len(edit.old), edit.new


def _index(place: Place, starts: list[int]) -> int | None:
    return starts[place.line - 1] + place.column - 1 if 1 <= place.line <= len(starts) else None


def _meet(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one == other or (one[0] < other[1] and other[0] < one[1])
