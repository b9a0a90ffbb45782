"""Asks that are over when the letter arrives."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

PETITION = """\
- type: petition
  title: Sign for Celia
  body: Ask them.
  url: https://example.org/sign
  until: {until}
"""


@pytest.mark.parametrize(
    ("until", "severity"),
    [("2025-07-03", "error"), ("2025-07-04", "warning"), ("2025-07-07", "warning"), ("2025-07-08", "")],
)
def test_a_petition_by_its_last_day(desk: Desk, finds: Finds, until: str, severity: str) -> None:
    """Over before send_on is an error, within three days a warning, later nothing; at the date itself."""
    found = [one[:2] for one in finds(desk.dossier(PETITION.format(until=until)))]
    assert found == ([("issues/2025-07.yaml:9:10", severity)] if severity else [])


def test_an_event_in_the_past(desk: Desk, finds: Finds) -> None:
    """An event has a day of its own, which closes it."""
    past = desk.dossier("- type: event\n  title: An evening\n  date: 2025-06-30\n  body: Come.\n")
    assert [one[:2] for one in finds(past)] == [("issues/2025-07.yaml:7:9", "error")]


def test_news_of_the_past_is_no_ask(desk: Desk, finds: Finds) -> None:
    """Only what readers can do has a last day."""
    assert finds(desk.dossier("- type: news\n  title: A vote\n  date: 2025-06-13\n  body: They voted.\n")) == []


def test_an_ask_that_closes_before_a_late_sending(desk: Desk, finds: Finds) -> None:
    """DESIGN: dates are judged by send_on; a sending on another day asks again, and does not forbid."""
    dossier = desk.dossier(PETITION.format(until="2025-07-20"))
    assert finds(dossier) == []
    assert [one[1] for one in finds(dossier, dt.date(2025, 7, 21))] == ["warning"]


CLOSED = """\
- type: petition
  title: Sign for Celia
  body: Ask them.
  url: https://example.org/sign
  closed: {closed}
"""


@pytest.mark.parametrize(
    ("closed", "severity"),
    [("2025-07-03", "error"), ("2025-07-04", "error"), ("2025-07-05", ""), ("yes", "note"), ("no", "")],
)
def test_a_petition_that_was_closed(desk: Desk, finds: Finds, closed: str, severity: str) -> None:
    """Since a day before it goes out is an error; `yes` may be written into a letter that was sent long ago."""
    found = [one[:2] for one in finds(desk.dossier(CLOSED.format(closed=closed)))]
    assert found == ([("issues/2025-07.yaml:9:11", severity)] if severity else [])
