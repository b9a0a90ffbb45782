"""What a letter would fetch or run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<iframe src="https://other.example/"></iframe>',
        '<form action="https://other.example/"></form>',
        '<link rel="stylesheet" href="https://other.example/a.css">',
        "<style>@import url(https://other.example/a.css);</style>",
        "<style>@font-face { src: url('https://other.example/a.woff2') }</style>",
        '<p style="background:url(https://other.example/a.png)">x</p>',
        '<table><tr><td background="https://other.example/a.png">x</td></tr></table>',
        '<img srcset="https://other.example/a.png 2x" src="picture:a.png" alt="">',
        '<base href="https://other.example/">',
    ],
)
def test_nothing_is_fetched_from_others_nor_run(desk: Desk, finds: Finds, html: str) -> None:
    """P1, F13: whoever is asked for it learns who opens the letter."""
    assert [one[1] for one in finds(desk.page(html))] == ["error"]


def test_what_comes_with_the_letter_passes(desk: Desk, finds: Finds) -> None:
    """P1: pictures in the letter and plain colours; links are only followed when somebody does."""
    good = (
        '<p style="background:#ffe600">x</p><a href="https://example.org/">x</a><img src="picture:a.png" alt="">'
        '<table><tr><td background="https://news.example.org/a.png">x</td></tr></table>'
    )
    assert finds(desk.page(good, public_url="https://news.example.org")) == []
