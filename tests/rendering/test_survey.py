"""The ten rules that nearly every newsletter of the yearly survey of e-mail accessibility breaks, one test each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from inspect import signature
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.rendering.conftest import Letters, Seen

NAMES = ["july-en", "july-es", "arabic", "every-type-en", "every-type-es", "every-type-ar"]
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
FILE_NAME = re.compile(r"\.(png|jpe?g|gif|webp|svg)$|^(img|image|dsc|photo)[-_ ]?\d*$", re.IGNORECASE)
SAYS_NOTHING = {
    *("here", "click here", "read more", "more", "link", "this", "this link", "click", "learn more", "continue"),
    *("aquí", "haga clic aquí", "leer más", "más", "enlace", "este enlace", "ver más", "pulse aquí"),
    *("هنا", "اضغط هنا", "اقرأ المزيد", "المزيد", "رابط"),
}


class Tree(HTMLParser):
    """A letter's elements: each with its attributes, depth, and the words in it, alt texts among them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        assert not self._open, f"left open: {[one.tag for one in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it, and let what is around it hear its alt text."""
        one = Element(tag, {name: value or "" for name, value in attrs}, [above.tag for above in self._open])
        self.found.append(one)
        self._heard(one.attributes.get("alt", ""))
        if tag not in VOID:
            self._open.append(one)

    def handle_endtag(self, tag: str) -> None:
        """Close it; nothing else may be open."""
        if tag not in VOID:
            assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        """Words belong to everything around them."""
        self._heard(data)

    def _heard(self, words: str) -> None:
        for one in self._open:
            one.words += words

    def all(self, *tags: str) -> list[Element]:
        """Every such element, in order."""
        return [one for one in self.found if one.tag in tags]

    def in_body(self) -> list[Element]:
        """The direct children of the body that are shown or read."""
        return [one for one in self.found if one.above[-1:] == ["body"]]


class Element:
    """A tag, its attributes, the tags around it, and its words."""

    def __init__(self, tag: str, attributes: dict[str, str], above: list[str]) -> None:
        self.tag, self.attributes, self.above, self.words = tag, attributes, above, ""

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attributes}> {self.words.strip()[:60]}"


@pytest.fixture(params=NAMES)
def letter(letters: Letters, request: pytest.FixtureRequest) -> Seen:
    """Each letter in turn."""
    return letters[request.param]


@pytest.fixture
def tree(letter: Seen) -> Tree:
    """Its elements, Outlook's conditional parts left out."""
    return Tree(re.sub(r"<!--.*?-->", "", letter.without_pictures, flags=re.DOTALL))


def test_1_every_child_of_the_body_says_its_direction(letter: Seen, tree: Tree) -> None:
    """A mail program takes the body's children out of the page: each carries ``dir`` itself, the preheader too."""
    children = tree.in_body()
    assert children
    assert [one for one in children if one.attributes.get("dir") != letter.direction] == []


def test_2_every_child_of_the_body_says_its_language(letter: Seen, tree: Tree) -> None:
    """So that a screen reader takes the right voice when the page around the letter is in another language."""
    assert [one for one in tree.in_body() if one.attributes.get("lang") != letter.language] == []


def test_3_tables_of_the_layout_say_that_they_are_layout(letter: Seen, tree: Tree) -> None:
    """Also those that Outlook alone sees; a table of data has header cells with a scope instead."""
    for table in re.findall(r"<table\b.*?(?=<table\b|\Z)", letter.without_pictures, flags=re.DOTALL):
        own = table.partition("</table>")[0]
        opening = table.partition(">")[0]
        assert re.search(r'role="(presentation|none)"', opening) or re.search(r"<th\b[^>]*\bscope=", own), opening
    assert len(tree.all("table")) > 10
    assert [one for one in tree.all("th") if one.attributes.get("scope") not in {"col", "row"}] == []


