"""The section type `columns`: texts beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.rendering.conftest import House

FULL = """
- type: columns
  label: For and against
  title: Two answers
  columns:
  - {title: The State, body: "It is over. [Law](https://example.org/law)"}
  - {title: The victims, body: "It is not. [Case](https://example.org/case)"}
"""
HOSTILE = "</mj-text><script>{{ 7 * 7 }}"


def test_both_columns_stand_in_both_parts_in_their_order(house: House) -> None:
    """F8, X8: titles, texts and links; the first is read to its end before the second begins."""
    page, text = house.letter(FULL)
    said = ("For and against", "Two answers", "The State", "It is over.", "The victims", "It is not.")
    for where in (" ".join(house.page(page).words), text):
        places = [where.index(words) for words in said]
        assert places == sorted(places)
    for link in ("law", "case"):
        assert f'href="https://example.org/{link}"' in page
        assert f"<https://example.org/{link}>" in text


def test_its_titles_are_headings_below_the_sections(house: House) -> None:
    """X7: with a title of its own, or under the word at its head."""
    for section in (FULL, FULL.replace("  title: Two answers\n", "")):
        page, _ = house.letter(section)
        headings = [tag for tag, _ in house.page(page).tags if tag in ("h1", "h2", "h3", "h4")]
        assert headings == ["h1", "h2", "h3", "h3"]


def test_a_third_is_not_lost(house: House) -> None:
    """It stands below the first."""
    page, text = house.letter(FULL + "  - {title: The Court, body: We shall see.}")
    assert "We shall see." in page
    assert "We shall see." in text


@pytest.mark.parametrize(("width", "beside"), [(640, True), (320, False)])
def test_on_a_phone_one_stands_under_the_other(house: House, browser: Any, width: int, beside: bool) -> None:
    """X9: nothing scrolls sideways."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(house.letter(FULL)[0])
    first, second = page.evaluate("[...document.querySelectorAll('h3')].map(one => one.getBoundingClientRect().top)")
    assert (first == second) is beside
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_what_an_author_writes_is_never_markup(house: House) -> None:
    """F11: text that looks like HTML, MJML or a template is read as it was written, in both parts."""
    page, text = house.letter(FULL.replace("The State", f"'{HOSTILE}'"))
    assert "<script" not in page
    assert "</mj-text>" not in page
    assert HOSTILE in " ".join(house.page(page).words)
    assert HOSTILE in " ".join(text.split())


@pytest.mark.parametrize("width", [640, 320])
def test_a_lone_column_leaves_no_gap_below(house: House, browser: Any, width: int) -> None:
    """The place beside it is empty, on a phone it is nothing; the lone one is as wide as those above."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(house.letter(FULL + "  - {title: The Court, body: We shall see.}")[0])
    first, _, third = page.evaluate("""[...document.querySelectorAll('.pair td h3')].map(one => {
        const cell = one.parentElement, table = cell.closest('table').getBoundingClientRect();
        return [cell.getBoundingClientRect().width, table.bottom - cell.getBoundingClientRect().bottom]; })""")
    page.close()
    assert first[0] == third[0]
    assert third[1] == 0
