"""A figure: a number and what it means, read as one sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.rendering.conftest import House

ALL = """
- type: figure
  number: "156"
  meaning: "cases with a final sentence are touched if the bill becomes law."
  title: Bill 7549
  sources: [{title: The count, publisher: Example Institute, url: "https://example.org/count", date: 2025-06}]
"""
SENTENCE = "156 cases with a final sentence are touched if the bill becomes law."


def heard(house: House, page: str) -> str:
    """The words of a page in one line."""
    return " ".join(" ".join(house.page(page).words).split())


def test_both_parts_say_one_sentence_and_hold_the_same_links(house: House) -> None:
    """F8, X8, X14: number and meaning stand in one paragraph, and what it rests on below."""
    page, text = house.letter(ALL)
    for where in (heard(house, page), " ".join(text.split())):
        for said in (SENTENCE, "In figures", "Bill 7549", "Example Institute"):
            assert said in where
    paragraph = re.search(r"<p[^>]*>(?:(?!</p>).)*156.*?</p>", page, re.DOTALL)
    assert paragraph
    assert "becomes law." in paragraph[0]
    assert "<https://example.org/count>" in text
    assert "https://example.org/count" in [link["href"] for link in house.page(page).all("a")]


def test_number_and_meaning_are_enough(house: House) -> None:
    """Every other field may be left out; its head is then the heading."""
    page, text = house.letter("- {type: figure, number: 3 in 4, meaning: were children.}")
    assert "3 in 4 were children." in heard(house, page)
    assert "3 in 4 were children." in text
    assert re.search(r"<h2[^>]*>In figures</h2>", page)


@pytest.mark.parametrize(
    ("number", "size"),
    [("7", 160), ("1997", 160), ("1,250", 160), ("12,500", 112), ("1.2 billion", 72), ("one in three women", 48)],
)
def test_a_number_stands_at_a_size_that_fits(house: House, number: str, size: int) -> None:
    """The shorter the larger, so that no number is broken."""
    page, _ = house.letter(f'- {{type: figure, number: "{number}", meaning: of them.}}')
    assert re.search(rf"<span[^>]*font-size: ?{size}px[^>]*>{number}</span>", page)


def test_nothing_an_author_writes_is_markup(house: House) -> None:
    """In every field, in both parts."""
    hostile = "</span></mj-text><b>x</b> & {{ 7 * 7 }}"
    page, text = house.letter(f'- {{type: figure, number: "{hostile}", meaning: "{hostile}", title: "{hostile}"}}')
    assert heard(house, page).count(hostile) == 3
    assert " ".join(text.split()).count(hostile) == 3
    assert len(house.page(page).all("b")) == 0
