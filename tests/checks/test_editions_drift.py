"""Two languages that should say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

EN = """\
- type: news
  title: A vote
  date: 2025-06-13
  body: They voted.
- type: petition
  id: sign
  title: Sign
  body: Ask.
  url: https://example.org/en/sign
  until: 2025-09-30
"""
ES = EN.replace("A vote", "Un voto").replace("/en/", "/es/")


def test_a_true_translation_passes(desk: Desk, finds: Finds) -> None:
    """Words differ; an address within the same site is worth no more than a note."""
    assert [one[1] for one in finds(desk.dossier(EN, other=ES))] == ["note"]
    assert finds(desk.dossier(EN, other=EN)) == []
    assert finds(desk.dossier(EN)) == []


def test_a_date_that_differs_is_a_warning_at_its_place(desk: Desk, finds: Finds) -> None:
    """A deadline changed in one language only."""
    found = finds(desk.dossier(EN, other=EN.replace("2025-09-30", "2025-09-20")))
    assert [one[:2] for one in found] == [("issues/2025-07.es.yaml:14:10", "warning")]


def test_another_site_and_a_missing_value(desk: Desk, finds: Finds) -> None:
    """A link to elsewhere, an id left out."""
    found = finds(desk.dossier(EN, other=EN.replace("example.org", "example.net").replace("  id: sign\n", "")))
    assert [one[:2] for one in found] == [
        ("issues/2025-07.es.yaml:9:3", "warning"),
        ("issues/2025-07.es.yaml:12:8", "warning"),
    ]


def test_sections_that_differ(desk: Desk, finds: Finds) -> None:
    """A section missing in one language, or of another type, is told once, not line by line."""
    only_news = EN[: EN.index("- type: petition")]
    assert [one[:2] for one in finds(desk.dossier(EN, other=only_news))] == [("issues/2025-07.es.yaml:5:3", "warning")]
    assert [one[:2] for one in finds(desk.dossier(only_news, other=EN))] == [("issues/2025-07.es.yaml:9:3", "warning")]
    swapped = only_news.replace("news", "report").replace("  date: 2025-06-13\n", "") + EN[len(only_news) :]
    assert [one[:2] for one in finds(desk.dossier(EN, other=swapped))] == [("issues/2025-07.es.yaml:5:3", "warning")]


def test_another_day(desk: Desk, finds: Finds) -> None:
    """Both editions leave on one day."""
    from tests.checks.conftest import HEAD

    found = finds(desk.dossier(EN, other=EN, other_head=HEAD.replace("07-04", "07-05")))
    assert [one[:2] for one in found] == [("issues/2025-07.es.yaml:3:10", "warning")]