def test_4_one_first_heading_and_no_level_left_out(tree: Tree) -> None:
    """One can walk through a letter by its headings."""
    headings = [one for one in tree.found if re.fullmatch("h[1-6]", one.tag)]
    levels = [int(one.tag[1]) for one in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    assert [one for one in headings if not one.words.strip()] == []


def test_5_every_link_has_words(tree: Tree) -> None:
    """Its own, or the alt text of a picture in it; and an address that leads somewhere."""
    assert len(tree.all("a")) > 5
    assert [one for one in tree.all("a") if not one.words.strip()] == []
    addresses = re.compile(r"(https?://|mailto:)\S+|#[\w-]+")
    assert [one for one in tree.all("a") if not addresses.fullmatch(one.attributes.get("href", ""))] == []


def test_6_the_page_says_its_language(letter: Seen, tree: Tree) -> None:
    """On ``html``, the edition's own, with its direction."""
    (page,) = tree.all("html")
    assert (page.attributes["lang"], page.attributes["dir"]) == (letter.language, letter.direction)


CONTRASTS = """() => {
  const figures = c => c.match(/[\\d.]+/g).map(Number);
  const light = v => { const l = v.map(x => x / 255).map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
  const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const inverted = v => v.slice(0, 3).map(x => 255 - x);
  const turned = v => { const [r, g, b] = inverted(v), kept = x => Math.min(255, Math.max(0, x));
    return [-0.574 * r + 1.43 * g + 0.144 * b, 0.426 * r + 0.43 * g + 0.144 * b, 0.426 * r + 1.43 * g - 0.856 * b].map(kept); };
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const around = walk.currentNode.parentElement, words = walk.currentNode.textContent.trim();
    if (!words || !around.checkVisibility({opacityProperty: true})) continue;
    let ground = [255, 255, 255, 1];
    for (let e = around; e; e = e.parentElement) {
      const own = figures(getComputedStyle(e).backgroundColor);
      if (own.length === 3 || own[3] === 1) { ground = own; break; }
    }
    const pair = [figures(getComputedStyle(around).color).slice(0, 3), ground.slice(0, 3)];
    found.push([words, contrast(...pair), contrast(...pair.map(inverted)), contrast(...pair.map(turned))]);
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_7_every_word_stands_out_from_its_ground(letter: Seen, browser: Any, scheme: str) -> None:
    """At least 4.5 to 1: by day, by our night, and where a mail program inverts the day, keeping its hues or not."""
    page = browser.new_page(color_scheme=scheme)
    page.set_content(letter.html)
    found = page.evaluate(CONTRASTS)
    page.close()
    measured = slice(1, 4) if scheme == "light" else slice(1, 2)
    assert len(found) > 20
    assert [one for one in found if min(one[measured]) < 4.5] == []


def test_8_every_picture_has_a_description(tree: Tree) -> None:
    """Always an alt; not a file name, below 125 characters."""
    assert tree.all("img")
    for image in tree.all("img"):
        assert "alt" in image.attributes, image
        assert not FILE_NAME.search(image.attributes["alt"]), image
        assert len(image.attributes["alt"]) < 125, image


def test_9_the_title_is_the_subject(letter: Seen) -> None:
    """What a browser's tab and a screen reader say first."""
    (title,) = re.findall(r"<title>(.*?)</title>", letter.html, flags=re.DOTALL)
    assert unescape(title).strip() == letter.subject.strip() != ""


def test_10_every_link_says_where_it_leads(tree: Tree) -> None:
    """None of the words that say nothing when links are read out alone."""
    said = [" ".join(one.words.split()).strip(" .:»›>→").casefold() for one in tree.all("a")]
    assert [words for words in said if words in SAYS_NOTHING] == []


def test_links_in_running_text_are_not_told_by_colour_alone(tree: Tree) -> None:
    """They are underlined; a button is a field, or has a border."""
    plain = [
        one
        for one in tree.all("a")
        if not re.search(r"text-decoration: ?underline|background|border", one.attributes.get("style", ""))
    ]
    assert plain == []


PALE = r'\g<0><p style="color:#999999">pale</p>'
LONG = "a description that goes on " * 5


@pytest.mark.parametrize(
    ("rule", "there", "broken"),
    [
        (test_1_every_child_of_the_body_says_its_direction, r'(?s)(<body.*?<div[^>]*?) dir="ltr"', r"\1"),
        (test_2_every_child_of_the_body_says_its_language, r'(?s)(<body.*?<div[^>]*?) lang="en"', r'\1 lang="und"'),
        (test_3_tables_of_the_layout_say_that_they_are_layout, ' role="presentation"', ""),
        (
            test_3_tables_of_the_layout_say_that_they_are_layout,
            r'(\[if mso[^\]]*\]><table[^>]*?) role="presentation"',
            r"\1",
        ),
        (test_3_tables_of_the_layout_say_that_they_are_layout, ' scope="row"', ""),
        (test_4_one_first_heading_and_no_level_left_out, r"(?s)<h2(.*?)</h2>", r"<h1\1</h1>"),
        (test_4_one_first_heading_and_no_level_left_out, r"(?s)<h2(.*?)</h2>", r"<h4\1</h4>"),
        (test_4_one_first_heading_and_no_level_left_out, r"(?s)(<h2[^>]*>).*?</h2>", r"\1</h2>"),
        (test_5_every_link_has_words, r"(<a [^>]*>)[^<]+</a>", r"\1</a>"),
        (test_5_every_link_has_words, '<a href="https://', '<a href="/'),
        (test_6_the_page_says_its_language, '<html lang="en"', '<html lang="und"'),
        (test_6_the_page_says_its_language, r'(<html[^>]*?) dir="ltr"', r'\1 dir="rtl"'),
        (test_7_every_word_stands_out_from_its_ground, "</h1>", PALE),
        (test_8_every_picture_has_a_description, r'(<img[^>]*?) alt="[^"]*"', r"\1"),
        (test_8_every_picture_has_a_description, r'(<img[^>]*?) alt="[^"]*"', r'\1 alt="IMG_2041.jpg"'),
        (test_8_every_picture_has_a_description, r'(<img[^>]*?) alt="[^"]*"', rf'\1 alt="{LONG}"'),
        (test_9_the_title_is_the_subject, "<title>", "<title>Newsletter: "),
        (test_10_every_link_says_where_it_leads, r"(<a [^>]*>)[^<]+</a>", r"\1Click here »</a>"),
        (test_links_in_running_text_are_not_told_by_colour_alone, r"(<a [^>]*?)text-decoration: ?underline", r"\1"),
    ],
)
def test_each_rule_can_fail(letters: Letters, browser: Any, rule: Callable[..., None], there: str, broken: str) -> None:
    """What finds nothing has looked: a letter that keeps all ten, with one thing broken, keeps them no more."""
    letter = letters["every-type-en"]
    html, changed = re.subn(there, broken, letter.without_pictures, count=1)
    assert changed
    spoilt = replace(letter, html=html, without_pictures=html)
    given = {"letter": spoilt, "browser": browser, "scheme": "light"}
    given["tree"] = Tree(re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL))
    with pytest.raises(AssertionError):
        rule(**{name: given[name] for name in signature(rule).parameters})
