"""Asks that end while the newsletter pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

from tests.checks.conftest import PROFILE

ASK = "- type: petition\n  title: Sign for Celia\n  body: Ask them.\n  url: https://example.org/sign\n  until: {}\n"


@pytest.mark.parametrize(
    ("until", "noted"),
    [("2025-08-03", False), ("2025-08-04", True), ("2025-09-03", True), ("2025-09-04", False), ("2025-07-01", False)],
)
def test_an_ask_by_its_last_day(desk: Desk, finds: Finds, until: str, noted: bool) -> None:
    """From the day on which the August issue would have gone out to the one before September's; at its last day."""
    found = finds(desk.dossier(ASK.format(until), profile=f"{PROFILE}pause: 2025-08\n"))
    assert [one[:2] for one in found] == ([("issues/2025-07.yaml:9:10", "note")] if noted else [])
    assert all("2025-09-04" in one[2] for one in found)


@pytest.mark.parametrize("pause", ["", "pause: 2025-09\n", "pause: [2024-08, 2026-08]\n"])
def test_without_a_pause_after_it_nothing_is_said(desk: Desk, finds: Finds, pause: str) -> None:
    """Another month's pause is another month's matter."""
    assert finds(desk.dossier(ASK.format("2025-08-20"), profile=PROFILE + pause)) == []
