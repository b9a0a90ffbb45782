"""Headings and the title of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checks.conftest import PAGE

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<h3>A</h3>", "<h3> follows on <h1>"),
        ("<h2>A</h2><h4>B</h4>", "<h4> follows on <h2>"),
        ("<h1>Another</h1>", "2 first headings"),
        ("<h2> </h2>", "is empty"),
    ],
)
def test_headings_lead_through_the_letter(desk: Desk, finds: Finds, html: str, words: str) -> None:
    """X7: one first heading, no level left out."""
    ((place, severity, message),) = finds(desk.page(html))
    assert (place, severity) == ("issues/2025-07.yaml:5:3", "warning")
    assert words in message


def test_the_title_is_the_subject(desk: Desk, finds: Finds) -> None:
    """X7: and there is a first heading at all."""
    assert "title" in finds(desk.page(whole=PAGE.replace("<title>A letter", "<title>Letter")))[0][2]
    assert "no first headings" in finds(desk.page(whole=PAGE.replace("<h1>Peru</h1>", "")))[0][2]
    assert finds(desk.page("<h2>A</h2><h3>B</h3><h2><img alt='C'></h2>")) == []
