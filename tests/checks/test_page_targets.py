"""What one presses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("html", "severity"),
    [
        ('<a href="x" style="display:inline-block;font-size:12px;line-height:16px">Sign</a>', "warning"),
        ('<a href="x" style="display:block;padding:2px 8px;line-height:20px">Sign</a>', "note"),
        ('<a href="x"><img src="picture:a" height="16" width="16" alt="Sign"></a>', "warning"),
        ('<a href="x" style="display:inline-block;font-size:16px;line-height:150%;padding:4px">Sign</a>', "note"),
        ('<a href="x" style="display:inline-block;font-size:10px;line-height:1.2">Sign</a>', "warning"),
    ],
)
def test_a_button_too_low_to_press(desk: Desk, finds: Finds, html: str, severity: str) -> None:
    """X10: 24 pixels are the least, 44 are good."""
    assert [one[:2] for one in finds(desk.page(html))] == [("issues/2025-07.yaml:5:3", severity)]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="x" style="display:inline-block;line-height:24px;padding:12px 24px">Sign</a>',
        '<a href="x" style="color:#000">in running text</a>',
        '<a href="x" style="display:block;line-height:20px;padding:0 8px;padding-top:12px;padding-bottom:12px">Sign</a>',
        '<a id="here" style="display:block;line-height:1px"></a>',
        '<a href="x" style="display:inline-block">Sign</a>',
    ],
)
def test_good_buttons_and_links_pass(desk: Desk, finds: Finds, html: str) -> None:
    """X10: links in running text are as high as their line."""
    assert finds(desk.page(html)) == []
