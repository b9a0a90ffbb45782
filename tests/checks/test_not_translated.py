"""What was copied into another language and forgotten there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsletter.nouns.letter import Dossier
    from tests.checks.conftest import Desk, Finds

EN = """\
- type: news
  title: Clean water for the villages
  place: Friends Meeting House in the old town
  body: |
    They voted for it in the end.
  sources:
    - {title: What the judges have said of it, publisher: Example}
- type: petition
  title: Amnesty International
  body: Please ask for it in writing.
  url: https://example.org/sign
"""


def issue(desk: Desk, other: str) -> Dossier:
    """An issue of two editions whose subjects differ."""
    dossier = desk.dossier(EN, other=other)
    first, second = dossier.editions
    return replace(dossier, editions=(first, replace(second, subject="Una amnistía", preheader="El Congreso vota")))


def test_a_text_that_nobody_translated_is_told_at_its_place(desk: Desk, finds: Finds) -> None:
    """Title and body; not where it is held, how a source is called, a name."""
    found = finds(issue(desk, EN))
    assert [one[:2] for one in found] == [
        ("issues/2025-07.es.yaml:6:10", "warning"),
        ("issues/2025-07.es.yaml:9:5", "warning"),
        ("issues/2025-07.es.yaml:14:9", "warning"),
    ]
    assert found[0][2] == "“Clean water for the villages” stands word for word in issues/2025-07.yaml too."


def test_a_translation_passes(desk: Desk, finds: Finds) -> None:
    """And an issue in one language."""
    spanish = EN.replace("Clean water for the villages", "Agua limpia").replace("They voted for it in the end", "Sí")
    assert finds(issue(desk, spanish.replace("Please ask for it in writing", "Pídalo"))) == []
    assert finds(desk.dossier(EN)) == []
