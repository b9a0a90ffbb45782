"""Where people at risk live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


NEWS = "- type: news\n  title: A threat\n  body: |\n    {words}\n  people: [{{name: Rosa Quispe, consent: agreed, at_risk: {risk}}}]\n"


@pytest.mark.parametrize(
    ("words", "column"),
    [
        ("She lives in Huamanga with her sons.", 9),
        ("Since May she has stayed at 12 Example Street again.", 33),
        ("Her house is in Ayacucho.", 0),
        ("They found her house in Ayacucho.", 16),
        ("Vive en Huamanga desde mayo.", 0),
        ("Ella vive en Huamanga.", 10),
        ("La buscaron en Jr. Los Olivos 245.", 20),
        ("Llegaron a la Av. Arequipa N° 1240.", 19),
    ],
)
def test_a_place_that_gives_somebody_away(desk: Desk, finds: Finds, words: str, column: int) -> None:
    """P14: a street, a number, “lives in”: told at the words, where somebody is at risk."""
    told = finds(desk.dossier(NEWS.format(words=words, risk="yes")))
    if column:
        assert [one[:2] for one in told] == [(f"issues/2025-07.yaml:8:{column}", "warning")]
    assert finds(desk.dossier(NEWS.format(words=words, risk="no"))) == []


@pytest.mark.parametrize(
    "words",
    [
        "She lives in fear.",
        "Vive en peligro desde mayo.",
        "The court in Lima heard 12 Witnesses on 3 May.",
        "On 12 June Congress voted.",
    ],
)
def test_others_pass(desk: Desk, finds: Finds, words: str) -> None:
    """What is no place."""
    assert finds(desk.dossier(NEWS.format(words=words, risk="yes"))) == []
