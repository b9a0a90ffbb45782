"""What is read in another order than it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


FILLER = "&#847; " * 12


@pytest.mark.parametrize(
    "html",
    [
        '<p style="position: absolute; top: 0">x</p>',
        '<div style="display:flex;flex-direction:row-reverse"><p>x</p></div>',
        '<p style="order:-1">x</p>',
        '<table dir="rtl" role="presentation"><tr><td>x</td></tr></table>',
        f"<div>{FILLER}</div>",
        '<div style="display:none">See you soon</div>',
    ],
)
def test_what_is_seen_and_what_is_read_go_together(desk: Desk, finds: Finds, html: str) -> None:
    """X8: nothing is moved by styles, and nothing hidden is read."""
    assert [one[:2] for one in finds(desk.page(html))] == [("issues/2025-07.yaml:5:3", "warning")]


def test_the_preview_text_and_its_filler_pass(desk: Desk, finds: Finds) -> None:
    """X8: it is for the list of letters, and what fills it is silent."""
    html = f'<div style="display:none">A vote in Congress<span aria-hidden="true">{FILLER}</span></div>'
    assert finds(desk.page(html, preheader="A vote in Congress")) == []
    assert finds(desk.page('<p style="position:relative">x</p><table dir="ltr"><tr><td>x</td></tr></table>')) == []
