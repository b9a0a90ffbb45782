"""Words that stand twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("language", "text", "column"),
    [
        ("en", "Free the the editor.", 14),
        ("en", "The the editor is free.", 9),
        ("en", "Free **the** the editor.", 18),
        ("es", "El informe de de Amnistía.", 19),
        ("es", "La la editora.", 8),
        ("fr", "Le rapport de de la commission.", 19),
        ("de", "Sie ist ist frei.", 13),
    ],
)
def test_a_word_twice_is_told_at_the_second(desk: Desk, finds: Finds, language: str, text: str, column: int) -> None:
    """Whatever its capitals, and with marks between."""
    ((place, severity, _),) = finds(desk.says(text, language=language))
    assert (place.rpartition(":")[2], severity) == (str(column), "warning")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He had had enough, and that that happened, he knew."),
        ("en", "Day-to-day day work; 2 2; the\n\n    the"),
        ("fr", "Nous nous souvenons, et vous vous souvenez."),
        ("de", "Das sind die, die die Frist kennen."),
        ("es", "No, no. Muy muy lejos."),
        ("en", "[ama ama]{lang=qu} is `the the` of Quechua."),
    ],
)
def test_what_a_language_says_twice_passes(desk: Desk, finds: Finds, language: str, text: str) -> None:
    """Nor do two paragraphs, code, and another language's words."""
    assert finds(desk.says(text, language=language)) == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("In Paucar del Sara Sara and in Walla Walla.", 0),
        ("The Congress met. Then Congress Congress voted.", 1),
        ("What it is is a scandal; the question is is there time.", 0),
        ("It is is the first verdict.", 1),
        ("They agreed.. Then they left.", 1),
        ("For water,, and for bread; and, , for peace.", 2),
        ("Wait... and see; etc. And 1..2, https://example.org/..x.", 0),
    ],
)
def test_names_that_are_double_and_marks(desk: Desk, finds: Finds, text: str, times: int) -> None:
    """A name that is double stands nowhere alone; three points are one mark."""
    assert len(finds(desk.says(text))) == times
