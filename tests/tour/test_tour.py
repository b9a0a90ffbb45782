"""The tour: every slip is found, once, at its place, in words that say what to do; and the manual shows what is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.family import members
from newsletter.mending import mend
from tests.tour.page import pages
from tests.tour.slips import Slip, made, said_of, slips, told

LONGEST = 420  # characters of a message and its hint: what somebody reads who is tired


def test_the_base_is_clean(tmp_path: Path) -> None:
    """Before any slip there is nothing to mend, to look at, or to know of."""
    assert said_of(made(Slip("none", "none"), tmp_path / "base")) == ()


@pytest.mark.parametrize("slip", slips(), ids=str)
def test_slip(slip: Slip, tmp_path: Path) -> None:
    """It is told once, at the words that are wrong, and what else is sound stays unsaid."""
    workspace = made(slip, tmp_path / "made")
    problem = told(slip, workspace)
    if slip.severity:
        assert problem.severity == slip.severity
    assert problem.message.strip(".!? ”\"'") != problem.hint.strip(".!? ”\"'")
    assert problem.message.endswith((".", "”", "?", "!", ":"))
    assert 0 < len(problem.message) + len(problem.hint) <= LONGEST
    assert problem.hint


@pytest.mark.parametrize("slip", slips(), ids=str)
def test_what_is_mended_is_gone(slip: Slip, tmp_path: Path) -> None:
    """Where the program offers to mend a slip, the mending takes it away and brings nothing new."""
    workspace = made(slip, tmp_path / "made")
    problem = told(slip, workspace)
    if not problem.fix:
        return
    (mended,) = mend(workspace, [problem])
    mended.path.write_bytes(mended.data)
    left = said_of(workspace, slip)
    assert {one.check for one in left} <= set(slip.others), "\n".join(map(str, left))
    assert problem not in left


def test_every_check_is_on_the_tour() -> None:
    """A check that no slip wakes is one that nobody has seen speak."""
    assert set(members("newsletter.checks")) <= {slip.check for slip in slips()}


def test_the_manual_shows_the_tour(tmp_path: Path) -> None:
    """The tour and each check's page are what the program says today: python -m tests.tour.page writes them again."""
    old = [path.name for path, text in pages(tmp_path).items() if not path.is_file() or path.read_text("utf-8") != text]
    assert old == [], "run: make manual"
