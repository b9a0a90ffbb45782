"""On whose clock a meeting's hour is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checks.conftest import found

if TYPE_CHECKING:
    from newsletter.nouns.problem import Problem
    from tests.checks.conftest import Desk, Finds

EVENT = """\
- type: event
  title: An evening
  date: 2025-07-17
  starts: "18:30"
  {line}
"""


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Europe/Londres", "Europe/London"), ("America/lima", "America/Lima"), ("Nowhere/At_all", "such as")],
)
def test_a_time_zone_that_does_not_exist_is_an_error(desk: Desk, written: str, meant: str) -> None:
    """At its own place, with the one that was meant."""
    (problem,) = _of(desk, EVENT.format(line=f"timezone: {written}"))
    assert str(problem.place) == "issues/2025-07.yaml:9:13"
    assert problem.severity.value == "error"
    assert written in problem.message
    assert meant in problem.hint


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("timezone: London time", "issues/2025-07.yaml:9:13"),
        ("timezone: GMT/BST", "issues/2025-07.yaml:9:13"),
        ("timezone: CET/CEST", "issues/2025-07.yaml:9:13"),
        ('online: "https://example.org/live"', "issues/2025-07.yaml:8:11"),
    ],
)
def test_people_elsewhere_need_to_know(desk: Desk, finds: Finds, line: str, place: str) -> None:
    """Words are for people, a zone for their calendars too: a note where there is none."""
    (found,) = finds(desk.dossier(EVENT.format(line=line)))
    assert found[:2] == (place, "note")


def test_words_that_name_the_place_are_answered_with_its_zone(desk: Desk) -> None:
    """``London time`` is nearly there."""
    (problem,) = _of(desk, EVENT.format(line="timezone: London time"))
    assert "timezone: Europe/London" in problem.hint


@pytest.mark.parametrize("line", ["timezone: Europe/London", "timezone: UTC", "place: The town hall"])
def test_a_known_zone_and_a_meeting_in_a_room_are_well(desk: Desk, finds: Finds, line: str) -> None:
    """Who sits in the room needs no zone."""
    assert finds(desk.dossier(EVENT.format(line=line))) == []


def _of(desk: Desk, sections: str) -> list[Problem]:
    return found("time_zone", desk.dossier(sections))
