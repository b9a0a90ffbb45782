"""Days of the week beside their dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("language", "text", "column", "severity"),
    [
        ("en", "We meet on Friday 5 July 2025.", 16, "error"),
        ("en", "We meet on Friday, July 5, 2025.", 16, "error"),
        ("en", "We meet on Fri 5 July.", 16, "warning"),
        ("en", "We meet on 5 July 2025 (a Friday).", 31, "error"),
        ("es", "Nos vemos el viernes 5 de julio de 2025.", 18, "error"),
        ("es", "Nos vemos el 5 de julio (viernes).", 30, "warning"),
        ("fr", "Rendez-vous le vendredi 5 juillet 2025.", 20, "error"),
        ("pt", "Na sexta-feira, 5 de julho de 2025.", 8, "error"),
        ("de", "Am Freitag, dem 5. Juli 2025.", 8, "error"),
        ("it", "Ci vediamo venerdì 5 luglio 2025.", 16, "error"),
    ],
)
def test_a_day_that_is_another_is_told(
    desk: Desk, finds: Finds, language: str, text: str, column: int, severity: str
) -> None:
    """5 July 2025 is a Saturday, in every language; without its year it is only most likely so."""
    ((place, found, message),) = finds(desk.says(text, language=language))
    assert (place.rpartition(":")[2], found) == (str(column), severity)
    assert "5" in message


@pytest.mark.parametrize(
    "text",
    [
        "We meet on Saturday 5 July 2025, and on Sunday, 6 July.",
        "They met on Friday. 5 July was the day after.",
        "On 5 July Friday prayers were forbidden.",
        "On 4/7/2025 (a Friday), as people write it in London.",
        "From Friday to Sunday.",
    ],
)
def test_days_that_are_right_or_belong_to_no_date_pass(desk: Desk, finds: Finds, text: str) -> None:
    """Nothing to say."""
    assert finds(desk.says(text)) == []


def test_a_date_without_a_year_is_the_nearest_to_the_sending(desk: Desk, finds: Finds) -> None:
    """In July 2025, 3 January is that of 2026 if it is nearer, and else this year's."""
    assert finds(desk.says("We met on Friday 3 January.")) == []
    assert finds(desk.says("We meet on Saturday 3 January.")) != []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("On Friday 31 June 2025.", "There is no 31 June 2025."),
        ("Lodge it by 31 September.", "There is no 31 September."),
        ("It was on 29 February 2023.", "There is no 29 February 2023."),
        ("It was on 29 February, and on 31 August; 30 cases of 2025.", ""),
    ],
)
def test_a_day_that_there_is_not(desk: Desk, finds: Finds, text: str, said: str) -> None:
    """Nobody can come on 31 September; without a year 29 February is a day."""
    assert [one[2] for one in finds(desk.says(text))] == ([said] if said else [])
