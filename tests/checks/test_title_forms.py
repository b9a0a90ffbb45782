"""One title, one form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

NEWS = "- type: news\n  title: T\n  body: B.\n  sources:\n    - {{title: {0}, url: 'https://example.org/{1}'}}\n    - {{title: {2}, url: 'https://example.org/{3}'}}\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Who called the shots in Puno", "The report on the protests"),
        ("The case of Celia Ramos", "Celia Ramos and her case"),
    ],
)
def test_one_address_with_two_titles_is_told(desk: Desk, finds: Finds, one: str, other: str) -> None:
    """At the second."""
    ((place, severity, message),) = finds(desk.dossier(NEWS.format(one, "a", other, "a")))
    assert (place, severity) == ("issues/2025-07.yaml:10:15", "warning")
    assert f"“{other}” is called “{one}” in line 9" in message
    assert finds(desk.dossier(NEWS.format(one, "a", other, "b"))) == []


@pytest.mark.parametrize(
    ("language", "before", "text"),
    [
        (
            "en",
            "*Chain of Command Responsibility for Killings* is out.",
            "See *Chain of Command Responsibility in Killings*.",
        ),
        ("en", "*Who Called the Shots?* is out.", "See “Who call the shots?”."),
        ("es", "Salió *La cadena de mando en las protestas*.", "Lea *Cadena de mando en las protestas*."),
    ],
)
def test_titles_nearly_alike_are_told(desk: Desk, finds: Finds, language: str, before: str, text: str) -> None:
    """In italics or between quotation marks, in this issue or an earlier one."""
    ((place, _, message),) = finds(desk.says(text, language=language, before=before))
    assert place.rpartition(":")[2] == str(5 + min(text.find(mark) % 99 for mark in "*“") + 1)
    assert "issues/2025-06" in message


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("*The state of rights in 2023* is out.", "So is *The state of rights in 2024*."),
        ("*Who Called the Shots?* is out.", "Read *Who called the shots*."),
        ("“We shall go on from here,” she said.", "“We shall go from here,” they said."),
        ("It is *very* bad.", "It is *really* bad."),
    ],
)
def test_other_titles_pass(desk: Desk, finds: Finds, before: str, text: str) -> None:
    """Another year's report, capitals, what people said, a word that is stressed."""
    assert finds(desk.says(text, before=before)) == []
