"""Ways within the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


def test_a_link_to_no_part_and_a_name_twice(desk: Desk, finds: Finds) -> None:
    """X4: a link leads somewhere."""
    found = finds(desk.page('<a href="#there">x</a><p id="a"></p><p id="a"></p>'))
    assert [one[:2] for one in found] == [("issues/2025-07.yaml:5:3", "warning")] * 2
    assert finds(desk.page('<a href="#a">x</a><a href="#b">x</a><p id="a"></p><a name="b" id="b"></a>')) == []
