"""The text part as a letter of its own: what one reads in a program that shows nothing else, or listens to."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest

from newsletter.languages import LTR, RTL, bare, begins
from newsletter.rendering.text import finished
from tests.any import sound
from tests.rendering.conftest import PROFILE

if TYPE_CHECKING:
    from tests.rendering.conftest import House, Letters, Seen

NAMES = ["july-en", "july-es", "arabic", "every-type-en", "every-type-es", "every-type-ar", "every-type-fr"]
ASKS = """
- {type: letter, body: "Dear {first_name|friend},"}
- {type: news, title: First, body: x}
- {type: petition, title: Sign this, body: x, url: "https://example.org/p", until: 2025-09-30}
- {type: event, title: An evening, date: 2025-07-17, starts: "18:30", place: London, url: "https://example.org/e"}
- {type: recording, title: Voices, url: "https://example.org/v"}
"""


@pytest.fixture(params=NAMES)
def letter(letters: Letters, request: pytest.FixtureRequest) -> Seen:
    """Each letter in turn."""
    return letters[request.param]


def test_no_line_is_longer_than_76_and_none_ends_in_a_space(letter: Seen) -> None:
    """X14: only an address may be longer."""
    for line in letter.text.split("\n"):
        assert line == line.rstrip()
        assert sound.columns(line) <= 76 or re.fullmatch(r"\s*[\u2066-\u2069]*<\S+>\S*", line), line
    assert "\n\n\n" not in letter.text


def test_every_link_and_no_debris(letter: Seen) -> None:
    """F8, X14: every address of the page stands in the text; nothing of pictures, of HTML or of Markdown does."""
    for link in sound.tree(letter.without_pictures).iter("a"):
        address = link.get("href", "")
        if not address.startswith("#") and "?subject=" not in address:
            assert address.removeprefix("mailto:") in letter.text
    assert not re.search(r"\.(png|jpe?g|gif)\b|<[a-z]+[ />]|&(amp|lt|gt|nbsp|#\d+);|\*\*|\]\(|cid:|\[\[", letter.text)
    assert not re.search("[\u00a0\u202f\t]", letter.text)


def test_every_word_of_the_page_stands_in_the_text(letter: Seen) -> None:
    """F8: the same facts; an event's day, which the page sets as a large numeral, stands there as a date."""
    root = sound.tree(letter.without_pictures)
    for day in [one for one in root.iter("td") if "day" in one.get("class", "").split()]:
        day.clear()
    said = {
        word.casefold() for word in re.findall(r"\w+", re.sub(r"<\S+subject=\S+>", "", sound.words(sound.seen(root))))
    }
    written = {word.casefold() for word in re.findall(r"\w+", sound.words(letter.text))}
    assert said - written - ON_THE_PAGE_ALONE == set()


ON_THE_PAGE_ALONE = {
    "write",
    "by",
    "e",
    "mail",
    "copy",
    "above",
    "la",
    "de",
    "arriba",
    "copie",
    "o",
    "ou",
    "copiez",
    "lettre",
    "ci",
    "dessus",
    "qué",
    "quoi",
    "ماذا",
    "أو",
    "انسخوا",
    "أعلاه",
}
"""Of an urgent action: the page has a button that opens an e-mail, and says what to do where it does not; and a row
"What", with which the text part begins without a word."""


def test_what_one_can_do_stands_first_with_its_last_day(house: House) -> None:
    """X14: in a long letter; the date whole, with its day of the week, there and at the head of the section."""
    _, text = house.letter(ASKS)
    assert text.partition("Dear Joan")[0].endswith(
        "What you can do\n===============\n\n"
        "- Sign this\n  Petition, until 30 September 2025 (Tuesday)\n"
        "- An evening\n  Event, 17 July 2025 (Thursday)\n"
        "- Voices\n  Recording\n\n"
    )
    assert "Petition | Open until 30 September 2025 (Tuesday)\n" in text
    assert "When: 17 July 2025 (Thursday), 18:30\nWhere: London\n" in text
    assert text.count("30 September 2025 (Tuesday)") == 2


def test_the_ask_that_matters_most_stands_first_in_the_list(house: House) -> None:
    """Its section stays where its author put it."""
    _, text = house.letter(ASKS.replace("title: An evening", "title: An evening, featured: yes"))
    assert "\n\n- An evening\n  Event, 17 July 2025 (Thursday)\n- Sign this\n" in text
    assert text.index("Sign this\n=========") < text.index("An evening\n==========")


def test_a_short_letter_has_no_list_of_what_one_can_do(house: House) -> None:
    """X14: what stands below in sight is not said twice."""
    _, text = house.letter(
        "\n".join(line for line in ASKS.split("\n") if "news" not in line and "event" not in line and "rec" not in line)
    )
    assert "What you can do" not in text
    assert "Sign this\n=========" in text


def test_a_picture_without_caption_is_described_where_it_is_all_there_is(house: House) -> None:
    """X14: and nowhere else; a decoration is passed over."""
    alone = "- {type: picture, image: {file: wide.png, alt: A march in the rain}}"
    assert "Picture\n\nPicture: A march in the rain\n" in house.letter(alone)[1]
    news = "- {type: news, title: x, body: y, image: {file: wide.png, alt: A march in the rain}}"
    assert "A march" not in house.letter(news)[1]
    assert "Picture:" not in house.letter(alone.replace("A march in the rain", '""'))[1]


