"""Words that mean another day for each reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "The hearing is tomorrow.", "tomorrow"),
        ("en", "They voted last week.", "last week"),
        ("en", "Come next Friday!", "next Friday"),
        ("es", "La audiencia es mañana.", "mañana"),
        ("es", "Votaron la semana pasada.", "semana pasada"),
        ("es", "Venga el próximo viernes.", "próximo viernes"),
        ("fr", "Ils ont voté la semaine dernière.", "semaine dernière"),
        ("pt", "Votaram ontem.", "ontem"),
        ("de", "Sie stimmen morgen ab.", "morgen"),
        ("it", "Hanno votato ieri.", "ieri"),
        ("ar", "صوّتوا الأسبوع الماضي.", "الأسبوع الماضي"),
    ],
)
def test_days_and_weeks_are_asked_about(desk: Desk, finds: Finds, language: str, text: str, words: str) -> None:
    """At the word itself, in the seven languages that letters can have."""
    ((place, severity, message),) = finds(desk.says(text, language=language))
    assert severity == "warning"
    assert words.lower() in message.lower()
    assert int(place.rpartition(":")[2]) == 5 + text.index(words) or language == "es"


@pytest.mark.parametrize(
    ("language", "text"), [("en", "They vote next month."), ("es", "Votan el próximo mes."), ("de", "Letzten Monat.")]
)
def test_months_are_only_noted(desk: Desk, finds: Finds, language: str, text: str) -> None:
    """A letter stands for its month."""
    assert [one[1] for one in finds(desk.says(text, language=language))] == ["note"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Last month's letter was about a report, and the next week nothing came of it."),
        ("en", "She said: “I shall be back tomorrow.”"),
        ("en", "Next Friday, 11 July, they vote. Many dream of a better tomorrow."),
        ("es", "A la mañana siguiente, esa mañana y de la mañana a la noche, esperaron."),
        ("es", "El próximo viernes 11 de julio votan."),
        ("es", "Dijo: «Vuelvo mañana.»"),
        ("de", "Am Morgen, guten Morgen."),
        ("fr", "Le lendemain, ils ont voté."),
    ],
)
def test_what_says_its_day_or_is_quoted_passes(desk: Desk, finds: Finds, language: str, text: str) -> None:
    """Nobody's own words are judged, and a date beside them says enough."""
    assert finds(desk.says(text, language=language)) == []


def test_a_quotation_is_somebody_s_own(desk: Desk, finds: Finds) -> None:
    """What was said is given as it was said."""
    assert finds(desk.dossier("- type: quote\n  text: We come back tomorrow.\n  speaker: Rosa Quispe\n")) == []
