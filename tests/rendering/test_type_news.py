"""News: the picture at the top, the left or the right, and what a letter says without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from newsletter.words import NO_BREAK

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.rendering.conftest import House

LETTER = "- {type: news, title: The lead, body: First.}\n"
NEWS = """- type: news
  title: A vote against the victims
  standfirst: Congress has approved the bill.
  body: The bill grants an amnesty.
  picture_at: PLACE
  image: {file: FILE, alt: A field, caption: Seen in June., credit: "Photo: us"}
  sources: [{title: A statement, url: "https://example.org/s", date: 2025-06}]
"""
BOXES = """() => {
    const box = (one) => { const { left, right, top, bottom } = one.getBoundingClientRect(); return { left, right, top, bottom } }
    const title = [...document.querySelectorAll("h2")].find((one) => one.innerText.includes("victims"))
    return { picture: box(document.querySelector("img")), title: box(title),
             wide: document.documentElement.scrollWidth, window: innerWidth }
}"""


def boxes(browser: Browser, house: House, sections: str, language: str, width: int) -> Any:
    """Where title and picture stand in a window."""
    page: Page = browser.new_page(viewport={"width": width, "height": 700})
    try:
        page.set_content(house.letter(sections, language)[0])
        return page.evaluate(BOXES)
    finally:
        page.close()


def news(place: str, file: str = "tall.jpg") -> str:
    """A second piece of news, with its picture there."""
    return LETTER + NEWS.replace("PLACE", place).replace("FILE", file)


@pytest.mark.parametrize(
    ("place", "language", "side"), [("left", "en", 1), ("right", "en", -1), ("left", "ar", -1), ("right", "ar", 1)]
)
def test_the_picture_stands_where_it_was_told(
    browser: Browser, house: House, place: str, language: str, side: int
) -> None:
    """Beside the title; where one reads from right to left the sides change, as all of the letter does."""
    found = boxes(browser, house, news(place), language, 640)
    picture, title = found["picture"], found["title"]
    assert abs(picture["top"] - title["top"]) < 8
    if side > 0:
        assert picture["right"] + 16 < title["left"] + 1
    else:
        assert title["right"] + 16 < picture["left"] + 1
    assert found["wide"] <= found["window"]


@pytest.mark.parametrize("place", ["left", "right", "top"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_everything_stands_under_each_other(
    browser: Browser, house: House, place: str, language: str
) -> None:
    """Picture and title as wide as there is room, none over the other."""
    found = boxes(browser, house, news(place), language, 375)
    picture, title = found["picture"], found["title"]
    first, second = (title, picture) if place == "right" else (picture, title)
    assert first["bottom"] <= second["top"]
    assert (picture["left"], picture["right"]) == (24, 351)
    assert found["wide"] <= found["window"]


@pytest.mark.parametrize("file", ["wide.png", "tall.jpg"])
def test_at_the_top_it_is_as_wide_as_the_text(browser: Browser, house: House, file: str) -> None:
    """Over the title, whatever its shape."""
    found = boxes(browser, house, news("top", file), "en", 640)
    assert found["picture"]["bottom"] <= found["title"]["top"]
    assert found["picture"]["right"] - found["picture"]["left"] == 488


@pytest.mark.parametrize("place", ["left", "right", "top"])
@pytest.mark.parametrize("lead", ["", LETTER])
def test_nothing_is_lost_by_its_place(house: House, place: str, lead: str) -> None:
    """F8: the same words in both parts, for a lead and for other news; once each."""
    page, text = house.letter(lead + NEWS.replace("PLACE", place).replace("FILE", "tall.jpg"))
    heard = " ".join(" ".join(house.page(page).words).split())
    for words in (
        "A vote against",
        "Congress has approved",
        "an amnesty.",
        "Seen in June.",
        "Photo: us",
        "A statement",
    ):
        assert heard.count(words) == 1
        assert " ".join(text.split()).count(words) == 1
    assert [one["alt"] for one in house.page(page).all("img")] == ["A field"]


@pytest.mark.parametrize("place", ["left", "right", "top"])
def test_without_its_picture_no_gap_is_left(house: House, place: str) -> None:
    """A picture that is not there is told at its place, and the title stands as ever."""
    rendered, problems = house.render(news(place, "gone.png"))
    assert [str(one.place) for one in problems] == ["issues/2025-07.yaml:12:17"]
    page = house.filled(rendered.html)
    assert 'class="pair stack"' not in page
    assert "A vote against the victims</h2>" in page.replace(NO_BREAK, " ")


GAP = """(lead) => {
    const title = [...document.querySelectorAll("h2")].find((one) => one.innerText.includes("victims"))
    const body = [...document.querySelectorAll("p")].find((one) => one.innerText.startsWith("The bill"))
    const above = [title, ...(lead ? document.querySelectorAll(".standfirst") : []), ...document.querySelectorAll(".caption")]
    const ends = above.map((one) => one.getBoundingClientRect().bottom).filter((one) => one < body.getBoundingClientRect().top)
    return body.getBoundingClientRect().top - Math.max(...ends)
}"""


@pytest.mark.parametrize(
    ("place", "width", "standfirst", "gap"),
    [
        ("top", 375, False, 16),
        ("left", 375, False, 16),
        ("left", 375, True, 24),
        ("right", 375, False, 24),
        ("left", 640, False, 24),
        ("left", 640, True, 24),
        ("right", 640, False, 24),
    ],
)
def test_the_text_begins_as_far_below_as_anywhere(
    browser: Browser, house: House, place: str, width: int, standfirst: bool, gap: int
) -> None:
    """16 px under a title, 24 under a standfirst, a caption or whichever of two columns is the longer."""
    long = NEWS.replace("A vote against the victims", "A vote against the victims, " + "and what it costs them " * 9)
    text = LETTER + long.replace("PLACE", place).replace("FILE", "wide.png")
    if not standfirst:
        text = text.replace("  standfirst: Congress has approved the bill.\n", "")
    page: Page = browser.new_page(viewport={"width": width, "height": 700})
    page.set_content(house.letter(text)[0])
    found = page.evaluate(GAP, standfirst)
    page.close()
    assert found == gap
