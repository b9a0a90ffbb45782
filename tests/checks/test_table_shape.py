"""Rows that fit their header."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

TABLE = """\
- type: table
  caption: Victims by region.
  header:
    - {first: Region, second: Killed}
  rows:
    - {first: Cusco, second: "12"}
"""


def test_fewer_cells_than_titles_are_well(desk: Desk, finds: Finds) -> None:
    """What is left out stays empty."""
    assert finds(desk.dossier(TABLE + "    - {first: Puno}\n")) == []


def test_cells_in_a_column_without_a_title_are_told_once(desk: Desk, finds: Finds) -> None:
    """WCAG 1.3.1: at the first of them, with their number."""
    ragged = TABLE + "    - {first: Puno, fourth: x}\n    - {first: Lima, third: y, fourth: z}\n"
    found = finds(desk.dossier(ragged))
    assert [one[:2] for one in found] == [
        ("issues/2025-07.yaml:11:29", "warning"),
        ("issues/2025-07.yaml:12:28", "warning"),
    ]
    assert found[0][2].startswith("2 cells stand in the fourth column")
    assert found[1][2].startswith("A cell stands in the third column")


def test_a_second_header_row_is_told(desk: Desk, finds: Finds) -> None:
    """A column has one title."""
    two = TABLE.replace("  rows:", "    - {first: Of them}\n  rows:")
    (found,) = finds(desk.dossier(two))
    assert found[:2] == ("issues/2025-07.yaml:9:7", "warning")
