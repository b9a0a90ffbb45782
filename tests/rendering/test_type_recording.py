"""A recording: who speaks, and a way there that needs no picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.rendering.conftest import House

URL = "https://example.org/rec?a=1&b=2"
LEAST = f'- {{type: recording, title: Voices, url: "{URL}"}}'
FULL = f"""
- type: recording
  title: Voices
  url: "{URL}"
  speakers: Rosa Quispe, in London.
  body: "They speak. [More](https://example.org/more)"
  image: {{file: wide.png, alt: Microphones, caption: In London., credit: "Photo: us"}}
  date: 2024-11
  length: 52 minutes
  until: 2025-09-30
  button: Listen to them
"""
HOSTILE = '</td></mj-text><script>alert(1)</script> {{ 7 * 7 }} [[0]] & "x"'


def test_all_that_is_filled_in_is_said_in_both_parts(house: House) -> None:
    """F8, X14: last day at the head, then who speaks, the link, and what a click costs."""
    page, text = house.letter(FULL)
    heard = " ".join(" ".join(house.page(page).words).split())
    said = ("Recording", "30 September 2025", "Voices", "Rosa Quispe, in London.", "They speak.", "Listen to them")
    for words in (*said, "November 2024", "52 minutes", "In London.", "Photo: us"):
        assert words in heard.replace("\u00a0", " ")
        assert words in text
    for link in house.page(page).all("a"):
        assert link["href"].removeprefix("mailto:") in text.replace("\n", " ")


def test_title_and_address_are_enough(house: House) -> None:
    """The link has its words, the head says no day, and no picture leaves a gap."""
    page, text = house.letter(LEAST)
    assert "Watch the recording" in page
    assert f"Watch the recording <{URL}>" in text
    assert "<img" not in page
    assert "Online until" not in page + text


@pytest.mark.parametrize(("alt", "read"), [("Microphones", "Watch the recording. Picture: Microphones"), ("", "Watch")])
def test_a_linked_picture_says_where_it_leads(house: House, alt: str, read: str) -> None:
    """X3, X6: alt text of a picture that is a link names the target, also where the picture is decoration."""
    page, _ = house.letter(f'- {{type: recording, title: x, url: "{URL}", image: {{file: wide.png, alt: "{alt}"}}}}')
    assert house.page(page).all("img")[0]["alt"].startswith(read)
    assert [link["href"] for link in house.page(page).all("a")][:2] == [URL, URL]


@pytest.mark.parametrize(
    ("given", "head", "below"),
    [
        ("date: 2024-11, length: 52 minutes", "November 2024", "52 minutes"),
        ("length: 52 minutes", "52 minutes", ""),
        ("date: 2024-11", "November 2024", ""),
    ],
)
def test_a_fact_is_said_once(house: House, given: str, head: str, below: str) -> None:
    """What does not stand at the head stands under the link."""
    _, text = house.letter(f'- {{type: recording, title: x, url: "{URL}", {given}}}')
    assert f"Recording | {head}\n" in text
    assert f"<{URL}>\n{below}\n" in text
    assert text.count("52 minutes") <= 1


def test_nothing_an_author_writes_is_markup(house: House) -> None:
    """F9: not in a line, not in an attribute."""
    line = HOSTILE.replace("'", "''")
    fields = "\n".join(f"  {name}: '{line}'" for name in ("title", "speakers", "length", "button"))
    page, text = house.letter(
        f"- type: recording\n{fields}\n  url: \"{URL}\"\n  image: {{file: wide.png, alt: '{line}'}}\n"
    )
    assert "<script" not in page
    assert "{{ 7 * 7 }} [[0]]" in text
    assert "{{ 7 * 7 }} [[0]]" in house.page(page).all("img")[0]["alt"]


def test_it_is_an_ask_in_spanish_too(house: House) -> None:
    """The yellow rule says that one can act; so do the words."""
    page, text = house.letter(FULL.replace("  button: Listen to them\n", ""), "es")
    assert len(re.findall(r'class="(?:head )?ask"', page)) == 2
    for words in ("Grabación | En línea hasta el 30 de septiembre de 2025", "Ver la grabación"):
        assert words in text.replace("\u00a0", " ")
