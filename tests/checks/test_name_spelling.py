"""One name, one spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("en", "We met Yovana Mendoza. A year later Yovanna told more.", "Yovanna"),
        ("en", "With Rosa Huarancca came a lawyer; Ms Huaranca spoke first.", "Huaranca"),
        ("en", "The town of Ayacucho, and the people of Ayacuhco Town, spoke. So says Peru Ayacucho Town.", "Ayacuhco"),
        ("en", "In Junín they met. Later, in Junin, they met again.", "Junin"),
        ("en", "They spoke with Mario Iquita and with Mario Iquida too.", "Iquida"),
        ("es", "Habló Marisiela Monzón. Después, Marisiela Monzon calló.", "Monzon"),
        ("es", "La Comisión Interamericana y la Comissión Interamericana.", "Comissión"),
    ],
)
def test_a_second_spelling_is_told(desk: Desk, finds: Finds, language: str, text: str, word: str) -> None:
    """At its first letter; the first spelling stands where it was met first."""
    ((place, severity, message),) = finds(desk.says(text, language=language))
    assert (place.rpartition(":")[2], severity) == (str(5 + text.index(word)), "warning")
    assert message.startswith(f"“{word}” here, “")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The lawyers Sara Cook and Sarah Hale met Juan Quispe and his sister Juana Quispe."),
        (
            "en",
            "Mario Quispe and Maria Quispe spoke for Peruvians and for the Peruvian people; Lima's mayor, of Lima, did not.",
        ),
        ("en", "The Foreign Minister of the Foreign Ministry, and the Human Right of Human Rights."),
        ("en", "Criticised by all, they left. Criticized they were. Investigations began, an Investigation ended."),
        ("en", "Peru is Perú in Spanish, and México is Mexico."),
        ("es", "El Perú y el Peru Support Group. Está bien. Esta vez, sí."),
        ("es", "María habló con Mario. Los peruanos, las Peruanas."),
    ],
)
def test_two_names_pass(desk: Desk, finds: Finds, language: str, text: str) -> None:
    """Two people, a woman and a man, one and several, a country in two languages."""
    assert finds(desk.says(text, language=language)) == []


def test_earlier_issues_are_compared(desk: Desk, finds: Finds) -> None:
    """With the place where the other stands; an old slip that has been outvoted since says nothing more."""
    ((place, _, message),) = finds(desk.says("They met Yovanna there.", before="They met Yovana, and Yovana spoke."))
    assert place == "issues/2025-07.yaml:9:14"
    assert "issues/2025-06.yaml, line 9" in message
    assert finds(desk.says("Then Yovana came, and Yovana spoke.", before="They met Yovanna.")) == []


def test_names_in_people_count(desk: Desk, finds: Finds) -> None:
    """The name under which somebody agreed to be named is compared as well."""
    news = "- type: news\n  title: T\n  body: They met Yovana Mendoza.\n  people:\n    - {name: Yovanna Mendoza, consent: said so}\n"
    ((place, _, _),) = finds(desk.dossier(news))
    assert place == "issues/2025-07.yaml:9:14"


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("The choir of St Mark sang. It was in Lima in March.", 0),
        ("A judge in Nauta said so. Later a judge in Nuata said more.", 1),
        ("Ask Diana Quispe. With Diana came Dinaa.", 1),
    ],
)
def test_months_are_no_names_and_letters_change_places(desk: Desk, finds: Finds, text: str, times: int) -> None:
    """March is not Mark; Nuata is Nauta."""
    assert len(finds(desk.says(text))) == times
