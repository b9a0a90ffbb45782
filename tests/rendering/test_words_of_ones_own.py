"""A coordinator's own words: a language of her own, a phrase changed, a slip named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsletter.errors import NewsletterError
from newsletter.phrases import BrokenWords

if TYPE_CHECKING:
    from tests.rendering.conftest import House

SECTIONS = """
- {type: letter, body: "Dear {first_name}, hello."}
- {type: event, title: Evening, date: 2025-07-17, starts: "18:30"}
"""


def own(house: House, language: str, text: str) -> None:
    """Put words of one's own into the workspace."""
    folder = house.root / "templates" / "words"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{language}.yaml").write_text(text, "utf-8")


def test_one_phrase_of_ones_own_is_enough(house: House) -> None:
    """What a file of one's own lacks is said as we say it, in its language; so an old copy outlives an update."""
    own(house, "en", "leave: Go away\n")
    own(house, "es", "friend: colega\n")
    page, text = house.letter(SECTIONS)
    assert "Go away" in page
    assert "July 2025" in text
    page, text = house.letter(SECTIONS, "es")
    assert "julio de 2025" in text
    assert "Go away" not in text


def test_a_language_whose_calendar_we_do_not_know(house: House) -> None:
    """Months are said as another language says them, the one that its words name, or English."""
    profile = house.profile_text.replace("[en, es]", "[en, es, shp]")
    own(house, "shp", "language: Shipibo\nmonth_pattern: MMMM y\n")
    assert "July 2025" in house.letter(SECTIONS, "shp", profile=profile)[1]
    own(house, "shp", "language: Shipibo\nmonth_pattern: MMMM y\ncalendar: es\n")
    assert "julio 2025" in house.letter(SECTIONS, "shp", profile=profile)[1]


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("friend: '{x}'", "friend"),
        ("friend: '{'", "friend"),
        ("newsletter: '{0.x}'", "newsletter"),
        ("direction: up", "direction"),
        ("quotes: '\"'", "quotes"),
        ("month_pattern: bbbb", "month_pattern"),
        ("day_pattern: MMMMMMMM y", "day_pattern"),
        ("friend: [a]", "friend"),
        ("- friend", "name: words"),
        ("friend: 'a", "scanning"),
        ("time_pattern: '{", "scanning"),
    ],
)
def test_a_slip_in_the_words_is_named(house: House, slip: str, said: str) -> None:
    """File and phrase in plain words, never a traceback."""
    own(house, "en", slip + "\n")
    with pytest.raises(NewsletterError) as caught:
        house.letter(SECTIONS)
    assert isinstance(caught.value, BrokenWords)
    assert caught.value.message.startswith("templates/words/en.yaml: ")
    assert said in caught.value.message + caught.value.hint
