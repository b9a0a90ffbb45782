"""What inboxes show of subject and preheader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsletter.checks.subject_length import length

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

HEAD = "subject: {subject}\npreheader: {preheader}\nsend_on: 2025-07-04\nsections:\n"
GOOD = "Congress backs the bill, and families go to court"


@pytest.mark.parametrize(
    ("subject", "preheader", "line"),
    [
        ("x" * 61, GOOD, 1),
        ("An amnesty", "x" * 39, 2),
        ("An amnesty", "x" * 101, 2),
        (GOOD, GOOD, 2),
        ('"Re: x"', GOOD, 1),
    ],
)
def test_each_is_a_warning_at_its_line(desk: Desk, finds: Finds, subject: str, preheader: str, line: int) -> None:
    """F16: subject up to 60, preheader 40 to 100, not the same, and no false answer."""
    found = finds(desk.dossier(head=HEAD.format(subject=subject, preheader=preheader)))
    assert [(place.split(":")[1], severity) for place, severity, _ in found] == [(str(line), "warning")]


def test_the_edges_pass(desk: Desk, finds: Finds) -> None:
    """F16: 60 and 40 and 100 are still right; a slot counts as its fallback."""
    assert finds(desk.dossier(head=HEAD.format(subject="x" * 60, preheader="y" * 40))) == []
    assert finds(desk.dossier(head=HEAD.format(subject="x" * 54 + "{first_name|friend}", preheader="y" * 100))) == []


@pytest.mark.parametrize("text", ["👩‍👩‍👧‍👦", "🇵🇪", "👋🏽", "é", "e\u0301", "❤️"])
def test_characters_are_counted_as_people_see_them(text: str) -> None:
    """F16: lengths in grapheme clusters."""
    assert length(text) == 1
    assert length(text * 3) == 3
