"""The section type `donation`: an ask for money."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.rendering.conftest import House

FULL = """
- type: donation
  title: A lawyer
  body: "A day costs 80 pounds. [Why](https://example.org/why)"
  url: https://example.org/give
  button: Give for a day
  to: Example Group for Human Rights
  until: 2025-09-30
  legal: "Charity 000000. [Accounts](https://example.org/accounts)"
"""
BARE = '- {type: donation, title: x, body: y, url: "https://example.org/give", to: Example Group}'
HOSTILE = "</mj-text><script>{{ 7 * 7 }}"


def test_who_receives_the_gift_is_said_in_both_parts(house: House) -> None:
    """F8: the receiver, the last day, what the law wants said, and every link."""
    page, text = house.letter(FULL)
    flat = " ".join(" ".join(house.page(page).words).split())
    for said in (
        "A lawyer",
        "Your gift goes to Example Group for Human Rights.",
        "30\u00a0September\u00a02025",
        "Charity 000000.",
    ):
        assert said.replace("\u00a0", " ") in flat.replace("\u00a0", " ")
        assert said.replace("\u00a0", " ") in text
    for link in ("why", "give", "accounts"):
        assert f'href="https://example.org/{link}"' in page
        assert f"<https://example.org/{link}>" in text
    assert "Give for a day <https://example.org/give>" in text


def test_it_is_an_ask_with_one_yellow_button(house: House) -> None:
    """The yellow rule and a button that says what to do, with nothing else filled in."""
    page, text = house.letter(BARE)
    assert 'class="head ask"' in page
    assert "Donate <https://example.org/give>" in text
    assert page.count('href="https://example.org/give"') == 1
    assert "Give until" not in page + text
    assert "Su donación es para Example Group." in house.letter(BARE, "es")[1]


def test_what_an_author_writes_is_never_markup(house: House) -> None:
    """F11: text that looks like HTML, MJML or a template is read as it was written, in both parts."""
    page, text = house.letter(BARE.replace("Example Group", f"'{HOSTILE}'"))
    assert "<script" not in page
    assert "</mj-text>" not in page
    assert HOSTILE in " ".join(house.page(page).words)
    assert HOSTILE in " ".join(text.split())
