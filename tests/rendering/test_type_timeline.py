"""A timeline: rows of a year and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.rendering.conftest import House

ALL = """
- type: timeline
  title: The case of Rosa Quispe
  items:
    - {when: "1997", text: "She dies, 19 days after the surgery."}
    - {when: "2024", text: "The Court hears the case. [The hearing](https://example.org/hearing)"}
  sources: [{title: The file, publisher: Example Court, url: "https://example.org/file", date: 2025}]
"""


def heard(house: House, page: str) -> str:
    """The words of a page in one line."""
    return " ".join(" ".join(house.page(page).words).split())


def test_both_parts_say_the_same_in_order_and_hold_the_same_links(house: House) -> None:
    """F8, X8, X14."""
    page, text = house.letter(ALL)
    for where in (heard(house, page), " ".join(text.split())):
        said = ["Timeline", "The case of Rosa Quispe", "1997", "She dies", "2024", "The Court", "The file"]
        places = [where.index(one) for one in said]
        assert places == sorted(places)
    for address in ("https://example.org/hearing", "https://example.org/file"):
        assert f"<{address}>" in text
        assert address in [link["href"] for link in house.page(page).all("a")]


def test_one_step_is_enough(house: House) -> None:
    """Without a title its head is the heading, in the letter's language."""
    page, text = house.letter('- {type: timeline, items: [{when: "1997", text: Muere.}]}', "es")
    assert ">Cronología</h2>" in page
    assert "Cronología\n\n1997\nMuere." in text


def test_nothing_an_author_writes_is_markup(house: House) -> None:
    """In every field, in both parts."""
    hostile = "</td></mj-text><b>x</b> & {{ 7 \\\\* 7 }}"
    read = hostile.replace("\\", "")
    page, text = house.letter(f'- {{type: timeline, items: [{{when: "{read}", text: "{hostile}"}}]}}')
    assert heard(house, page).count(read) == 2
    assert " ".join(text.split()).count(read) == 2
    assert len(house.page(page).all("b")) == 0
