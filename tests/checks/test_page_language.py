"""Pages that say their language and side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checks.conftest import PAGE

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('<html lang="en" dir="ltr">', '<html dir="ltr">', "the page has no lang"),
        ('<html lang="en" dir="ltr">', '<html lang="en">', "the page has no dir"),
        ('<div lang="en" dir="ltr">', '<div lang="en">', "the first element of its body has no dir"),
        ('<div lang="en" dir="ltr">', '<div lang="es" dir="rtl">', "says lang=“es”"),
    ],
)
def test_the_page_and_its_first_element_say_both(desk: Desk, finds: Finds, old: str, new: str, wrong: str) -> None:
    """X1: mail programs cut off html and body, and then only the first element inside is left to say it."""
    ((place, severity, message),) = finds(desk.page(whole=PAGE.replace(old, new)))
    assert (place, severity) == ("issues/2025-07.yaml:1:1", "warning")
    assert wrong in message


def test_a_page_that_says_both_passes(desk: Desk, finds: Finds) -> None:
    """X1: nothing to say."""
    assert finds(desk.page("<p>Hello</p>")) == []
