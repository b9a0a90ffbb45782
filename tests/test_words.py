"""Words: dates as people say them, phrases with their gaps."""

from __future__ import annotations

import datetime as dt
import re
from string import Formatter

import pytest
import yaml

from newsletter.nouns.draft import IssueName, PartialDate
from newsletter.rendering.markdown import set_quotes
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


LANGUAGES = ["en", *sorted({path.stem for path in (shipped() / "templates" / "words").glob("*.yaml")} - {"en"})]
OWN = {"calendar", "first_day_pattern"}
"""Names that a language adds where its dates need it."""

SAME = {
    "de": {"charity", "online", "online_until", "page_until", "section_petition"},
    "fr": {"page_until", "pages", "section_petition", "source", "sources"},
    "it": {"online"},
    "pt": {"online"},
}
"""Words that a language shares with English."""

DAYS = {
    "ar": ("1 يوليو 2025", "13 يونيو 2025", "18:30", "الجمعة"),
    "de": ("1. Juli 2025", "13. Juni 2025", "18:30 Uhr", "Freitag"),
    "en": ("1 July 2025", "13 June 2025", "18:30", "Friday"),
    "es": ("1 de julio de 2025", "13 de junio de 2025", "18:30", "Viernes"),
    "fr": ("1er juillet 2025", "13 juin 2025", "18 h 30", "Vendredi"),
    "it": ("1º luglio 2025", "13 giugno 2025", "18:30", "Venerdì"),
    "pt": ("1º de julho de 2025", "13 de junho de 2025", "18h30", "Sexta-feira"),
}


def own_words(here: Workspace, language: str) -> dict[str, str]:
    """What stands in the file of a language, without the English words below it."""
    found = yaml.load(here.template(f"words/{language}.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - strings only
    assert isinstance(found, dict)
    return found


def gaps(phrase: str) -> list[str]:
    """The names between braces, in the order of the alphabet."""
    return sorted(name for _, name, _, _ in Formatter().parse(phrase) if name is not None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_phrases_and_gaps(here: Workspace, language: str) -> None:
    """No phrase falls back to English; no date, name or link gets lost in translation."""
    english, own = own_words(here, "en"), own_words(here, language)
    assert set(own) - OWN == set(english)
    assert {name: gaps(own[name]) for name in english} == {name: gaps(words) for name, words in english.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_type_is_named(here: Workspace, language: str) -> None:
    """Each shipped type that has words in English has them in every language."""
    named = {f"section_{folder.name}" for folder in (shipped() / "templates" / "sections").iterdir()}
    assert named & set(own_words(here, "en")) <= set(own_words(here, language))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_phrase_is_left_in_english(here: Workspace, language: str) -> None:
    """What reads the same as in English is a word that both share."""
    english, own = own_words(here, "en"), own_words(here, language)
    same = {
        name
        for name in english
        if re.search("[a-z]{3}", _bare(english[name])) and _bare(own[name]) == _bare(english[name])
    }
    assert same - {"direction", "day_pattern", "month_pattern", "time_pattern"} <= SAME.get(language, set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_and_hours_are_written_as_people_write_them(here: Workspace, language: str) -> None:
    """The first of a month, a day, an hour, a weekday; direction as the script asks."""
    words = read_words(here, language)
    written = [words.date(dt.date(2025, 7, 1)), words.date(dt.date(2025, 6, 13))]
    written += [f"{dt.time(18, 30):{words.say('time_pattern')}}", words.weekday(dt.date(2025, 7, 4))]
    assert tuple(one.replace("\u00a0", " ") for one in written) == DAYS[language]
    assert all(" " not in one for one in written)
    assert words.direction == ("rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize(
    ("language", "set_in"),
    [
        ("fr", "«\u00a0a “b” c\u00a0»"),
        ("de", "„a ‚b‘ c“"),
        ("it", "«a “b” c»"),
        ("pt", "“a ‘b’ c”"),
        ("ar", "«a ‹b› c»"),
    ],
)
def test_quotation_marks_of_each_language(here: Workspace, language: str, set_in: str) -> None:
    """Straight quotes become the true ones, the French with their no-break spaces."""
    assert set_quotes("\"a 'b' c\"", read_words(here, language)) == set_in


@pytest.mark.parametrize("language", LANGUAGES)
def test_typography_of_the_phrases(here: Workspace, language: str) -> None:
    """No straight quotes; French colons after a no-break space; Arabic commas in Arabic."""
    for name, words in own_words(here, language).items():
        if name.endswith("_pattern"):
            continue
        assert not re.search("['\"]", words), name
        if language == "fr":
            assert not re.search("(?<!\u00a0)[:;!?»]", _bare(words)) or name == "quotes", name
        if language == "ar":
            assert "," not in words, name


def _bare(phrase: str) -> str:
    return re.sub(r"\{\w+\}", "", phrase)


def test_a_language_without_words_is_named(here: Workspace) -> None:
    """It says which file to copy."""
    with pytest.raises(NoWords, match=r"words/qu\.yaml"):
        read_words(here, "qu")


def test_numbers_in_the_groups_of_each_language(here: Workspace) -> None:
    """Ours alone, such as a report's pages: from five figures on, never broken over two lines."""
    said = {one: read_words(here, one).number(12500) for one in LANGUAGES}
    assert said == {
        "ar": "12,500",
        "de": "12.500",
        "en": "12,500",
        "es": "12.500",
        "fr": "12\u00a0500",
        "it": "12.500",
        "pt": "12.500",
    }
    assert {read_words(here, one).number(1200) for one in LANGUAGES} == {"1200"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "17 July 2025 (Thursday)"),
        ("es", "17 de julio de 2025 (jueves)"),
        ("fr", "17 juillet 2025 (jeudi)"),
        ("pt", "17 de julho de 2025 (quinta-feira)"),
        ("de", "17. Juli 2025 (Donnerstag)"),
        ("it", "17 luglio 2025 (giovedì)"),
        ("ar", "17 يوليو 2025 (الخميس)"),
    ],
)
def test_a_day_with_its_weekday(here: Workspace, language: str, said: str) -> None:
    """A last day and the day of an event are said in one way, on pages and in the text part."""
    assert read_words(here, language).last_day(dt.date(2025, 7, 17)).replace("\u00a0", " ") == said


def test_french_colons_stand_apart_in_the_text_part(here: Workspace) -> None:
    """Our own colons are a phrase: no template writes one after another phrase."""
    assert read_words(here, "fr").say("colon") == "\u00a0:"
    for path in (shipped() / "templates").rglob("*"):
        if path.suffix in (".txt", ".mjml", ".html"):
            assert not re.search(r"\)\s*\}\}:", path.read_text("utf-8")), path
