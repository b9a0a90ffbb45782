"""A folded text is compared; from each of its characters the way leads back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from newsletter.texts.folding import fold, folded_text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Perú", "peru"),
        ("Peru\u0301", "peru"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("d’Ivoire", "d'ivoire"),
        ("ﬁn", "fin"),
    ],
)
def test_accents_and_capitals_go(written: str, folded: str) -> None:
    """However they are written."""
    assert fold(written).text == folded_text(written) == folded


@given(some.text())
def test_the_way_back(text: str) -> None:
    """Every stretch of the folded text comes from a stretch of the original that is folded to it, or holds it."""
    folded = fold(text)
    for start in range(len(folded.text)):
        at, end = folded.at(start), folded.end(start + 1)
        assert 0 <= at < end <= len(text)
        assert folded.text[start] in fold(text[at:end]).text
