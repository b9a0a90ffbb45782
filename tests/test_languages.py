"""Tags of languages, their names, and the side from which a text is read."""

from __future__ import annotations

import pytest

from newsletter.languages import as_html, bare, full_name, isolated, meant, name, same, side, tag

LRI, RLI, PDI, LRM, RLM = "\u2066", "\u2067", "\u2069", "\u200e", "\u200f"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("es", "es"),
        ("PT-br", "pt-BR"),
        ("zh-hant-TW", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("ay", "ay"),
        ("cni", "cni"),
    ],
)
def test_a_tag_is_known_in_its_usual_letters(written: str, found: str) -> None:
    """X1: BCP 47; a language of the Andes or the Amazon is one too."""
    assert tag(written) == found


@pytest.mark.parametrize(
    "written", ["", "spanish", "sp", "spa", "iw", "es_PE", "e", "es-", "es onclick", "es\n", "x-own", "ёs"]
)
def test_what_is_no_tag(written: str) -> None:
    """Also what is well-formed, but nobody's language, or has a shorter tag that is the right one."""
    assert tag(written) is None


def test_what_was_meant() -> None:
    """A name in English or Spanish, a longer code, a country's; nothing where nobody can tell."""
    assert [meant(one) for one in ("Spanish", "inglés", "spa", "sp", "iw", "qqq")] == ["es", "en", "es", "es", "he", ""]


def test_names_as_a_speaker_says_them() -> None:
    """Within a sentence; a region says nothing to who reads; what has no name keeps its tag."""
    assert name("es-PE", "en") == "Spanish"
    assert name("en", "es") == "inglés"
    assert name("es", "ar") == "الإسبانية"
    assert name("cni", "en") == "cni"
    assert same("pt", "pt-BR")
    assert not same("pt", "es")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lima", "ltr"),
        ("1 Example Square, Lima", "ltr"),
        ("ليما", "rtl"),
        ("APCI: قانون جديد", "rtl"),
        ("1,500", ""),
        ("2019–2023", ""),
        ("+44 20 7946 0000", "ltr"),
        ("", ""),
    ],
)
def test_the_side_is_that_of_most_words(text: str, found: str) -> None:
    """An acronym in front makes no sentence English; figures alone have no side, but a number to call has."""
    assert side(text) == found


def test_a_text_from_the_other_side_is_kept_apart() -> None:
    """Both ways round, with a mark after it for programs that know no isolates; what needs nothing gets nothing."""
    assert isolated("1 Example Square", "rtl") == f"{LRI}1 Example Square{PDI}{RLM}"
    assert isolated("ليما", "ltr") == f"{RLI}ليما{PDI}{LRM}"
    assert isolated("تقرير Example", "rtl") == f"تقرير Example{RLM}"
    for text, around in (("Lima", "ltr"), ("ليما", "rtl"), ("156", "rtl"), ("Perú", "ltr")):
        assert isolated(text, around) == text
    once = isolated("Lima", "rtl")
    assert isolated(once, "rtl") == once


def test_isolates_become_elements_and_go_away_again() -> None:
    """HTML has elements for them; an address or a length needs the text alone."""
    assert as_html(f"{LRI}a &amp; b{PDI}{RLM}، 13") == f'<span dir="ltr">a &amp; b</span>{RLM}، 13'
    assert as_html(f"{LRI}open") == f"{LRI}open"
    assert bare(isolated("Lima", "rtl")) == "Lima"


def test_a_language_of_which_nothing_is_known_still_has_a_name() -> None:
    """Aymara has no months in the Unicode CLDR, but a name; with its region, where one is said."""
    assert full_name("ay", "en") == "Aymara"
    assert full_name("pt-BR", "en") == "Portuguese (Brazil)"
    assert full_name("qaa", "en") == "qaa"
