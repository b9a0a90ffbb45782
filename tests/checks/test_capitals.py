"""Passages in capitals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("language", "text", "column"),
    [
        ("en", "We say: LET THE FAMILIES RETURN now.", 13),
        ("es", "Decimos: QUE VUELVAN LAS FAMILIAS ya.", 14),
        ("en", "### LET THEM RETURN", 9),
    ],
)
def test_a_passage_in_capitals_is_noted(desk: Desk, finds: Finds, language: str, text: str, column: int) -> None:
    """At its first letter; a heading too."""
    ((place, severity, _),) = finds(desk.says(text, language=language))
    assert (place.rpartition(":")[2], severity) == (str(column), "note")


def test_a_title_in_capitals_is_noted(desk: Desk, finds: Finds) -> None:
    """At its first letter."""
    ((place, severity, _),) = finds(desk.dossier("- type: news\n  title: A VOTE IN LIMA\n  body: B.\n"))
    assert (place, severity) == ("issues/2025-07.yaml:6:10", "note")


@pytest.mark.parametrize(
    "text",
    [
        "The UN, the USA and the NGO met.",
        "APCI, PSG and HRAC.",
        "**Let them return**",
        "### APCI",
        "I AM here",
        "### The APCI law",
    ],
)
def test_abbreviations_pass(desk: Desk, finds: Finds, text: str) -> None:
    """Two or three side by side are no passage."""
    assert finds(desk.says(text)) == []