def test_an_appeal_stands_there_in_full_with_every_address(house: House) -> None:
    """F8, X14: who has no button copies the letter, and may send it on paper."""
    appeal = " ".join(f"Sentence {number} of a long appeal." for number in range(150))
    _, text = house.letter(
        f"""
        - type: urgent-action
          title: Do not sign
          what: A law.
          addressees:
            - {{name: Rosa Quispe, post: Minister, address: "1 Example Square, Lima 15001, Peru", email: "mailto:m@example.org", salutation: "Dear Minister,"}}
            - {{name: The Congress, email: "https://example.org/form"}}
          subject: The law
          appeal: "{appeal}"
          until: 2025-09-30
        """
    )
    flat = " ".join(text.split())
    assert appeal in flat
    for part in (
        "- Rosa Quispe, Minister 1 Example Square, Lima 15001, Peru m@example.org",
        "https://example.org/form",
    ):
        assert part in flat
    for part in ("Subject: The law", "Dear Minister,", "Write until 30 September 2025 (Tuesday)"):
        assert part in text


def test_how_to_leave_is_said_in_plain_words(letter: Seen) -> None:
    """X14, P9, P10: the way out after its words; privacy, complaints and the mailbox each on a line of its own."""
    last = letter.text.rpartition("-" * 40)[2].strip().split("\n")
    assert "<https://news.example.org/u/TOKEN>" in map(bare, last)
    ends = [
        line
        for line in last
        if re.search(r"<(https://example.org/privacy|complaints@example.org)>[\u2066-\u2069\u200f]*$", line)
    ]
    assert len(ends) == 2
    assert "@" in last[-1]
    assert " " not in last[-1].strip()


def test_french_sets_a_space_before_its_colons(letters: Letters) -> None:
    """X14: in the text part too."""
    text = letters["every-type-fr"].text
    assert "Quand : 17 juillet 2025 (jeudi)" in text
    for word in ("Quand", "Où", "Source", "Image", "Merci à"):
        assert re.search(rf"^{word} :", text, flags=re.MULTILINE), word
        assert f"{word}:" not in text


def test_a_table_can_be_read_in_forty_columns(house: House) -> None:
    """X14: each row is a block of short lines, each cell after its title; nothing is set in columns that could break."""
    _, text = house.letter(
        """
        - type: table
          caption: Victims by region.
          header: [{first: Region, second: Killed, third: Injured}]
          rows: [{first: Ayacucho, second: "10", third: "61"}, {first: Puno, second: "21", third: none of them known}]
        """
    )
    block = text.partition("Victims by region.\n")[2].partition("---")[0]
    assert max(map(len, block.split("\n"))) <= 40
    assert "Region:  Ayacucho\nKilled:  10\nInjured: 61\n\nRegion:  Puno\n" in block


def test_only_words_and_signs_that_any_program_shows(letter: Seen) -> None:
    """X14: no private or unassigned character, and no invisible one but those that keep the sides of a script apart."""
    odd = {one for one in letter.text if unicodedata.category(one) in {"Co", "Cn", "Cc", "Zl", "Zp"}} - {"\n"}
    assert odd == set()
    unseen = {one for one in letter.text if unicodedata.category(one) == "Cf"}
    assert unseen <= set("\u200e\u200f\u2066\u2067\u2068\u2069")


def test_a_long_line_of_what_is_in_the_letter_hangs_together(house: House) -> None:
    """X14: what does not fit on the line goes on below its words, not below its dash."""
    profile = PROFILE.replace("  peru: {", "  keys: {name: Saint Brandan and the Keys}\n  peru: {")
    news = (
        "- {type: news, country: keys, title: Maelle Corrigan is out of prison and at the microphone again, body: x}\n"
    )
    _, text = house.letter(news + "- {type: news, country: peru, title: y, body: x}\n", profile=profile)
    assert (
        "- Saint Brandan and the Keys: Maelle Corrigan is out of prison and at\n  the microphone again\n- Peru: y\n"
        in text
    )


@pytest.mark.parametrize("name", ["arabic", "every-type-ar"])
def test_every_line_stands_on_the_side_of_its_letter(letters: Letters, name: str) -> None:
    """X1: a program that judges a line by its first letter lays out addresses and Latin names with the rest."""
    lines = [line for line in letters[name].text.splitlines() if line]
    assert {begins(line) for line in lines} == {RTL}
    assert [line for line in lines if bare(line).startswith("<https:")]


def test_a_line_that_begins_in_arabic_stays_in_an_english_letter() -> None:
    """The way to the Arabic letter stands under the others, its address in its order."""
    assert finished("بالعربية <https://example.org/ar/>\nOn the web <x>", LTR) == (
        "\u200eبالعربية <https://example.org/ar/>\nOn the web <x>\n"
    )
    assert finished("Plain words\n\n----", LTR) == "Plain words\n\n----\n"
