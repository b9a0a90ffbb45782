"""The section type `divider`: a bar between two parts of a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.rendering.conftest import House

HOSTILE = "</mj-text><script>{{ 7 * 7 }}"


def test_the_bar_is_hidden_from_screen_readers(house: House) -> None:
    """X8: who listens hears nothing of it; in the text part it is three stars."""
    page, text = house.letter("- {type: divider}")
    assert '<table aria-hidden="true" role="presentation"' in page
    assert "\n* * *\n" in text
    assert "<h2" not in page


def test_its_word_is_a_heading(house: House) -> None:
    """X7: whoever leaps from heading to heading finds it."""
    page, text = house.letter("- {type: divider, word: Before you go}")
    assert ">Before you go</h2>" in page
    assert "* * *\n\nBefore you go\n=============" in text


def test_what_an_author_writes_is_never_markup(house: House) -> None:
    """F11: text that looks like HTML, MJML or a template is read as it was written, in both parts."""
    page, text = house.letter(f"- {{type: divider, word: '{HOSTILE}'}}")
    assert "<script" not in page
    assert "</mj-text>" not in page
    assert HOSTILE in " ".join(house.page(page).words)
    assert HOSTILE in " ".join(text.split())
