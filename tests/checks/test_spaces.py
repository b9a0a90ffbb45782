"""Spaces that do not belong there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("language", "text", "column", "severity"),
    [
        ("en", "Free.  At last.", 11, "note"),
        ("en", "Free  at last.", 10, "note"),
        ("en", "Free , at last.", 9, "warning"),
        ("es", "¿Libre ?", 11, "warning"),
        ("es", "Libre , por fin.", 10, "warning"),
        ("fr", "Libre , enfin.", 10, "warning"),
        ("en", "Free\u00a0them both.", 9, "note"),
        ("en", "Fr\u200bee them.", 7, "note"),
        ("en", "Jus\u00adtice for all.", 8, "note"),
    ],
)
def test_a_space_too_many_is_told(
    desk: Desk, finds: Finds, language: str, text: str, column: int, severity: str
) -> None:
    """Where it stands."""
    ((place, found, _),) = finds(desk.says(text, language=language))
    assert (place.rpartition(":")[2], found) == (str(column), severity)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Libres\u00a0! Et alors ? Oui : «\u00a0enfin\u00a0»."),
        ("en", "Free  \n    at last, and so on ... they said."),
        ("en", "- one\n    -   two"),
        ("en", "1.  one\n    2.  two"),
        ("en", "On 4\u00a0July, 12\u202f000 people, p.\u00a05."),
        ("en", "Type `a  b , c`; see <https://example.org/a>."),
        ("en", "A smile :-) and :) too."),
    ],
)
def test_spaces_that_belong_there_pass(desk: Desk, finds: Finds, language: str, text: str) -> None:
    """A line's end, a list's hanging, dates and numbers, French marks, code."""
    assert finds(desk.says(text, language=language)) == []


def test_many_in_one_text_are_told_once(desk: Desk, finds: Finds) -> None:
    """Who types two spaces after a full stop does so everywhere."""
    (found,) = finds(desk.says("One.  Two.  Three.  Four."))
    assert "2 times more" in found[2]
