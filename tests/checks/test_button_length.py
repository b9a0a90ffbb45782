"""A button is taken in at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

PETITION = """\
- type: petition
  title: Sign for Celia
  body: Ask them.
  url: https://example.org/sign
  button: {button}
"""


@pytest.mark.parametrize(
    ("length", "severity"), [(1, ""), (40, ""), (41, "warning"), (100, "warning"), (101, "error"), (5000, "error")]
)
def test_words_on_a_button_by_their_length(desk: Desk, finds: Finds, length: int, severity: str) -> None:
    """One line and a half of a phone are well; a paragraph is no button."""
    found = finds(desk.dossier(PETITION.format(button="x" * length)))
    assert [one[:2] for one in found] == ([("issues/2025-07.yaml:9:11", severity)] if severity else [])
    assert all(str(length) in one[2] for one in found)


def test_every_type_with_a_button_is_looked_at(desk: Desk, finds: Finds) -> None:
    """Also where the words stand on a bold link."""
    report = "- {{type: report, title: x, url: 'https://example.org/r', button: {0}}}\n"
    assert [one[1] for one in finds(desk.dossier(report.format("x" * 60)))] == ["warning"]
    assert finds(desk.dossier("- {type: news, title: x, body: " + "y" * 200 + "}\n")) == []
