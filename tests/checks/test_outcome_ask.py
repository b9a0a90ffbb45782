"""What became of an ask, and of which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from newsletter.nouns.draft import IssueName
from tests.checks.conftest import found

if TYPE_CHECKING:
    from newsletter.nouns.letter import Dossier
    from newsletter.nouns.problem import Problem
    from tests.checks.conftest import Desk

PETITION = """\
- type: petition
  id: who-called-the-shots
  title: Who called the shots?
  body: Ask them.
  url: https://example.org/sign
"""
OUTCOME = """\
- type: outcome
  ask: {ask}
  asked: that they be tried.
  since: a trial began.
"""
NEWS = "- {type: news, id: the-vote, title: The vote, body: They voted.}\n"


def dossier(desk: Desk, sections: str, earlier: str = "") -> Dossier:
    """July with these sections, after a June with those."""
    before = (replace(desk.edition(earlier), issue=IssueName(2025, 6)),) if earlier else ()
    return replace(desk.dossier(sections), earlier=before)


@pytest.mark.parametrize(("here", "earlier"), [(PETITION, ""), ("", PETITION)])
def test_an_ask_of_this_issue_or_an_earlier_one_is_known(desk: Desk, here: str, earlier: str) -> None:
    """Readers signed, and this happened: weeks or years later."""
    assert found("outcome_ask", dossier(desk, here + OUTCOME.format(ask="who-called-the-shots"), earlier)) == []
    assert found("outcome_ask", dossier(desk, "- {type: outcome, asked: x, since: y}\n")) == []


@pytest.mark.parametrize(
    ("ask", "hint"),
    [
        ("who-called-shots", "Did you mean “who-called-the-shots” (“Who called the shots?”)?"),
        ("Who called the shots?", "Did you mean “who-called-the-shots”"),
        ("the-vote", "Its id is one of: who-called-the-shots."),
    ],
)
def test_another_is_told_with_the_one_that_was_meant(desk: Desk, ask: str, hint: str) -> None:
    """At its own place; the title will do; news is nothing that readers were asked."""
    problem = the_only(found("outcome_ask", dossier(desk, OUTCOME.format(ask=ask), PETITION + NEWS)))
    assert str(problem.place) == "issues/2025-07.yaml:6:8"
    assert problem.severity.value == "warning"
    assert ask in problem.message
    assert hint in problem.hint


def test_where_nothing_was_ever_asked_it_says_what_to_do(desk: Desk) -> None:
    """The id belongs beside the ask."""
    problem = the_only(found("outcome_ask", dossier(desk, OUTCOME.format(ask="the-march"), NEWS)))
    assert "id: the-march" in problem.hint


def the_only(problems: list[Problem]) -> Problem:
    """The one there is."""
    (problem,) = problems
    return problem
