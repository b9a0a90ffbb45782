"""Short forms, and what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("language", "before", "text", "column"),
    [
        (
            "en",
            "The Inter-American Commission on Human Rights (IACHR) found so.",
            "The Inter-American Court of Human Rights (IACHR) found so.",
            47,
        ),
        (
            "es",
            "La Agencia Peruana de Cooperación Internacional (APCI) vigila.",
            "La Asociación de Prensa del Centro e Interior (APCI) protesta.",
            52,
        ),
        ("en", "The PSG (Peru Support Group) met.", "The PSG (Parliamentary Study Group) met.", 9),
    ],
)
def test_one_abbreviation_for_two_is_told(
    desk: Desk, finds: Finds, language: str, before: str, text: str, column: int
) -> None:
    """At the short form."""
    ((place, severity, _),) = finds(desk.says(text, language=language, before=before))
    assert (place.rpartition(":")[2], severity) == (str(column), "warning")


@pytest.mark.parametrize(
    ("language", "text", "column"), [("en", "The IACHR found so.", 9), ("es", "Lo dice la CIDH.", 16)]
)
def test_one_that_is_nowhere_spelt_out_is_noted(
    desk: Desk, finds: Finds, language: str, text: str, column: int
) -> None:
    """Once, at its first mention."""
    ((place, severity, _),) = finds(desk.says(f"{text} {text}", language=language))
    assert (place.rpartition(":")[2], severity) == (str(column), "note")


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (None, "The Peru Support Group met. The PSG's president spoke."),
        (None, "The Inter-American Commission on Human Rights (IACHR) found so; the IACHR said more."),
        (
            "An Inter-American Commission on Human Rights (IACHR).",
            "The Inter-American Commission on Human Rights (IACHR).",
        ),
        (None, "The UN, the USA and NGOs met in the XXI century, in Part VII."),
        (None, "Keiko Fujimori (FPE), Jorge Montoya (FPE) and Rosa Quispe (FPE) voted."[:5]),
        (None, "THE WHOLE LETTER SHOUTS."),
        (None, "APCI is the Peruvian agency that watches."),
        (None, "By [DATE] it is done: TBC."),
    ],
)
def test_what_is_spelt_out_or_known_passes(desk: Desk, finds: Finds, before: str | None, text: str) -> None:
    """By its name in full beside it or elsewhere in the issue, or because everybody knows it."""
    assert finds(desk.says(text, before=before)) == []


def test_a_party_after_its_members_is_no_name_of_theirs(desk: Desk, finds: Finds) -> None:
    """Only a name with the right initials is taken for what an abbreviation stands for."""
    assert finds(desk.says("Rosa Quispe (FPE) and Jorge Mamani (FPE) voted.")) == []
