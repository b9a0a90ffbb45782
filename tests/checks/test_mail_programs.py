"""What some mail programs would not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("html", "severity", "words"),
    [
        ('<div style="display:grid">x</div>', "note", "Outlook"),
        ('<p style="text-shadow:1px 1px 2px #000">x</p>', "warning", "does not work in"),
        ('<div style="box-shadow:0 2px 4px #141414">x</div>', "warning", "Gmail"),
    ],
)
def test_what_readers_of_some_programs_lose(desk: Desk, finds: Finds, html: str, severity: str, words: str) -> None:
    """X13: told at the section, with the programs that do not know it."""
    told = finds(desk.page(html))
    assert ("issues/2025-07.yaml:5:3", severity) in [one[:2] for one in told]
    assert any(words in one[2] for one in told)


def test_what_all_know_or_nothing_is_lost_of_passes(desk: Desk, finds: Finds) -> None:
    """As the shipped letters use it; styles that cannot be read are told of elsewhere."""
    assert finds(desk.page('<p style="color:#141414;letter-spacing:1px" lang="es">x</p>')) == []
    assert finds(desk.page("<style>p { color: red } }</style>")) == []
