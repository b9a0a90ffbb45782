"""A quotation: one voice, large, in the quotation marks of its language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.rendering.conftest import House

ALL = """
- type: quote
  text: "We want to know where they are, and 'nothing else'."
  speaker: Rosa Quispe
  who: Sister of one of the missing
  sources: [{title: The hearing, publisher: Example Radio, url: "https://example.org/hearing", date: 2025-06-12}]
"""


def heard(house: House, page: str) -> str:
    """The words of a page in one line."""
    return " ".join(" ".join(house.page(page).words).split())


def test_both_parts_say_the_same_and_hold_the_same_links(house: House) -> None:
    """F8, X14: words, speaker, who it is, and where it can be checked."""
    page, text = house.letter(ALL)
    for where in (heard(house, page), " ".join(text.split())):
        for said in (
            "In their words",
            "“We want to know where they are, and ‘nothing else’.”",
            "Rosa Quispe",
            "Sister",
        ):
            assert said in where
    assert "<https://example.org/hearing>" in text
    assert {"href": "https://example.org/hearing"}.items() <= house.page(page).all("a")[0].items()
    assert len(house.page(page).all("blockquote")) == 1


def test_words_alone_are_enough(house: House) -> None:
    """Every other field may be left out, and leaves nothing behind."""
    page, text = house.letter("- {type: quote, text: Not one step back.}")
    assert "“Not one step back.”" in heard(house, page)
    assert "“Not one step back.”\n\n---" in text
    assert "<strong></strong>" not in page


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("en", 'He said "no" to us.', "“He said ‘no’ to us.”"),
        ("en", '"All of it."', "“All of it.”"),
        ("en", '"One" and "two"', "“‘One’ and ‘two’”"),
        ("es", 'Dijo "no".', "«Dijo “no”.»"),
        ("es", "«Todo.»", "«Todo.»"),
    ],
)
def test_marks_are_set_once_and_those_inside_are_the_inner_ones(
    house: House, language: str, written: str, said: str
) -> None:
    """Whether an author writes marks round the words or not."""
    page, text = house.letter(f"- {{type: quote, text: '{written}'}}", language)
    assert said in heard(house, page)
    assert said in text


def test_nothing_an_author_writes_is_markup(house: House) -> None:
    """In every field, in both parts."""
    hostile = "</blockquote></mj-text><b>x</b> & {{ 7 * 7 }}"
    page, text = house.letter(f'- {{type: quote, text: "{hostile}", speaker: "{hostile}", who: "{hostile}"}}')
    assert heard(house, page).count(hostile) == 3
    assert " ".join(text.split()).count(hostile) == 3
    assert len(house.page(page).all("b")) == 0
