"""A letter in Arabic: mirrored throughout, numbers and Latin names where they are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.rendering.conftest import House

SECTIONS = """
- {type: letter, body: "عزيزنا القارئ {first_name|friend}، قرأنا عن \\"قرية 'النخيل'\\"."}
- type: news
  title: نهر صغير يعود إلى مجراه
  place: Lima
  date: 2025-06-13
  body: "نشرت Example Association تقريرًا.\\n\\n- ماء نظيف"
  image: {file: wide.png, alt: سطور من كتاب, caption: صفحة من كتاب قديم., credit: "رسم: Peru coordination"}
  sources: [{title: Statement, publisher: Example Association, url: "https://example.org/s", date: 2025-06-13}]
- {type: petition, title: من أجل ماء نظيف, body: نص., url: "https://example.org/p", until: 2025-09-30, by: Example Friends}
- {type: event, title: أمسية, date: 2025-07-17, starts: "18:30", ends: "20:00", timezone: بتوقيت لندن, place: London}
- {type: report, title: حال الأنهار, published: 2025-04, pages: 48, url: "https://example.org/r"}
- {type: in-brief, items: [{topic: قانون, text: قانون جديد.}]}
- {type: picture, image: {file: wide.png, alt: كتاب, caption: وحدها.}}
"""


@pytest.fixture
def letter(house: House) -> tuple[str, str]:
    """HTML and text of a letter with every first type."""
    house.public_url = "https://news.example.org"
    profile = house.profile_text.replace("[en, es]", "[en, ar]").replace("es: Perú", "ar: بيرو")
    profile = profile.replace("es: Boletín sobre el Perú", "ar: نشرة بيرو").replace("es: Coordinadora", "ar: منسقة")
    return house.letter(SECTIONS, "ar", profile=profile)


def test_it_is_mirrored(house: House, letter: tuple[str, str]) -> None:
    """X1: direction and language on the page and its first element; nothing is drawn together or from the left."""
    page = house.page(letter[0])
    first = page.tags[[tag for tag, _ in page.tags].index("body") + 1][1]
    for attributes in (page.all("html")[0], first):
        assert (attributes["lang"], attributes["dir"]) == ("ar", "rtl")
    assert "direction:ltr" not in letter[0].partition("<body")[2]
    assert ' lang="ar" dir="rtl" style="direction:rtl;' in letter[0]  # GMX on the web drops the attribute
    assert "letter-spacing" not in letter[0]
    assert "padding-left: 24px; text-align: left" not in letter[0]


def test_no_fixed_word_is_english(house: House, letter: tuple[str, str]) -> None:
    """What is in Latin letters was written so by the author, or leads to another language."""
    mine = (
        r"Joan|Lima|Example|Association|Statement|Peru|coordination|Friends|London|Ines|Hartley|Group|for|Human|Rights"
    )
    mine += r"|In|English|Street|peru@example\.org"
    words = " ".join(house.page(letter[0]).words)
    assert not re.sub(rf"\b(?:{mine})\b|What stands beside the subject|[^A-Za-z]", "", words)


def test_what_follows_a_latin_name_stays_on_its_side(letter: tuple[str, str]) -> None:
    """Its comma is Arabic; whatever is in Latin letters is kept apart, by elements in the HTML, by marks in the text."""
    for part, begins, ends in ((letter[0], '<span dir="ltr">', "</span>\u200f"), (letter[1], "\u2066", "\u2069\u200f")):
        flat = " ".join(part.replace("\u00a0", " ").replace("\n\u200f", "\n").split())
        assert f"{begins}Lima{ends}، 13 يونيو 2025" in flat
        assert f"{begins}Example Association{ends}، 13 يونيو 2025" in flat
        assert f"أطلقتها {begins}Example Friends{ends}." in flat
        assert "من الساعة 18:30 إلى الساعة 20:00، بتوقيت لندن" in flat
        assert "«قرية ‹النخيل›»" in flat
        assert f"{begins}1 Example Street, London{ends}" in flat.replace("\u2069 \u2066", " ")  # over two lines


def test_a_line_of_strokes_stands_under_its_words(letter: tuple[str, str]) -> None:
    """Strokes have no side of their own: a mark says from which side their line is read, where each line is its own."""
    strokes = [line for line in letter[1].splitlines() if set(line) & set("-=") and not set(line) - set("-=\u200f")]
    assert len(strokes) > 8
    assert all(line.startswith("\u200f") for line in strokes)
