"""Dates and numbers as texts of several languages state them."""

from __future__ import annotations

import pytest

from newsletter.facts import facts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On 13 June 2025, at 6.30 pm, 1,500 people, 12.5%"),
        ("en", "On June 13th, 2025, at 6:30 p.m., 1500 people, 12.5%"),
        ("es", "El 13 de junio de 2025, a las 18:30, 1.500 personas, el 12,5 %"),
        ("fr", "Le 13 juin 2025, à 18\u00a0h\u00a030, 1\u202f500 personnes, 12,5 %"),
        ("pt", "No dia 13 de junho de 2025, às 18h30, 1.500 pessoas, 12,5 %"),
        ("de", "Am 13. Juni 2025 um 18:30 Uhr 1.500 Menschen, 12,5 %"),
        ("it", "Il 13 giugno 2025, alle 18:30, 1.500 persone, il 12,5 %"),
        ("ar", "في 13 يونيو 2025 الساعة 18:30 و١٬٥٠٠ شخص، 12٫5٪"),
    ],
)
def test_every_language_states_the_same(language: str, text: str) -> None:
    """Months by their names, separators of every habit, hours of twelve and of twenty-four, figures of two scripts."""
    date, hour, people, share = facts(text, language)
    assert date.means == {(2025, 6, 13)}
    assert hour.means == {"18:30"}
    assert "1500" in people.means
    assert share.means == {"12.5"}
    assert all(text[one.offset : one.offset + len(one.words)] == one.words for one in (date, people, share))


def test_the_first_of_a_month_and_a_month_alone() -> None:
    """As each writes it; a word that only looks like a month is none."""
    firsts = {"fr": "1er juillet 2025", "pt": "1º de julho de 2025", "it": "1º luglio 2025", "en": "1st of July 2025"}
    for language, text in firsts.items():
        assert [one.means for one in facts(text, language)] == [{(2025, 7, 1)}]
    assert [one.means for one in facts("mayo de 2024", "es")] == [{(2024, 5, 0)}]
    assert list(facts("One may march in 3 of 12 towns", "en")) == []


def test_what_agrees() -> None:
    """A date with and without its year; a decade; not two days of one month, nor 1.5 and 15."""

    def agree(one: str, other: str) -> bool:
        (mine,), (theirs,) = (list(facts(text, "en")) for text in (one, other))
        return mine.agrees(theirs) and theirs.agrees(mine)

    assert agree("13 June 2025", "13 June")
    assert agree("the 1980s", "80")
    assert agree("13/06/2025", "June 13, 2025")
    assert not agree("13 June", "14 June")
    assert not agree("13 June 2025", "13 June 2024")
    assert not agree("12.5", "125")


@pytest.mark.parametrize(
    ("language", "text"),
    [("tr", "1 MAYIS 2025"), ("tr", "1 HAZİRAN 2025"), ("en", "1 \u017feptember 2025")],
)
def test_capitals_of_every_alphabet_name_a_month(language: str, text: str) -> None:
    """A Turkish I is small without a dot, and İ with one."""
    (date,) = facts(text, language)
    assert date.words == text


def test_figures_of_every_script_are_the_same() -> None:
    """Here Bengali, Devanagari and Arabic."""
    (wanted,) = facts("1500", "en")
    assert all(next(facts(text, "en")).agrees(wanted) for text in ("১৫০০", "१५००", "١٥٠٠"))


def test_a_number_without_end_is_a_number() -> None:
    """Python turns no more than 4,300 figures into a number."""
    (number,) = facts("7" * 5000, "en")
    assert number.agrees(number)
