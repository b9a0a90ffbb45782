"""Phrases in another language, inside a text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from newsletter.rendering.markdown import to_html, to_plain
from newsletter.words import Words, read_words
from newsletter.workspace import Workspace, shipped


@pytest.fixture(scope="module")
def words() -> Mapping[str, Words]:
    """The words of four languages."""
    return {one: read_words(Workspace(shipped()), one) for one in ("en", "es", "fr", "ar")}


def test_a_phrase_says_its_language(words: Mapping[str, Words]) -> None:
    """X1: a span in the HTML, for whoever listens; the text part has the words alone."""
    text = "The [Defensoría del Pueblo]{lang=es} and the [**Runa** Simi]{lang=qu}."
    assert to_html(text, words["en"]) == (
        '<p>The <span lang="es">Defensoría del Pueblo</span> and the '
        '<span lang="qu"><strong>Runa</strong> Simi</span>.</p>'
    )
    assert to_plain(text, words["en"]) == "The Defensoría del Pueblo and the Runa Simi."


def test_a_link_says_its_language(words: Mapping[str, Words]) -> None:
    """X1: that of its words and of the page it leads to; the tag is put into its usual letters."""
    assert to_html("[El informe](https://example.org/i){lang=ES-pe}", words["en"]) == (
        '<p><a href="https://example.org/i" lang="es-PE" hreflang="es-PE">El informe</a></p>'
    )


@pytest.mark.parametrize(
    "braces",
    [
        "{.big}",
        "{#here}",
        "{style=color:red}",
        "{onclick=x}",
        "{lang=es onclick=x}",
        "{lang=es .big}",
        "{dir=rtl}",
        "{lang=sp}",
        "{lang=spanish}",
        "{lang=}",
        "{}",
        "{%x%}",
    ],
)
def test_nothing_else_in_braces_is_read(words: Mapping[str, Words], braces: str) -> None:
    """No class, no style, no script: it stays as it stands, and nothing of it becomes an attribute."""
    assert to_html(f"[a]{braces} x", words["en"]) == f"<p>[a]{braces} x</p>"
    assert to_html(f"[a](https://example.org){braces}", words["en"]) == (
        f'<p><a href="https://example.org">a</a>{braces}</p>'
    )
    assert to_html(f"*a*{braces} `a`{braces}", words["en"]) == f"<p><em>a</em>{braces} <code>a</code>{braces}</p>"


def test_quotation_marks_inside_are_those_of_its_language(words: Mapping[str, Words]) -> None:
    """Spanish ones in an English letter, and the letter's own around them."""
    text = 'They said "no": ["se dijo \'no\' y punto"]{lang=es}.'
    assert to_plain(text, words["en"]) == "They said “no”: «se dijo “no” y punto»."
    assert to_plain('Il dit "non": ["no"]{lang=en}.', words["fr"]) == "Il dit «\u00a0non\u00a0»: “no”."
    assert to_plain('["no"]{lang=qu}', words["en"]) == "“no”"


def test_a_phrase_read_from_the_other_side_is_kept_apart(words: Mapping[str, Words]) -> None:
    """X1: Arabic in an English letter and the reverse, as a phrase and as a link; a mark after it in both parts."""
    text = "The [منظمة 2025]{lang=ar}, 13 June"
    assert '<span lang="ar" dir="rtl">منظمة 2025</span>\u200e, 13' in to_html(text, words["en"])
    assert to_plain(text, words["en"]) == "The \u2067منظمة 2025\u2069\u200e, 13 June"
    link = "قال [What now?](https://example.org/a/) اليوم"
    assert '<a href="https://example.org/a/" dir="ltr">What now?</a>\u200f اليوم' in to_html(link, words["ar"])
    assert to_plain(link, words["ar"]) == (
        "قال \u2066What now?\u2069\u200f \u2066<https://example.org/a/>\u2069\u200f اليوم"
    )
    assert "dir=" not in to_html("[منظمة]{lang=ar}", words["ar"])
    inside = to_html("قال اليوم في ليما [a [منظمة]{lang=ar} b c]{lang=en}", words["ar"])
    assert (
        inside
        == '<p>قال اليوم في ليما <span lang="en" dir="ltr">a <span lang="ar" dir="rtl">منظمة</span>\u200e b c</span>\u200f</p>'
    )


def test_marks_of_a_language_added_in_a_workspace(tmp_path: Path) -> None:
    """A file of words that a volunteer put there counts here too; a broken one is no trouble for others."""
    folder = tmp_path / "templates" / "words"
    folder.mkdir(parents=True)
    (folder / "sv.yaml").write_text("quotes: ””’’\n", "utf-8")
    (folder / "da.yaml").write_text("quotes: [", "utf-8")
    english = read_words(Workspace(tmp_path), "en")
    assert to_plain('["ja"]{lang=sv} ["ja"]{lang=da}', english) == "”ja” “ja”"


def test_a_paragraph_read_from_the_other_side(words: Mapping[str, Words]) -> None:
    """X1: a letter to a ministry, in Spanish, in an Arabic one; each line of the text part keeps its order by itself."""
    text = "Señora Ministra,\\\nle pido que los proteja. Gracias.\n\n- [Uno.](https://example.org)\n- واحد\n\n# Adiós."
    assert to_html(text, words["ar"]) == (
        '<p dir="ltr">Señora Ministra,<br />\nle pido que los proteja. Gracias.</p>\n<ul>\n'
        '<li><span dir="ltr"><a href="https://example.org">Uno.</a></span>\u200f</li>\n<li>واحد</li>\n</ul>\n'
        '<h3 dir="ltr">Adiós.</h3>'
    )
    plain = to_plain(text, words["ar"], 30)
    assert plain.splitlines()[:3] == [
        "\u2066Señora Ministra,\u2069",
        "\u2066le pido que los proteja.\u2069",
        "\u2066Gracias.\u2069\u200f",
    ]
    assert "- \u2066Uno. " in plain
    assert to_html("منظمة [x]{lang=en}.", words["en"]) == '<p>منظمة <span lang="en">x</span>.</p>'
    assert to_html("منظمة كبيرة [x]{lang=en}.", words["en"]) == (
        '<p dir="rtl">منظمة كبيرة <span lang="en" dir="ltr">x</span>\u200f.</p>'
    )
