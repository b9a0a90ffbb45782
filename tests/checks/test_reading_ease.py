"""How hard a letter is to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

EASY = "The court heard them. They told what was done. She was glad to go home. "
HARD = "Notwithstanding considerable institutional responsibilities, representatives systematically disregarded international obligations. "
DURO = "Consideraciones constitucionales fundamentales permanecieron completamente desatendidas institucionalmente. "


@pytest.mark.parametrize(("language", "text", "name"), [("en", HARD * 6, "Flesch"), ("es", DURO * 8, "INFLESZ")])
def test_a_hard_passage_is_noted_once(desk: Desk, finds: Finds, language: str, text: str, name: str) -> None:
    """At its start, after an easy one, with the name of the measure."""
    ((place, severity, message),) = finds(desk.says(f"{EASY * 6}\n\n    {text}", language=language))
    assert place.endswith(":11:5")
    assert severity == "note"
    assert name in message


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_a_sentence_without_an_end_is_noted(desk: Desk, finds: Finds, language: str) -> None:
    """At its first word, in every language."""
    ((place, _, message),) = finds(desk.says("La ley. " + "va a ser " * 16 + "así.", language=language))
    assert place.endswith(":9:13")
    assert "49 words" in message


def test_a_long_letter_is_noted_with_its_minutes(desk: Desk, finds: Finds) -> None:
    """238 words a minute."""
    ((_, severity, message),) = finds(desk.says("\n\n    ".join([EASY * 8] * 17)))
    assert severity == "note"
    assert "about 9 minutes" in message


@pytest.mark.parametrize(
    ("language", "text"), [("en", EASY * 20), ("en", HARD), ("es", "La corte las oyó. Se fue a casa. " * 20)]
)
def test_an_easy_letter_and_one_hard_sentence_pass(desk: Desk, finds: Finds, language: str, text: str) -> None:
    """Of less than fifty words the formulas say little."""
    assert finds(desk.says(text, language=language)) == []
