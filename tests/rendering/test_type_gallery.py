"""The section type `gallery`: two pictures beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from newsletter.words import NO_BREAK

if TYPE_CHECKING:
    from tests.rendering.conftest import House

FULL = """
- type: gallery
  title: Then and now
  first: {file: wide.png, alt: A march, caption: In 1990., credit: "Photo: us"}
  second: {file: tall.jpg, alt: A memorial, caption: In 2025., credit: "Photo: them"}
  body: "[More](https://example.org/more)"
"""
BARE = "- {type: gallery, first: {file: wide.png, alt: A march}, second: {file: tall.jpg, alt: A memorial}}"
HOSTILE = "</mj-text><script>{{ 7 * 7 }}"


def test_both_pictures_bring_alt_caption_and_credit(house: House) -> None:
    """X3, F8: alt and size in the HTML; captions, credits and the link in both parts."""
    page, text = house.letter(FULL)
    images = house.page(page).all("img")
    assert [image["alt"] for image in images] == ["A march", "A memorial"]
    assert [image["width"] for image in images] == ["232", "232"]
    flat = " ".join(house.page(page).words).replace(NO_BREAK, " ")
    for said in ("Then and now", "In 1990.", "Photo: us", "In 2025.", "Photo: them"):
        assert said in flat
        assert said in text
    assert "More <https://example.org/more>" in text


def test_without_a_title_its_word_is_the_heading(house: House) -> None:
    """X7, X14: never without a heading or an empty caption; where there is none, the text part describes the picture."""
    page, text = house.letter(BARE)
    assert ">Pictures</h2>" in page
    assert "Picture: A march\n\nPicture: A memorial\n" in text
    assert 'class="caption"' not in page


def test_a_picture_that_is_missing_leaves_no_gap(house: House) -> None:
    """The other moves to the edge, and the missing one is told."""
    rendered, problems = house.render(BARE.replace("wide.png", "lost.png"))
    page = house.filled(rendered.html)
    assert problems
    assert [image["alt"] for image in house.page(page).all("img")] == ["A memorial"]
    assert 'class="other"' not in page


@pytest.mark.parametrize(("width", "beside"), [(640, True), (320, False)])
def test_on_a_phone_one_stands_under_the_other(house: House, browser: Any, width: int, beside: bool) -> None:
    """X9: nothing scrolls sideways."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(house.letter(FULL, "es")[0])
    first, second = page.evaluate("[...document.images].map(one => one.getBoundingClientRect().top)")
    assert (first == second) is beside
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_what_an_author_writes_is_never_markup(house: House) -> None:
    """F11: text that looks like HTML, MJML or a template is read as it was written, in both parts."""
    page, text = house.letter(
        f"- {{type: gallery, title: '{HOSTILE}', first: {{file: wide.png, alt: x}}, second: {{file: tall.jpg, alt: y}}}}"
    )
    assert "<script" not in page
    assert "</mj-text>" not in page
    assert HOSTILE in " ".join(house.page(page).words).replace(NO_BREAK, " ")
    assert HOSTILE in " ".join(text.split())
