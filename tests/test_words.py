"""Words: dates as people say them, phrases with their gaps."""

from __future__ import annotations

import datetime as dt

import pytest

from newsletter.nouns.draft import IssueName, PartialDate
from newsletter.words import NoWords, read_words
from newsletter.workspace import Workspace, shipped


@pytest.fixture
def here() -> Workspace:
    """The shipped words."""
    return Workspace(shipped())


def test_a_date_as_far_as_it_is_known(here: Workspace) -> None:
    """A day, a month or a year, in the order of the language, and never broken over two lines."""
    english, spanish = read_words(here, "en"), read_words(here, "es")
    assert english.date(dt.date(2025, 6, 13)) == "13\u00a0June\u00a02025"
    assert english.date(PartialDate(2025, 4)) == "April\u00a02025"
    assert english.date(PartialDate(2025)) == "2025"
    assert spanish.date(dt.date(2025, 6, 13)) == "13\u00a0de\u00a0junio\u00a0de\u00a02025"
    assert english.month(IssueName(2025, 7)) == "July\u00a02025"


def test_months_and_weekdays_open_a_line(here: Workspace) -> None:
    """Alone on a line they begin with a capital, in Spanish too."""
    spanish = read_words(here, "es")
    assert spanish.month_name(IssueName(2025, 7)) == "Julio"
    assert spanish.weekday(dt.date(2025, 7, 4)) == "Viernes"


def test_both_languages_have_the_same_phrases(here: Workspace) -> None:
    """No phrase of a Spanish letter falls back to English."""
    english, spanish = read_words(here, "en").phrases, read_words(here, "es").phrases
    files = [here.template(f"words/{language}.yaml").read_text("utf-8") for language in ("en", "es")]
    keys = [{line.partition(":")[0] for line in text.splitlines() if line and line[0] not in "# "} for text in files]
    assert keys[0] == keys[1]
    assert set(english) == set(spanish) == keys[0]


def test_a_language_without_words_is_named(here: Workspace) -> None:
    """It says which file to copy."""
    with pytest.raises(NoWords, match=r"words/qu\.yaml"):
        read_words(here, "qu")
