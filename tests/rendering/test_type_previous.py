"""An earlier letter: which one, what it was about, the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.rendering.conftest import House

LEAST = '- {type: previous, title: Before the Court, issue: 2025-06, url: "https://news.example.org/2025-06/"}'
WITHOUT = "- {type: previous, title: Before the Court, issue: ISSUE}"
FULL = LEAST[:-1] + ', body: "It began [there](https://example.org/there).", button: Read the letter of June}'


def test_all_that_is_filled_in_is_said_in_both_parts(house: House) -> None:
    """F8, X14: month at the head, title, why, and the links."""
    page, text = house.letter(FULL)
    heard = " ".join(" ".join(house.page(page).words).split())
    for where in (heard, " ".join(text.split())):
        for words in ("Earlier letter", "June 2025", "Before the Court", "It began", "Read the letter of June"):
            assert words in where.replace("\u00a0", " ")
    for link in house.page(page).all("a"):
        assert link["href"].removeprefix("mailto:") in text.replace("\n", " ")


@pytest.mark.parametrize(
    ("language", "head", "link"),
    [
        ("en", "Earlier letter | June 2025", "Read the letter"),
        ("es", "Carta anterior | junio de 2025", "Leer la carta"),
    ],
)
def test_the_link_has_words_that_say_where_it_leads(house: House, language: str, head: str, link: str) -> None:
    """X6: also where the author gave none."""
    page, text = house.letter(LEAST, language)
    assert head in text.replace("\u00a0", " ")
    assert f"{link} <https://news.example.org/2025-06/>" in text
    assert f">{link}</a>" in page


def test_nothing_an_author_writes_is_markup(house: House) -> None:
    """F9: in a line and in Markdown."""
    hostile = "</td></mj-text><script>alert(1)</script> {{ 7 * 7 }} [[0]]"
    fields = "\n".join(f"  {name}: '{hostile}'" for name in ("title", "body", "button"))
    page, text = house.letter(f'- type: previous\n  issue: 2025-06\n  url: "https://example.org/"\n{fields}\n')
    assert "<script" not in page
    assert text.count("[[0]]") == 3
    assert " ".join(house.page(page).words).count("[[0]]") == 3


@pytest.mark.parametrize(
    ("issue", "language", "address"),
    [
        ("2025-06", "en", "https://news.example.org/2025-06/"),
        ("2025-06", "es", "https://news.example.org/2025-06/es/"),
        ("2025-05", "es", "https://news.example.org/2025-05/"),
        ("2025-05-14", "en", "https://news.example.org/2025-05-14-apci/"),
    ],
)
def test_its_address_is_made_where_there_is_a_public_one(house: House, issue: str, language: str, address: str) -> None:
    """In the reader's language where that letter has it, else in the newsletter's first."""
    for name in ("2025-05", "2025-05-14-apci", "2025-06", "2025-06.es"):
        (house.workspace.issues / f"{name}.yaml").write_text("subject: x\n", "utf-8")
    house.public_url = "https://news.example.org"
    page, text = house.letter(WITHOUT.replace("ISSUE", issue), language)
    assert address in [link["href"] for link in house.page(page).all("a")]
    assert f"<{address}>" in text


def test_without_any_address_it_is_told_and_no_link_is_dead(house: House) -> None:
    """The letter is named, and the way on is said."""
    rendered, problems = house.render(WITHOUT.replace("ISSUE", "2025-06"))
    assert [(one.place.line, one.severity.value) for one in problems] == [(6, "warning")]
    assert "NEWSLETTER_PUBLIC_URL" in problems[0].hint
    assert "Before the Court" in house.filled(rendered.text)
    assert "Read the letter" not in house.filled(rendered.html) + house.filled(rendered.text)
    assert house.render(LEAST)[1] == []
