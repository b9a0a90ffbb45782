"""Tables of layout and tables of data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    "table",
    [
        '<table role="presentation"><tr><th>A</th></tr></table>',
        '<table role="none"><caption>A</caption><tr><td>1</td></tr></table>',
        '<table role="presentation" summary="Figures"><tr><td>1</td></tr></table>',
        '<table role="table"><tr><td>1</td></tr></table>',
        "<table><tr><th>A</th></tr><tr><td>1</td></tr></table>",
        '<table><tr><th scope="left">A</th></tr><tr><td>1</td></tr></table>',
    ],
)
def test_a_table_is_layout_or_data_and_says_which(desk: Desk, finds: Finds, table: str) -> None:
    """X2: layout has no headings, and headings of data say what they head; pointed at in the YAML."""
    assert [one[:2] for one in finds(desk.page(table))] == [("issues/2025-07.yaml:5:3", "warning")]
    assert [one[:2] for one in finds(desk.page(frame=table))] == [("issues/2025-07.yaml:1:1", "warning")]


@pytest.mark.parametrize(
    "table",
    [
        '<table role="presentation"><tr><td><table><tr><th scope="col">A</th></tr></table></td></tr></table>',
        '<table><thead><tr><th scope="col">A</th></tr></thead><tr><th scope="row">B</th><td>1</td></tr></table>',
    ],
)
def test_good_tables_pass(desk: Desk, finds: Finds, table: str) -> None:
    """X2: data within layout is no mistake."""
    assert finds(desk.page(table)) == []
