"""The section type `gratitude`: a word of thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.rendering.conftest import House

FULL = """
- {type: gratitude, title: You wrote, body: "They [answered](https://example.org/a).", names: "the pupils of Example School"}
"""
HOSTILE = "</mj-text><script>{{ 7 * 7 }}"


def test_who_is_thanked_stands_in_both_parts(house: House) -> None:
    """F8: title, text, names and link."""
    page, text = house.letter(FULL)
    assert ">You wrote</h2>" in page
    flat = " ".join(house.page(page).words)
    for said in ("Thanks to", "the pupils of Example School"):
        assert said in flat
    assert "Thanks to: the pupils of Example School" in text
    assert "answered <https://example.org/a>" in text


def test_names_may_be_left_out(house: House) -> None:
    """No row, no words without a name; the head in the letter's language."""
    page, text = house.letter("- {type: gratitude, title: x, body: y}", "es")
    assert "Gracias a" not in page + text
    assert ">Gracias</td>" in page


def test_what_an_author_writes_is_never_markup(house: House) -> None:
    """F11: text that looks like HTML, MJML or a template is read as it was written, in both parts."""
    page, text = house.letter(f"- {{type: gratitude, title: x, body: y, names: '{HOSTILE}'}}")
    assert "<script" not in page
    assert "</mj-text>" not in page
    assert HOSTILE in " ".join(house.page(page).words)
    assert HOSTILE in " ".join(text.split())
