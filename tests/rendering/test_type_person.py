"""A person: a face, a name, and the truth about the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.rendering.conftest import House

PORTRAIT = '{file: tall.jpg, alt: A woman, caption: Elena at home., credit: "Drawing: us"}'
FULL = f"""
- type: person
  title: Elena
  pseudonym: yes
  place: Ayacucho
  portrait: {PORTRAIT}
  body: "She asks for a [verdict](https://example.org/v)."
  people: [{{name: Elena, consent: agreed on 12 June, at_risk: yes}}]
  sources: [{{title: One case, publisher: The Example Times, url: "https://example.org/s", date: 2025-06}}]
"""
CHANGED = "The name has been changed."


def test_all_that_is_filled_in_is_said_in_both_parts(house: House) -> None:
    """F8, X14: the same facts and links; ground and danger are for us, not for readers."""
    page, text = house.letter(FULL)
    heard = " ".join(" ".join(house.page(page).words).split())
    for where in (heard, " ".join(text.split())):
        for words in ("Ayacucho", "Elena", CHANGED, "Elena at home.", "Drawing: us", "One case", "June 2025"):
            assert words in where.replace("\u00a0", " ")
        assert "12 June" not in where
    for link in house.page(page).all("a"):
        assert link["href"].removeprefix("mailto:") in text.replace("\n", " ")


@pytest.mark.parametrize("portrait", ["", "  portrait: {file: tall.jpg, alt: A woman}", f"  portrait: {PORTRAIT}"])
def test_a_pseudonym_is_said_once_with_a_portrait_or_without(house: House, portrait: str) -> None:
    """With pictures off as well: it stands in words, never in the picture or its alt text."""
    said = f"- type: person\n  title: Elena\n  body: x\n  pseudonym: yes\n{portrait}\n"
    page, text = house.letter(said)
    assert " ".join(house.page(page).words).count(CHANGED) == text.count(CHANGED) == 1
    page, text = house.letter(said.replace("pseudonym: yes", "pseudonym: no"))
    assert CHANGED not in page + text


def test_a_pseudonym_is_said_where_the_portrait_is_missing(house: House) -> None:
    """X3: a picture that fell out takes no word with it."""
    rendered, problems = house.render(FULL.replace("tall.jpg", "gone.jpg"))
    assert CHANGED in house.filled(rendered.html)
    assert CHANGED in house.filled(rendered.text)
    assert problems


def test_a_name_and_a_text_are_enough_in_spanish_too(house: House) -> None:
    """Nothing else is asked for, and nothing is left standing empty."""
    page, text = house.letter("- {type: person, title: Rosa Quispe, body: Espera.}", "es")
    assert ">Rosa Quispe</h2>" in page
    assert "Persona\n\nRosa Quispe\n===========\n\nEspera.\n" in text
    assert "<img" not in page


def test_nothing_an_author_writes_is_markup(house: House) -> None:
    """F9: in a line, in Markdown and in an attribute."""
    hostile = "</td></mj-text><script>alert(1)</script> {{ 7 * 7 }} [[0]]"
    fields = "\n".join(f"  {name}: '{hostile}'" for name in ("title", "place", "body"))
    portrait = f"{{file: tall.jpg, alt: '{hostile}', caption: '{hostile}', credit: '{hostile}'}}"
    page, text = house.letter(f"- type: person\n{fields}\n  portrait: {portrait}\n")
    assert "<script" not in page
    assert text.count("[[0]]") == 5
    assert house.page(page).all("img")[0]["alt"] == hostile
