"""The tour: every slip is found, once, at its place, in words that say what to do; and the manual shows what is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.family import members
from newsletter.mending import mend
from newsletter.nouns.problem import Problem
from newsletter.workspace import Workspace
from tests.tour.page import CHECKS, TOUR, by_check, head, page, part
from tests.tour.slips import Slip, made, said_of, slips, told

LONGEST = 420  # characters of a message and its hint: what somebody reads who is tired


def test_the_base_is_clean(tmp_path: Path) -> None:
    """Before any slip there is nothing to mend, to look at, or to know of."""
    assert said_of(made(Slip("none", "none"), tmp_path / "base")) == ()


@pytest.mark.parametrize("check", by_check())
def test_slips(check: str, tmp_path: Path) -> None:
    """Each is told once, at the words that are wrong; what can be mended is gone then; the manual shows what is said."""
    said: list[tuple[Slip, Problem]] = []
    for slip in by_check()[check]:
        workspace = made(slip, tmp_path / str(len(said)))
        problem = told(slip, workspace)
        said.append((slip, problem))
        _is_plain(slip, problem)
        if problem.fix:
            _is_gone_when_mended(slip, problem, workspace)
    assert part(check, said) in TOUR.read_text("utf-8"), "run: make manual"
    if check in members("newsletter.checks"):
        assert page(check, said) == (CHECKS / f"{check}.md").read_text("utf-8"), "run: make manual"


def _is_plain(slip: Slip, problem: Problem) -> None:
    assert problem.severity == (slip.severity or problem.severity), slip
    assert problem.message.strip(".!? ”\"'") != problem.hint.strip(".!? ”\"'"), slip
    assert problem.message.endswith((".", "”", "?", "!", ":")), slip
    assert len(problem.message) + len(problem.hint) <= LONGEST, slip
    assert problem.hint, slip


def _is_gone_when_mended(slip: Slip, problem: Problem, workspace: Workspace) -> None:
    """The mending takes it away and brings nothing new."""
    (mended,) = mend(workspace, [problem])
    mended.path.write_bytes(mended.data)
    left = said_of(workspace, slip)
    assert {one.check for one in left} <= set(slip.others), "\n".join(map(str, [slip, *left]))
    assert problem not in left, slip


def test_every_check_is_on_the_tour() -> None:
    """A check that no slip wakes is one that nobody has seen speak."""
    assert set(members("newsletter.checks")) <= {slip.check for slip in slips()}


def test_the_manual_shows_nothing_else() -> None:
    """The tour's parts stand in their order, and each page is one of a check that there is."""
    shown = TOUR.read_text("utf-8")
    titles = [part(check, []).split("\n")[1] for check in by_check()]
    assert shown.startswith(head())
    assert [line for line in shown.split("\n") if line.startswith("## ")] == titles
    assert shown.count("\n| **") == len(slips())
    assert {path.stem for path in CHECKS.glob("*.md")} == set(members("newsletter.checks"))
