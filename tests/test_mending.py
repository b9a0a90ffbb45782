"""Fixes become changed files: whole fixes only, at their places only, every other byte as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.mending import Mended, mend
from newsletter.nouns.problem import Edit, Place, Problem, Severity
from newsletter.workspace import Workspace

FILE = "issues/2025-07.yaml"


def problem(*edits: tuple[int, int, str, str]) -> Problem:
    """A problem whose fix has these edits."""
    fix = tuple(Edit(Place(FILE, line, column), old, new) for line, column, old, new in edits)
    return Problem(Place(FILE), Severity.NOTE, "trial", "x", "y", fix)


def after(root: Path, text: str, *problems: Problem) -> Mended | None:
    """What becomes of a text."""
    path = root / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    found = mend(Workspace(root), problems)
    return found[0] if found else None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_place_changes(tmp_path: Path, end: str, mark: str) -> None:
    """Line ends and the mark at the start stay; two fixes of one line both fit."""
    text = f"{mark}a: the the cat{end}b: ünd  so{end}"
    found = after(tmp_path, text, problem((1, 8, "the ", "")), problem((2, 7, "  ", " ")))
    assert found
    assert found.after == f"{mark}a: the cat{end}b: ünd so{end}"
    assert found.data == found.after.encode()
    assert len(found.problems) == 2


def test_a_fix_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    """Where one of its words is no longer there, the other edit is not made either."""
    assert after(tmp_path, "a: one\nb: two\n", problem((1, 4, "one", "1"), (2, 4, "three", "3"))) is None


def test_of_fixes_that_meet_the_first_is_made(tmp_path: Path) -> None:
    """The second finds its place again the next time."""
    found = after(tmp_path, "a: one two\n", problem((1, 4, "one two", "1")), problem((1, 8, "two", "2")))
    assert found
    assert found.after == "a: 1\n"


def test_what_is_no_text_of_ours_stays(tmp_path: Path) -> None:
    """A file that is gone, a line beyond the end, a file that is not UTF-8."""
    assert after(tmp_path, "a: b\n", problem((9, 1, "a", "b"))) is None
    (tmp_path / FILE).write_bytes(b"a: \xe9\n")
    assert mend(Workspace(tmp_path), [problem((1, 1, "a", "b"))]) == []
    (tmp_path / FILE).unlink()
    assert mend(Workspace(tmp_path), [problem((1, 1, "a", "b"))]) == []


def test_the_diff_shows_old_and_new(tmp_path: Path) -> None:
    """Each changed line twice, as git shows it."""
    found = after(tmp_path, "a: the the cat\n", problem((1, 8, "the ", "")))
    assert found
    assert [line for line in found.diff() if line[:1] in "+-"][2:] == ["-a: the the cat", "+a: the cat"]
