"""An outcome: what was asked, what happened since, what is open; nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.rendering.conftest import House

LEAST = "- {type: outcome, asked: that they be tried., since: a trial began.}"
FULL = """
- type: outcome
  title: You wrote. She is free.
  ask: who-called-the-shots
  detail: Since the report
  asked: that those who gave the orders be tried.
  since: "a [trial](https://example.org/trial) began."
  open: the petition, until 30 September.
  sources: [{title: A trial, publisher: The Example Times, url: "https://example.org/s", date: 2025-06}]
"""
ROWS = ("You asked", "that", "Since then", "Still open", "the petition, until 30 September.")


def test_all_that_is_filled_in_is_said_in_both_parts_in_one_order(house: House) -> None:
    """F8, X8, X14: rows and sources; the id of the ask is for us, not for readers."""
    page, text = house.letter(FULL)
    heard = " ".join(" ".join(house.page(page).words).split())
    for where in (heard, " ".join(text.split())):
        places = [where.index(words) for words in ("Since the report", "She is free.", *ROWS, "The Example Times")]
        assert places == sorted(places)
        assert "who-called" not in where
    for link in house.page(page).all("a"):
        assert link["href"].removeprefix("mailto:") in text.replace("\n", " ")


def test_it_has_a_title_of_its_own_and_rows_only_for_what_there_is(house: House) -> None:
    """Two fields are enough, in each language."""
    page, text = house.letter(LEAST)
    assert ">You signed. This happened.</h2>" in page
    assert "Still open" not in page + text
    page, text = house.letter(LEAST, "es")
    assert "Usted firmó. Esto ocurrió.\n===" in text
    assert "Desde entonces" in page


def test_yellow_means_that_one_can_act_and_here_one_cannot(house: House) -> None:
    """The black rule, no button."""
    page, _ = house.letter(FULL)
    assert 'class="head"' in page
    assert ' ask"' not in page
    assert 'class="button' not in page


def test_nothing_an_author_writes_is_markup(house: House) -> None:
    """F9: in a line and in Markdown."""
    hostile = "</td></mj-text><script>alert(1)</script> {{ 7 * 7 }} [[0]]"
    fields = "\n".join(f"  {name}: '{hostile}'" for name in ("title", "detail", "asked", "since", "open"))
    page, text = house.letter(f"- type: outcome\n{fields}\n")
    assert "<script" not in page
    assert text.count("[[0]]") == 5
    assert " ".join(house.page(page).words).count("[[0]]") == 5
