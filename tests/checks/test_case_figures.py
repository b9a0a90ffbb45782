"""Figures on a case that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("language", "before", "text", "column"),
    [
        ("en", "They killed 50 civilians.", "They killed 49 civilians.", 17),
        ("en", "In all 1,400 people were injured.", "Over 1,500 people were injured.", 10),
        ("en", "It found 156 pits.", "It found 165 pits.", 14),
        ("es", "Mataron a 50 civiles.", "Mataron a 49 civiles.", 15),
        ("es", "Hubo 1400 personas heridas.", "Hubo 1500 personas heridas.", 10),
    ],
)
def test_another_number_of_the_same_is_told(
    desk: Desk, finds: Finds, language: str, before: str, text: str, column: int
) -> None:
    """At the number, with the place of the other."""
    ((place, severity, message),) = finds(desk.says(text, language=language, before=before, case="protests"))
    assert (place.rpartition(":")[2], severity) == (str(column), "warning")
    assert "issues/2025-06" in message


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("They killed 50 civilians.", "They killed 50 civilians, and hurt 49 civilians."),
        ("In all 123 people were killed.", "In all 1,400 people were injured."),
        ("He waited 19 days.", "She waited 94 days."),
        ("Bill 7549 passes.", "Bill 7550 passes."),
        ("In 2024 elections were held.", "In 2025 elections were held."),
        ("On 12 June courts met.", "On 19 June courts met."),
        ("It has 156 cases with a sentence.", "It has 300 cases under way."),
        ("They killed 50 civilians.", "They killed 18 civilians in one day."),
        ("Nothing.", "In all 55 people were killed, 48 people were killed by the police."),
        ("Some 1,400 people were hurt.", "Some 1400 people were hurt."),
    ],
)
def test_other_things_and_the_same_number_pass(desk: Desk, finds: Finds, before: str, text: str) -> None:
    """Days, years, dates, bills and what happened to others are no contradiction."""
    assert finds(desk.says(text, before=before, case="protests")) == []


def test_another_case_is_another_matter(desk: Desk, finds: Finds) -> None:
    """Only what stands under the same case is compared."""
    dossier = desk.says("They killed 49 civilians.", before="They killed 50 civilians.", case="protests")
    other = desk.edition("- type: news\n  title: T\n  case: putis\n  body: They killed 48 civilians.\n")
    assert finds(type(dossier)(dossier.issue, dossier.profile, (other,), {}, dossier.earlier)) == []
