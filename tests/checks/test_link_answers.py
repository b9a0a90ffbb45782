"""Links and what they answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from newsletter.nouns.letter import Visit
from tests.checks.conftest import found

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

URL = "https://www.example.org/petition"
BODY = f"- type: petition\n  title: Sign\n  body: Ask.\n  url: {URL}\n"


@pytest.mark.parametrize(
    ("visit", "severity"),
    [
        (Visit(200, URL), ""),
        (Visit(404, URL), "error"),
        (Visit(410, URL), "error"),
        (Visit(503, URL), "note"),
        (Visit(401, URL), ""),
        (Visit(403, URL), ""),
        (Visit(429, URL), ""),
        (Visit(200, "https://www.example.org/"), "warning"),
        (Visit(200, "https://www.example.org/en/"), "warning"),
        (Visit(200, "https://example.net"), "warning"),
        (Visit(200, "https://www.example.org/petition/2"), ""),
        (Visit(200, "https://example.org/petition"), ""),
        (Visit(200, "https://consent.example.net/?continue=x"), ""),
        (Visit(200, "https://example.net/login"), ""),
        (Visit(200, "https://example.net/petition"), "note"),
        (Visit(trouble="unknown-host"), "error"),
        (Visit(trouble="certificate"), "warning"),
        (Visit(trouble="timeout"), "note"),
        (Visit(trouble="no-answer"), "note"),
        (Visit(trouble="too-large"), ""),
        (Visit(200, "https://[x"), ""),
    ],
)
def test_what_an_answer_means(desk: Desk, finds: Finds, visit: Visit, severity: str) -> None:
    """Gone is gone; a wall for people alone is not called dead."""
    dossier = replace(desk.dossier(BODY), visits={URL: visit})
    told = [one[:2] for one in finds(dossier)]
    assert told == ([("issues/2025-07.yaml:8:8", severity)] if severity else [])


def test_what_has_moved_for_good_can_be_mended(desk: Desk) -> None:
    """Only where every redirect says so."""
    moved = Visit(200, "https://example.net/petition", permanent=True)
    (problem,) = found("link_answers", replace(desk.dossier(BODY), visits={URL: moved}))
    assert [(one.old, one.new) for one in problem.fix] == [(URL, "https://example.net/petition")]
    (problem,) = found("link_answers", replace(desk.dossier(BODY), visits={URL: replace(moved, permanent=False)}))
    assert problem.fix == ()


def test_a_home_page_may_be_what_is_meant(desk: Desk, finds: Finds) -> None:
    """Nobody looked, or the link is to a home page."""
    assert finds(desk.dossier(BODY)) == []
    home = BODY.replace(URL, "https://example.org/")
    visit = Visit(200, "https://example.org/en/")
    assert finds(replace(desk.dossier(home), visits={"https://example.org/": visit})) == []


def test_a_computer_that_is_not_online_is_told_once(desk: Desk, finds: Finds) -> None:
    """Fourteen links that could not be asked are no fourteen links to mend."""
    visits = {URL: Visit(trouble="offline"), "https://example.net/": Visit(trouble="offline")}
    ((place, severity, message, *_),) = finds(replace(desk.dossier(BODY), visits=visits))
    assert (place.partition(":")[0], severity) == ("issues/2025-07.yaml", "warning")
    assert message.startswith("2 links could not be asked: this computer seems not to be online")
