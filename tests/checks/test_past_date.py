"""What is announced and has been."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("en", "The hearing will take place on 12 June.", "12 June"),
        ("en", "Join us on 1 July 2025.", "1 July 2025"),
        ("en", "A vigil takes place on June 20.", "June 20"),
        ("es", "La audiencia tendrá lugar el 12 de junio.", "12 de junio"),
        ("es", "El Congreso va a votar el 20 de junio de 2025.", "20 de junio de 2025"),
        ("fr", "L’audience se tiendra le 12 juin.", "12 juin"),
        ("pt", "A audiência será em 12 de junho.", "12 de junho"),
        ("de", "Die Anhörung wird am 12. Juni stattfinden.", "12. Juni"),
        ("it", "L’udienza si terrà il 12 giugno.", "12 giugno"),
    ],
)
def test_a_date_to_come_that_has_passed_is_told(desk: Desk, finds: Finds, language: str, text: str, date: str) -> None:
    """At the date; the letter goes out on 4 July 2025."""
    ((place, severity, message),) = finds(desk.says(text, language=language))
    assert (place.rpartition(":")[2], severity) == (str(5 + text.index(date)), "warning")
    assert date in message


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The hearing will take place on 12 July."),
        ("en", "The hearing took place on 12 June."),
        ("en", "Congress will vote on the bill of 12 June."),
        ("en", "On 12 June the court said that it will decide."),
        ("en", "It will decide: the law of peoples, passed on 12 June, is in its way."),
        ("en", "The court will hear it. They were arrested on 12 June."),
        ("en", "The hearing will take place on 10 January."),
        ("es", "El Congreso votará el proyecto del 12 de junio."),
        ("es", "La audiencia será el 12 de agosto."),
    ],
)
def test_what_is_still_to_come_or_was_told_as_past_passes(desk: Desk, finds: Finds, language: str, text: str) -> None:
    """10 January may well be next year's."""
    assert finds(desk.says(text, language=language)) == []
