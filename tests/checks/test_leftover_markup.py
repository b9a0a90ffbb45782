"""Marks that make nothing bold, and HTML that nobody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

BODY = "- type: news\n  title: A vote\n  body: |\n    They voted.\n\n    And {text} so\n"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("** bold ** x", [9]),
        ("**bold", [9]),
        ("<b>bold</b>", [9]),
        ("a<br>b", [10]),
        ("<br/>", [9]),
        ("__bold", [9]),
    ],
)
def test_what_readers_would_see_is_told(desk: Desk, finds: Finds, text: str, columns: list[int]) -> None:
    """Each at its place inside the text."""
    found = [one[:2] for one in finds(desk.dossier(BODY.format(text=text)))]
    assert found == [(f"issues/2025-07.yaml:10:{column}", "warning") for column in columns]


@pytest.mark.parametrize(
    "text", ["**bold**", "*leaning*", "a < b & c > d", "`<b>` and `**`", "5 * 3", "2 <3", "snake_case"]
)
def test_what_is_right_passes(desk: Desk, finds: Finds, text: str) -> None:
    """Nothing to say."""
    assert finds(desk.dossier(BODY.format(text=text))) == []


@pytest.mark.parametrize(
    ("text", "times"),
    [("###Why it matters", 1), ("### Why it matters", 0), ("#Perú", 0), ("An _odd mark", 1), ("An _odd_ mark, a_b", 0)],
)
def test_a_heading_without_its_space_and_a_single_underscore(desk: Desk, finds: Finds, text: str, times: int) -> None:
    """Readers would see the signs."""
    assert len(finds(desk.dossier(f"- type: letter\n  body: |\n    {text}\n"))) == times
