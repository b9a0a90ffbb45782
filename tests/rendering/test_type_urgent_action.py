"""An urgent action: a letter that a reader sends to those who decide."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from newsletter.rendering.mailto import LONGEST, mailto
from newsletter.words import read_words

if TYPE_CHECKING:
    from tests.rendering.conftest import House

ALL = """
- type: urgent-action
  title: Do not enact the law
  what: "Congress passed [amendments](https://example.org/law)."
  at_risk: Civic space
  addressees:
    - {name: Rosa Quispe, post: President of Congress, address: "1 Example Square, Lima", email: "mailto:president@example.org", salutation: "Dear President,"}
    - {name: The Minister, email: "https://example.org/form", salutation: "Dear Minister,"}
  subject: Please do not enact it & "more"
  appeal: "I ask you **not** to enact it.\\n\\nYours sincerely,"
  until: 2025-09-30
  url: https://example.org/action
  sources: [{title: On the law, publisher: Example Institute, url: "https://example.org/study", date: 2025-03}]
"""
LEAST = (
    "- {type: urgent-action, title: Act, what: It happened., addressees: [{name: The President}], appeal: Please act.}"
)


def heard(house: House, page: str) -> str:
    """The words of a page in one line."""
    return " ".join(" ".join(house.page(page).words).split())


def links(house: House, page: str) -> list[str]:
    """Where its links lead."""
    return [link["href"] for link in house.page(page).all("a")]


def filled_in(address: str) -> tuple[str, str, str]:
    """What a mail program reads in a mailto address: to whom, subject, letter."""
    parts = urlsplit(address)
    asked = parse_qs(parts.query, strict_parsing=True)
    return parts.path, asked["subject"][0], asked.get("body", [""])[0]


def test_both_parts_hold_the_whole_action(house: House) -> None:
    """F8, X14: deadline, what, at risk, addresses and the letter in full; every link, but the filled-in one in words."""
    page, text = house.letter(ALL)
    flat = " ".join(text.split())
    for where in (heard(house, page), flat):
        for said in (
            "Urgent action",
            "30 September 2025",
            "At risk",
            "Civic space",
            "Rosa Quispe, President of Congress",
            "1 Example Square, Lima",
            "president@example.org",
            "Subject: Please do not enact it & “more”",
            "Dear President,",
            "Yours sincerely,",
        ):
            assert said in where.replace("\u00a0", " ")
    for address in links(house, page):
        assert address.removeprefix("mailto:").partition("?subject")[0].removeprefix("https://") in flat


def test_the_button_fills_in_the_e_mail(house: House) -> None:
    """RFC 6068: subject and letter are percent-encoded, lines end with CR LF, markup and marks become plain."""
    page, _ = house.letter(ALL)
    (address,) = (one for one in links(house, page) if "?subject" in one)
    assert address.isascii()
    assert " " not in address
    assert filled_in(address) == (
        "president@example.org",
        "Please do not enact it & “more”",
        "Dear President,\r\nDear Minister,\r\n\r\nI ask you not to enact it.\r\n\r\nYours sincerely,",
    )
    assert "Or copy the letter above." in heard(house, page)


def test_what_is_left_out_leaves_nothing_behind(house: House) -> None:
    """Without an address there is no button, and the letter is there to be copied; with a page it leads there."""
    page, text = house.letter(LEAST)
    assert "Copy the letter above." in heard(house, page)
    assert "Or copy" not in heard(house, page)
    assert "At risk" not in page + text
    assert "Please act." in text
    page, text = house.letter(LEAST[:-1] + ", url: 'https://example.org/a'}")
    assert "https://example.org/a" in links(house, page)
    assert "Write online <https://example.org/a>" in text


def test_a_letter_too_long_for_an_address_is_copied(house: House) -> None:
    """Windows opens nothing at all for an address that is too long: the subject alone is filled in, and it is said."""
    page, text = house.letter(ALL.replace("enact it.", "enact it. " + "Please. " * 300))
    (address,) = (one for one in links(house, page) if "?subject" in one)
    assert filled_in(address) == ("president@example.org", "Please do not enact it & “more”", "")
    assert "copy the letter above into it" in heard(house, page)
    assert text.count("Please.") == 300


@pytest.mark.parametrize("letter", ["a & b = c? #1 %0A +", "Señor, ¿qué?", "مرحبا", "👩‍👩‍👧", "{first_name|friend}"])
def test_every_character_reaches_the_e_mail(house: House, letter: str) -> None:
    """And a name slot, which no reader of that e-mail could fill, says its fallback."""
    words = read_words(house.workspace, "en")
    address = mailto(words, ["mailto:a&b@example.org"], letter, [], letter)
    to, subject, body = filled_in(address)
    assert to == "a%26b@example.org"
    assert subject == letter
    assert body == ("friend" if "first_name" in letter else letter)
    assert len(mailto(words, ["mailto:a@example.org"], "x", [], letter * LONGEST)) < LONGEST
    assert mailto(words, ["https://example.org/"], "x", [], letter) == ""


def test_nothing_an_author_writes_is_markup(house: House) -> None:
    """In every field, in both parts."""
    hostile = "</td></mj-text><b>x</b> & {{ 7 }}"
    page, text = house.letter(
        f"""
        - type: urgent-action
          title: "{hostile}"
          what: "{hostile}"
          at_risk: "{hostile}"
          addressees: [{{name: "{hostile}", post: "{hostile}", address: "{hostile}", salutation: "{hostile}"}}]
          subject: "{hostile}"
          appeal: "{hostile}"
        """
    )
    assert heard(house, page).count(hostile) == 9
    assert " ".join(text.split()).count(hostile) == 9
    assert len(house.page(page).all("b")) == 0


def test_it_speaks_spanish(house: House) -> None:
    """The fixed words are those of the letter's language."""
    page, text = house.letter(ALL, "es")
    for said in ("Acción urgente", "Escriba hasta el", "En peligro", "Escriba a", "Su carta"):
        assert said in heard(house, page)
        assert said in text
