"""Words and their ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


NIGHT = "<style>@media (prefers-color-scheme: dark) { .paper { background-color: #141414 !important; } .a { color: #f2f2f0 !important; } }</style>"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<p style="color:#a8a8a8">x</p>', "by day: #a8a8a8 on #ffffff, 2.4 to 1"),
        ('<p style="color:gray"><b>x</b></p>', "#808080 on #ffffff, 3.9"),
        ('<div style="background:#ffe600"><p style="color:#ffffff">x</p></div>', "on #ffe600"),
        ('<table><tr><td bgcolor="#222222">x</td></tr></table>', "#000000 on #222222"),
        ('<p style="color:rgba(0,0,0,0.4)">x</p>', "#999999"),
        ('<p style="color:#949494;font-size:20px">x</p>', "#949494"),
        ('<div class="paper"><p style="color:#141414">x</p></div>', "by night: #141414 on #141414, 1.0 to 1"),
    ],
)
def test_words_that_can_hardly_be_read(desk: Desk, finds: Finds, html: str, words: str) -> None:
    """X5: 4.5 to 1, in both schemes, with what an element hands on to those in it."""
    found = finds(desk.page(html, NIGHT))
    assert found
    assert {one[:2] for one in found} == {("issues/2025-07.yaml:5:3", "warning")}
    assert any(words in one[2] for one in found)


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:#949494;font-size:24px">x</p>',
        '<p style="color:#949494;font-size:19px;font-weight:bold">x</p>',
        '<p style="color:#ffffff"></p>',
        '<p style="color:#fff;display:none">x</p>',
        '<div class="paper"><p class="a" style="color:#141414">x</p></div>',
        '<a style="color:inherit">x</a>',
        '<div style="background:#141414 none"><p style="color:#ffffff">x</p></div>',
        '<p style="font-size:0;color:#fff">x</p>',
    ],
)
def test_words_that_can_be_read_pass(desk: Desk, finds: Finds, html: str) -> None:
    """X5: large words need 3 to 1, and what is not seen needs none."""
    assert finds(desk.page(html, NIGHT)) == []
