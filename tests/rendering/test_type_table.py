"""The section type `table`: a table of data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.rendering.conftest import House

FULL = """
- type: table
  label: In figures
  title: The protests
  caption: Victims by region.
  header: [{first: Region, second: Killed, third: Injured, fourth: Detained, fifth: Charged, sixth: Sentenced}]
  rows:
  - {first: Ayacucho, second: "10", third: "61", fourth: "20", fifth: "3", sixth: none}
  - {first: Puno, second: "21", sixth: unknown}
  sources: [{title: A report, url: "https://example.org/r"}]
"""
BARE = """
- {type: table, caption: By region., header: [{first: Region, second: Killed}], rows: [{first: Puno, second: "21"}]}
"""
HOSTILE = "</mj-text><script>{{ 7 * 7 }}"


def test_it_is_a_table_for_who_listens(house: House) -> None:
    """X2: a caption, a title to every column and row with its scope; not a layout."""
    page, _ = house.letter(FULL)
    seen = house.page(page)
    assert [one["scope"] for one in seen.all("th")] == ["col"] * 6 + ["row"] * 2
    assert [one["role"] for one in seen.all("table") if one["role"] != "presentation"] == ["table"]
    assert len(seen.all("caption")) == 1
    assert seen.words.index("Victims by region.") < seen.words.index("Region")


def test_the_text_part_says_each_cell_after_its_title(house: House) -> None:
    """F8, X14: in line; a cell that is empty is not said; the source with its link."""
    page, text = house.letter(FULL)
    assert "Region:    Ayacucho\nKilled:    10\nInjured:   61\nDetained:  20\nCharged:   3\nSentenced: none\n" in text
    assert "Region:    Puno\nKilled:    21\nSentenced: unknown\n" in text
    assert 'href="https://example.org/r"' in page
    assert "A report <https://example.org/r>" in text


def test_the_smallest_one(house: House) -> None:
    """X7: its word is the heading; a narrow table keeps its columns on a phone too."""
    page, text = house.letter(BARE, "es")
    assert ">Tabla</h2>" in page
    assert "Region: Puno\nKilled: 21" in text
    assert 'class="rows data piled"' not in page


def test_a_title_without_a_cell_is_said_in_both_parts(house: House) -> None:
    """F8: that nobody has been sentenced is what there is to know."""
    page, text = house.letter(BARE.replace("second: Killed", "second: Killed, sixth: Sentenced"))
    assert "Sentenced" in house.page(page).words
    assert "Region:    Puno\nKilled:    21\n\nSentenced: –\n" in text


def test_a_seventh_column_is_told(house: House) -> None:
    """Never left out in silence."""
    with pytest.raises(AssertionError, match="seventh"):
        house.letter(BARE.replace("second: Killed", "seventh: Killed"))


@pytest.mark.parametrize("section", [FULL, BARE, BARE.replace("Puno", "Nochmals" * 20)])
@pytest.mark.parametrize("width", [320, 375, 640])
def test_no_table_makes_one_scroll_sideways(house: House, browser: Any, section: str, width: int) -> None:
    """X9: a wide one becomes blocks, a long word breaks."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(house.letter(section)[0])
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_on_a_phone_each_cell_of_a_wide_one_bears_its_title(house: House, browser: Any) -> None:
    """For the eye alone: who listens hears the column's own title."""
    page = browser.new_page(viewport={"width": 375, "height": 800})
    page.set_content(house.letter(FULL)[0])
    assert page.locator("tbody[role] td").first.inner_text() == "Killed: 10"
    page.set_viewport_size({"width": 640, "height": 800})
    assert page.locator("tbody[role] td").first.inner_text() == "10"
    assert page.locator(".of:not([aria-hidden=true])").count() == 0
    page.close()


def test_what_an_author_writes_is_never_markup(house: House) -> None:
    """F11: text that looks like HTML, MJML or a template is read as it was written, in both parts."""
    page, text = house.letter(BARE.replace("Puno", f"'{HOSTILE}'"))
    assert "<script" not in page
    assert "</mj-text>" not in page
    assert HOSTILE in " ".join(house.page(page).words)
    assert HOSTILE in " ".join(text.split())


def test_vowel_marks_bend_no_column_of_the_text_part(house: House) -> None:
    """They stand above their letters and take no room: the values keep their line."""
    _, text = house.letter(BARE.replace("second: Killed", "second: Kil\u0332led"))
    assert "Region: Puno\nKil\u0332led: 21" in text
