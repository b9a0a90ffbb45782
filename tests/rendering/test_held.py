"""Where no line ends: within a date, before the last short word of a title, within a house's number and street."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsletter.rendering.held import LONGEST_END, dates_held, end_held
from newsletter.words import NO_BREAK

if TYPE_CHECKING:
    from tests.rendering.conftest import House, Letters


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("en", "granted on 4 March 2024, eleven days before", "4 March 2024"),
        ("en", "until 15 September to say", "15 September"),
        ("en", "on March 4, 2024 in Lima", "March 4, 2024"),
        ("es", "el 19 de junio de 2025 en Lima", "19 de junio de 2025"),
        ("es", "la sentencia del 11 de junio.", "11 de junio"),
        ("de", "am 3. Oktober 2025", "3. Oktober 2025"),
        ("fr", "le 1er août 2025", "1er août 2025"),
        ("ar", "وفي 11 يونيو قالت", "11 يونيو"),
        ("xx", "on 4 March", "4 March"),
    ],
)
def test_a_date_does_not_break(language: str, text: str, date: str) -> None:
    """Nothing but its own blanks becomes another."""
    assert dates_held(text, language) == text.replace(date, date.replace(" ", NO_BREAK))


@pytest.mark.parametrize(
    "text",
    [
        "19 days later",
        "May 2025",
        "in 41 Marches",
        "1984 march",
        "32 March",
        "bill 7549 of 2024",
        "no figures in March",
    ],
)
def test_what_is_no_day_breaks_as_ever(text: str) -> None:
    """Other numbers, months with their year alone."""
    assert dates_held(text, "en") == text


@pytest.mark.parametrize(
    ("title", "held"),
    [
        ("The licence of the dam unlawful", "The licence of the dam~unlawful"),
        ("Missing after a night in the harbour", "Missing after a night in the~harbour"),
        ("Back at the microphone", "Back at the microphone"),  # too long together for a phone
        ("Two words", "Two words"),
        ("One", "One"),
        ("", ""),
        ("Until 4 March~2024", "Until 4 March~2024"),
    ],
)
def test_a_title_does_not_end_on_one_short_word(title: str, held: str) -> None:
    """Two words that are short stay beside each other; a title of two is left alone."""
    assert end_held(title.replace("~", NO_BREAK)) == held.replace("~", NO_BREAK)
    last = held.rpartition(" ")[2]
    assert "~" not in last or len(last) <= LONGEST_END or "2024" in last


def test_it_holds_in_a_letter(house: House) -> None:
    """In Markdown over the end of a typed line, in a detail, in a title; the text part has blanks as ever."""
    section = (
        "- type: news\n  title: A vote that wipes away the trial\n  detail: Lima, 13 June 2025\n"
        "  body: |\n    Granted on 4\n    March 2024 in Lima.\n"
    )
    page, text = house.letter(section)
    for held in ("4~March~2024", "Lima, 13~June~2025", "the~trial</h2>", "1~Example Street"):
        assert held.replace("~", NO_BREAK) in page
    assert NO_BREAK not in text
    assert "Granted on 4 March 2024 in Lima." in text


def test_a_charitys_number_stays_with_its_sign(letters: Letters) -> None:
    """``n.º`` and the figures on one line."""
    assert f"n.º{NO_BREAK}000000" in letters["sink-2025-07-es"].html
