"""Words that were to be replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

BODY = "- type: news\n  title: A vote\n  body: |\n    They voted on {text}\n"


@pytest.mark.parametrize("text", ["lorem ipsum", "TBC", "XXX", "???", "TODO: date"])
def test_a_word_left_for_later_is_told(desk: Desk, finds: Finds, text: str) -> None:
    """At its place inside the text."""
    found = [one[:2] for one in finds(desk.dossier(BODY.format(text=text)))]
    assert found == [("issues/2025-07.yaml:8:19", "warning")]


@pytest.mark.parametrize("text", ["TO WRITE: the rest", "POR ESCRIBIR: lo demás"])
def test_what_a_new_file_asks_for_is_an_error(desk: Desk, finds: Finds, text: str) -> None:
    """Nobody shall get a letter in which it says what is to be written."""
    found = [one[:2] for one in finds(desk.dossier(BODY.format(text=text)))]
    assert found == [("issues/2025-07.yaml:8:19", "error")]


@pytest.mark.parametrize(
    "text", ["TODO el Perú", "the XXth century", "what? Really?", "XX", "To write is to remember", "por escribir"]
)
def test_ordinary_words_pass(desk: Desk, finds: Finds, text: str) -> None:
    """Nothing to say."""
    assert finds(desk.dossier(BODY.format(text=text))) == []
