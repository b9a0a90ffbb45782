"""Pictures as they stand on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("picture", "severity", "words"),
    [
        ('<img src="picture:a.png" width="1" height="1">', "warning", "no alt"),
        ('<img src="picture:a.png" alt="A" height="1">', "warning", "width and height"),
        (
            '<img src="https://other.example/a.png" alt="A" width="9" height="9">',
            "error",
            "other.example, which learns",
        ),
        ('<img src="//other.example/a.png" alt="A" width="9" height="9">', "error", "other.example"),
        ('<img src="images/a.png" alt="A" width="9" height="9">', "warning", "no mail program can open"),
        (
            '<a href="https://example.org"><img src="picture:a.png" alt="" width="9" height="9"></a>',
            "warning",
            "is a link",
        ),
    ],
)
def test_a_picture_that_is_wrong(desk: Desk, finds: Finds, picture: str, severity: str, words: str) -> None:
    """X3, F13, P1: it has alt and size, and comes from nobody else."""
    ((place, told, message),) = finds(desk.page(picture))
    assert (place, told) == ("issues/2025-07.yaml:5:3", severity)
    assert words in message


def test_good_pictures_pass(desk: Desk, finds: Finds) -> None:
    """F13: embedded, or from one's own public address; a link whose words stand beside its picture says enough."""
    good = (
        '<img src="picture:a.png" alt="" width="9" height="9">'
        '<img src="https://news.example.org/images/a.png" alt="A" width="9" height="9">'
        '<a href="https://example.org">Words <img src="picture:a.png" alt="" width="9" height="9"></a>'
    )
    assert finds(desk.page(good, public_url="https://news.example.org")) == []
    assert [one[1] for one in finds(desk.page(good))] == ["error"]
