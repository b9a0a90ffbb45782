"""What makes a letter look like spam."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checks.conftest import HEAD, LETTER

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


def headed(subject: str) -> str:
    """The head of an issue with another subject."""
    return HEAD.replace("subject: An amnesty that turns its back on the victims", f'subject: "{subject}"')


@pytest.mark.parametrize(
    ("subject", "column"),
    [
        ("PERU: CONGRESS BACKS AN AMNESTY", 11),
        ("PERÚ: EL CONGRESO APRUEBA", 11),
        ("Congress backs it!!", 28),
        ("Oh! An amnesty! Now", 13),
        ("What now?!", 19),
        ("An amnesty 🎉🎉", 22),
        ("Peru: act now", 17),
    ],
)
def test_a_loud_subject_is_told(desk: Desk, finds: Finds, subject: str, column: int) -> None:
    """At what is loud in it."""
    ((place, severity, _),) = finds(desk.dossier(LETTER, head=headed(subject)))
    assert (place, severity) == (f"issues/2025-07.yaml:1:{column}", "warning")


@pytest.mark.parametrize(
    "subject",
    ["APCI", "Peru: a vote!", "UN: a vote in Lima", "A vote 🎉", "¿Quién dio la orden?", "Congress acts, now what?"],
)
def test_a_quiet_subject_passes(desk: Desk, finds: Finds, subject: str) -> None:
    """An abbreviation, one mark, one emoji."""
    assert finds(desk.dossier(LETTER, head=headed(subject))) == []


@pytest.mark.parametrize(
    ("language", "text", "column"),
    [("en", "We need your urgent response.", 18), ("es", "Únase a miles.", 5), ("en", "Free her!!!", 13)],
)
def test_what_filters_count_in_the_letter_is_noted(
    desk: Desk, finds: Finds, language: str, text: str, column: int
) -> None:
    """One alone does no harm."""
    ((place, severity, _),) = finds(desk.says(text, language=language))
    assert (place.rpartition(":")[2], severity) == (str(column), "note")


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "She wrote: “Act now!!”"), ("es", "Hay que actuar ahora mismo. ¡Gracias!"), ("de", "Act now.")],
)
def test_quotations_and_other_words_pass(desk: Desk, finds: Finds, language: str, text: str) -> None:
    """What somebody said is given as it was said; of other languages nothing is known."""
    assert finds(desk.says(text, language=language)) == []
