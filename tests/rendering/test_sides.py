"""What a browser makes of texts that are read from different sides: each stands where it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from newsletter.languages import bare

if TYPE_CHECKING:
    from tests.rendering.conftest import House

LEFTS = """words => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  let whole = '', nodes = [];
  while (walk.nextNode()) { nodes.push([whole.length, walk.currentNode]); whole += walk.currentNode.textContent; }
  let at = whole.indexOf(words[0]);
  for (const word of words.slice(1)) {
    at = whole.indexOf(word, at);
    if (at < 0) return word;
    const [start, node] = nodes.filter(([start]) => start <= at).pop(), range = document.createRange();
    range.setStart(node, at - start); range.setEnd(node, at - start + 1);
    found.push(range.getBoundingClientRect().left);
    at += word.length;
  }
  return found;
}"""

Reads = Callable[[str, str], list[str]]


@pytest.fixture
def reads(browser: Any) -> Callable[..., list[str]]:
    """Words of a page as they stand one after the other from where a passage begins, in their order from the left."""

    def order(html: str, begin: str, *words: str) -> list[str]:
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.set_content(html)
        found = page.evaluate(LEFTS, [begin, *words])
        page.close()
        assert isinstance(found, list), f"{found} is not there"
        return [word for _, word in sorted(zip(found, words, strict=True))]

    return order


SECTIONS = """
- {type: letter, body: "مرحبا [Example Group (2025)](https://example.org/a/) اليوم.", signature: "J. Example, M.A."}
- {type: news, title: "Bill 7549: no!", place: Lima, date: 2025-06-13, body: نص.,
   sources: [{title: "What now?", publisher: "Example Times (UK)", url: "https://example.org/s", date: 2025-06-13}]}
- {type: petition, title: عريضة, body: نص., url: "https://example.org/p", until: 2025-09-30, by: "Example & Friends, Inc."}
- {type: event, title: لقاء, date: 2025-07-17, starts: "18:30", ends: "20:00", timezone: London time, place: "7 Square, 2nd floor"}
- type: urgent-action
  title: رسالة
  what: نص.
  appeal: نص.
  addressees: [{name: "Minister A. Example", post: "Ministry (Lima)", address: "1 Example Square, Lima", email: "mailto:m@example.org"}]
"""


@pytest.fixture
def arabic(house: House) -> tuple[str, str]:
    """HTML and text of an Arabic letter full of Latin names."""
    profile = house.profile_text.replace("[en, es]", "[en, ar]").replace("es: Perú", "ar: بيرو")
    profile = profile.replace("1 Example Street, London", "+44 20 7946 0000, 1 Example Street, London (UK)")
    return house.letter(SECTIONS, "ar", profile=profile)


CASES = [
    ("1 Example Square", "1", "Example", "Square,", "Lima"),
    ("Minister", "Minister", "A.", "Example"),
    ("J. Example", "J.", "Example,", "M.A", "."),
    ("Bill", "Bill", "7549", ":", "no", "!"),
    ("What now?", "What", "now", "?"),
    ("Example Times", "Example", "Times", "(", "UK", ")"),
    ("Example & Friends", "Example", "&", "Friends,", "Inc", "."),
    ("7 Square", "7", "Square", ",", "2nd", "floor"),
    ("+44", "+44", "20", "7946", "0000"),
    ("London (UK)", "London", "(", "UK", ")"),
]
"""Each reads from the left in an Arabic letter, to its last sign."""


@pytest.mark.parametrize("words", CASES)
def test_a_latin_value_keeps_its_order_in_an_arabic_letter(
    arabic: tuple[str, str], reads: Callable[..., list[str]], words: tuple[str, ...]
) -> None:
    """X1: a name, a title, a publisher, an address, a number to call: in the HTML and in the text part."""
    html, text = arabic
    assert reads(html, *words) == list(words[1:])
    assert reads(f'<pre dir="rtl">{text.replace("&", "&amp;").replace("<", "&lt;")}</pre>', *words) == list(words[1:])


@pytest.mark.parametrize(
    "words",
    [
        ("Lima", "Lima", "،", "13", "يونيو", "2025"),
        ("Times", "Times", "،", "13", "يونيو", "2025"),
        ("Minister", "Minister", "،", "Ministry"),
        ("من الساعة", "18:30", "إلى", "20:00", "،", "London"),
        ("Example Group (2025)", "Example", "اليوم"),
    ],
)
def test_what_follows_it_goes_on_from_the_right(
    arabic: tuple[str, str], reads: Callable[..., list[str]], words: tuple[str, ...]
) -> None:
    """X1: comma, date, hour stand to the left of the name they follow."""
    assert reads(arabic[0], *words) == list(reversed(words[1:]))


def test_an_arabic_name_in_an_english_letter(house: House, reads: Callable[..., list[str]]) -> None:
    """X1: the reverse: its own words from the right, the date after it on the right."""
    html, text = house.letter(
        "- {type: news, title: A river, place: قرية النخيل, date: 2025-06-13, body: Text., "
        "sources: [{title: بيان (2), publisher: Example, date: 2025-06}]}\n"
    )
    assert '<span dir="rtl">قرية النخيل</span>\u200e,' in html
    for page in (html, f"<pre>{text}</pre>"):
        assert reads(page, "قرية", "قرية", "النخيل", "13", "June") == ["النخيل", "قرية", "13", "June"]
        assert reads(page, "بيان", "بيان", "2", "Example") == ["2", "بيان", "Example"]


def test_what_is_no_running_text_holds_no_marks(arabic: tuple[str, str], house: House) -> None:
    """Addresses of links are bare; so is the mail that a reader's program is filled with."""
    page = house.page(arabic[0])
    hrefs = [link["href"] for link in page.all("a")]
    assert hrefs == [bare(one) for one in hrefs]
    mail = next(one for one in hrefs if one.startswith("mailto:m@"))
    assert not {"%E2%81%A6", "%E2%80%8F"} & {mail[at : at + 9] for at in range(len(mail))}
    assert all("<" not in one.get("alt", "") for one in page.all("img"))
