"""Dates and numbers as texts of several languages state them."""

from __future__ import annotations

import pytest

from newsletter.texts.facts import facts, stated
from newsletter.texts.numerals import numerals


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


def test_days_of_a_range_and_numbers_in_words() -> None:
    """``10-13 November 2024`` are two days; nineteen is 19, 2.4 million 2,400,000; a thousand ways are no number."""
    assert [one.means for one in facts("from 10-13 November 2024", "en")] == [
        frozenset({(2024, 11, 10)}),
        frozenset({(2024, 11, 13)}),
    ]
    spanish = list(facts("del 10 al 13 de noviembre", "es"))
    assert [one.means for one in spanish] == [frozenset({(0, 11, 10)}), frozenset({(0, 11, 13)})]
    english = "nineteen days, one thousand four hundred people, 2.4 million, a thousand ways, two things"
    assert [(one.words, *one.means) for one in facts(english, "en")] == [
        ("2.4 million", "2400000"),
        ("nineteen", "19"),
        ("one thousand four hundred", "1400"),
    ]
    said = "diecinueve días, mil cuatrocientas personas, 2,4 millones, treinta y cinco, mil gracias"
    assert [max(one.means) for one in facts(said, "es")] == ["2400000", "19", "1400", "35"]


def test_what_states_little_is_marked() -> None:
    """Whoever looks for what a source says may want it all the same."""
    found = {one.words: one.loose for one in stated("5 dead, five dead, a thousand ways, thirteen ways", "en")}
    assert found == {"5": False, "five": True, "thousand": True, "thirteen": False}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("two hundred thousand", 200_000), ("three million two hundred thousand and six", 3_200_006)),
        *(("a hundred and five", 105), ("Twenty-one", 21), ("ninety", 90), ("two billion", 2_000_000_000)),
    ],
)
def test_english_numerals(text: str, value: int) -> None:
    """As one writes them out."""
    assert [one.value for one in numerals(f"It was {text} then.", "en")] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("ciento veintitrés", 123), ("dos millones quinientos mil", 2_500_000), ("treinta y cinco", 35)),
        *(("dos mil veinticuatro", 2024), ("setecientas mil", 700_000), ("veintiún", 21), ("novecientos uno", 901)),
    ],
)
def test_spanish_numerals(text: str, value: int) -> None:
    """As one writes them out."""
    assert [one.value for one in numerals(f"Eran {text} entonces.", "es")] == [value]


def test_numbers_that_stand_beside_each_other_are_not_added() -> None:
    """Two numbers stay two; hundreds are no number; another language has none here."""
    assert [one.value for one in numerals("twenty and thirty, hundreds, four fifty", "en")] == [20, 30, 4, 50]
    assert [one.value for one in numerals("veinte y treinta; cientos y miles", "es")] == [20, 30]
    assert list(numerals("zwanzig", "de")) == []
