"""A link to an earlier letter leads to one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from newsletter.nouns.draft import IssueName
from tests.checks.conftest import LETTER, found

if TYPE_CHECKING:
    from newsletter.nouns.letter import Dossier
    from tests.checks.conftest import Desk

PREVIOUS = "- type: previous\n  title: Before the Court\n  issue: {issue}\n"
THERE = ("2024-02", "2025-05", "2025-06", "2025-06-14-apci")


def dossier(desk: Desk, sections: str, there: tuple[str, ...] = THERE) -> Dossier:
    """July, after these issues."""
    one = desk.edition(LETTER)
    return replace(desk.dossier(sections), earlier=tuple(replace(one, issue=IssueName.parse(name)) for name in there))


@pytest.mark.parametrize("issue", ["2024-02", "2025-06", "2025-06-14"])
def test_an_earlier_issue_is_well(desk: Desk, issue: str) -> None:
    """By its month, a special by its day."""
    assert found("previous_issue", dossier(desk, PREVIOUS.format(issue=issue))) == []


@pytest.mark.parametrize("issue", ["2025-07", "2025-04", "2025-06-15", "2025"])
def test_one_that_there_is_not_is_an_error(desk: Desk, issue: str) -> None:
    """Nor can this very issue be an earlier one; the nearest are named."""
    (problem,) = found("previous_issue", dossier(desk, PREVIOUS.format(issue=issue)))
    assert str(problem.place) == "issues/2025-07.yaml:7:10"
    assert problem.severity.value == "error"
    assert issue in problem.message
    assert "2025-06" in problem.hint


def test_a_letter_from_before_ones_files_has_an_address(desk: Desk) -> None:
    """Then it is only a note."""
    (problem,) = found(
        "previous_issue", dossier(desk, PREVIOUS.format(issue="2019-03") + "  url: https://example.org/\n")
    )
    assert problem.severity.value == "note"


def test_the_first_issue_has_none_before_it(desk: Desk) -> None:
    """And is told so."""
    (problem,) = found("previous_issue", dossier(desk, PREVIOUS.format(issue="2025-06"), ()))
    assert "take the section out" in problem.hint
