"""The letter as a reader gets it: what was written arrives whole, in HTML and in text."""

from __future__ import annotations

import html
import os
import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.checks.size import weigh
from newsletter.drafting.profile import read_profile
from newsletter.drafting.read import read
from newsletter.nouns.letter import Context, Rendered, SlotName
from newsletter.rendering import markdown
from newsletter.rendering.markdown import set_quotes
from newsletter.rendering.render import render
from newsletter.rendering.slots import cleaned
from newsletter.words import NO_BREAK, read_words

if TYPE_CHECKING:
    from tests.rendering.conftest import House

NEWS = """
- {{type: letter, body: "Dear {{first_name|friend}}, welcome."}}
- {{type: news, title: "{title}", body: "{body}"}}
"""
EVERYTHING = """
- {type: letter, body: "Dear {first_name|friend},\\n\\nwelcome.", portrait: {file: tall.jpg, alt: A face}}
- type: news
  title: First
  place: Lima
  date: 2025-06
  standfirst: In two sentences.
  body: "One [link](https://example.org/a?x=1&y=2).\\n\\n### Sub\\n\\n- item\\n\\n1. number\\n\\n> said"
  image: {file: wide.png, alt: A field, caption: A field., credit: "Photo: us"}
  sources: [{title: Source one, publisher: Publisher, url: "https://example.org/s1", date: 2025-06-13}, {title: Two}]
- {type: news, title: Second, body: Text., image: {file: tall.jpg, alt: A person}}
- {type: petition, title: Sign, body: Please., url: "https://example.org/p", until: 2025-09-30, by: A group}
- {type: event, title: Evening, date: 2025-07-17, starts: "18:30", ends: "20:00", place: London, url: "https://example.org/e", online: "https://example.org/o"}
- {type: report, title: Report, body: Read., published: 2025-04, pages: 48, url: "https://example.org/r", cover: {file: tall.jpg, alt: Cover}}
- {type: in-brief, items: [{topic: Law, text: "A law. [On it](https://example.org/l)"}, {topic: Land, text: Land.}]}
- {type: picture, image: {file: wide.png, alt: "", caption: Alone.}}
"""


def test_every_fixed_part_stands_in_its_place(house: House) -> None:
    """X1, X7: standards mode, language and direction on html and on the first element, title = subject, one h1."""
    written, _ = house.letter(EVERYTHING, subject="An evening & a petition")
    page = house.page(written)
    assert written.startswith("<!DOCTYPE html>")
    first = page.tags[[tag for tag, _ in page.tags].index("body") + 1][1]
    for attributes in (page.all("html")[0], first):
        assert (attributes["lang"], attributes["dir"]) == ("en", "ltr")
    assert "<title>An evening &amp; a petition</title>" in written
    assert [tag for tag, _ in page.tags if tag == "h1"] == ["h1"]
    assert '<meta name="color-scheme" content="light dark"' in written


def test_headings_never_skip_a_level(house: House) -> None:
    """X7: from the masthead's h1 down, also inside an author's text."""
    written, _ = house.letter(EVERYTHING + NEWS.format(title="x", body="# One\\n\\n#### Two\\n\\n## Three"))
    levels = [int(tag[1]) for tag, _ in house.page(written).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert max(levels) > 2
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_layout_tables_say_that_they_are_layout(house: House) -> None:
    """X2: every table is there for the layout only, outside Outlook's conditions and inside."""
    written, _ = house.letter(EVERYTHING)
    tables = re.findall(r"<table\b[^>]*>", written)
    assert len(tables) > 20
    assert all('role="presentation"' in table for table in tables)


def test_every_picture_has_alt_and_size(house: House) -> None:
    """X3: alt always stands, also where it is empty; width and height keep the page from jumping."""
    rendered, problems = house.render(EVERYTHING)
    images = house.page(house.filled(rendered.html)).all("img")
    assert not problems
    assert len(images) == 5
    assert [image["alt"] for image in images] == ["A face", "A field", "A person", "Cover", ""]
    assert all(int(image["width"]) and int(image["height"]) for image in images)
    assert {image["src"].removeprefix("images/") for image in images} == {one.name for one in rendered.pictures}


def test_links_are_underlined(house: House) -> None:
    """X6: a link in running text is underlined, a button is a field."""
    written, _ = house.letter(EVERYTHING)
    links = house.page(written).all("a")
    assert len(links) >= 8
    assert all("underline" in link["style"] or "background" in link["style"] for link in links)


def test_reading_order_is_that_of_the_text_part(house: House) -> None:
    """X8: heads, titles and first words come in the same order; nothing hidden is read twice."""
    written, text = house.letter(EVERYTHING)
    heard = " ".join(house.page(written).words)
    whole = text.partition("What you can do")[0] + text[text.index("Dear Joan") :]  # asks are named at the top too
    for where in (heard, whole):
        places = [
            where.index(words) for words in ("Newsletter", "Dear Joan", "First", "Second", "Sign", "Law", "Alone.")
        ]
        assert places == sorted(places)
    assert written.count("What stands beside the subject") == 1
    filler = re.search(r"<span aria-hidden=\"true\">[^<]*</span>", written)
    assert filler
    assert "&#847;" in filler[0] or "\u034f" in filler[0]


def test_every_link_of_the_html_stands_in_the_text(house: House) -> None:
    """F8: both parts carry the same links, the way out among them."""
    house.public_url = "https://news.example.org"
    written, text = house.letter(EVERYTHING, language="es")
    links = [link["href"] for link in house.page(written).all("a")]
    assert house.leave in links
    assert "https://news.example.org/2025-07/" in links
    assert len(links) >= 10
    flat = text.replace("\n", " ")
    for link in links:
        assert link.removeprefix("mailto:") in flat


def test_an_address_in_any_script_is_one_that_opens(house: House) -> None:
    """F8, F12: the host goes out in ASCII, the rest percent-encoded, the same in both parts, link or button."""
    page, text = house.letter(
        """
        - {type: petition, title: x, body: "[y](https://bücher.example/ñ)", url: "https://bücher.example/ñ?a=%C3%B1"}
        - {type: news, title: x, body: y, sources: [{title: z, url: "https://bücher.example/ñ's"}]}
        """
    )
    links = [link["href"] for link in house.page(page).all("a")]
    for ending in ("%C3%B1", "%C3%B1?a=%C3%B1", "%C3%B1's"):
        assert f"https://xn--bcher-kva.example/{ending}" in links
        assert f"<https://xn--bcher-kva.example/{ending}>" in text


def test_text_is_well_formed_prose(house: House) -> None:
    """X14: lines of at most 76, headings, lists and quotations, links as words <address>, no debris of pictures."""
    _, text = house.letter(EVERYTHING)
    assert max(map(len, text.splitlines())) <= 76
    for part in ("First\n=====", "Sub\n---", "- item", "1. number", "> said", "<https://example.org/a?x=1&y=2>"):
        assert part in text
    assert not re.search(r"wide|tall|\.png|<img|\[\[|&amp;|\*\*", text)


@pytest.mark.parametrize(
    "awkward",
    [
        'say "hello"',
        "it's",
        "a\\b",
        "a\u0007b",
        "no\u00a0break",
        "soft\u00adhyphen",
        "👩\u200d👩\u200d👧",
        "x\u0302",
        "a\u2028b",
    ],
)
def test_awkward_characters_arrive_whole_in_attributes(house: House, awkward: str) -> None:
    """The nine kinds that mrml prints wrongly in an attribute: quotes, backslash, controls, no-break, format, marks."""
    profile = house.profile()
    edition = house.edition("- {type: picture, image: {file: wide.png, alt: ALT}}")
    picture = edition.sections[0].values["image"]
    object.__setattr__(picture, "alt", awkward)
    rendered, _ = render(edition, profile, house.shelf())
    alt = house.page(house.filled(rendered.html)).all("img")[0]["alt"]
    expected = awkward.replace("\u0007", "").replace('"hello"', "“hello”").replace("it's", "it’s")
    assert alt == expected


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("a < b & c", "a < b & c"),
        ("<b>unclosed <p", "<b>unclosed <p"),
        ("</mj-text></mjml><script>alert(1)</script>", "</mj-text></mjml><script>alert(1)</script>"),
        ("{{ 7 * 7 }} {% if %} [[0]] *|X|* %s", "{{ 7 * 7 }} {% if %} [[0]] *|X|* %s"),
        ("👩‍👩‍👧‍👦 🇵🇪", "👩‍👩‍👧‍👦 🇵🇪"),
        ("مرحبا بكم في ليما", "مرحبا بكم في ليما"),
        ("Word’s apostrophe", "Word’s apostrophe"),
        ("cp1252\u0092s apostrophe", "cp1252’s apostrophe"),
        ("ñandú, \u0301 e\u0301", "ñandú, \u0301 é"),
    ],
)
def test_what_an_author_writes_is_what_a_reader_reads(house: House, written: str, heard: str) -> None:
    """X14, F9: in a title, in Markdown, in HTML and in the text part; nothing of it is markup."""
    title = written.replace("\\", "\\\\").replace('"', '\\"')
    body = re.sub(r"([*_|])", r"\\\\\1", title)
    page, text = house.letter(NEWS.format(title=title, body=body).replace("{{first", "{first"))
    words = " ".join(house.page(page).words).replace(NO_BREAK, " ")
    assert words.count(heard) == 2, words
    flat = " ".join(text.split())
    assert flat.count(heard.replace("é", "é")) + flat.count(heard.replace("é", "e\u0301")) >= 2
    assert "<script" not in page


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=60))
def test_any_text_arrives_whole(house: House, text: str) -> None:
    """F11: whatever an author finds on her keyboard, in a title and on a button, never raises and never is markup."""
    profile = house.profile()
    edition = house.edition("- {type: petition, title: x, body: y, button: z, url: 'https://example.org/'}")
    petition = edition.sections[0]
    values = {**petition.values, "title": text, "button": text, "body": text}
    rendered, _ = render(replace(edition, sections=(replace(petition, values=values),)), profile, house.shelf())
    words = read_words(house.workspace, "en")
    expected = " ".join(normalize("NFC", set_quotes(cleaned(text), words)).split())
    heard = " ".join(" ".join(house.page(house.filled(rendered.html)).words).split())
    assert heard.count(expected) >= 2 or not expected
    assert house.filled(rendered.text)


def test_emphasis_over_a_line_end_is_not_glued(house: House) -> None:
    """``**a**`` and ``*b*`` on two lines are two words, in HTML and in text."""
    page, text = house.letter('- {type: letter, body: "**a**\\n*b*"}')
    assert "<strong>a</strong> <em>b</em>" in page
    assert "a b" in text


def test_conditions_for_outlook_are_balanced(house: House) -> None:
    """Each opening has its end, and columns keep their width there."""
    page, _ = house.letter(EVERYTHING)
    assert page.count("<!--[if") == page.count("<![endif]-->") > 5
    assert page.count("<!--[if mso]>") > 5
    assert 'width="600"' in page


def test_no_mark_is_left_over(house: House) -> None:
    """Neither our marks nor tags of MJML reach a reader."""
    page, text = house.letter(EVERYTHING)
    assert "[[" not in page + text
    assert "mj-" not in re.sub(r"mj-(column|outlook)[\w-]*", "", page)
    assert "<!--section" not in page


def test_slots_stand_where_they_may(house: House) -> None:
    """P1: only the name, the way out and the addresses of pictures differ from reader to reader."""
    rendered, _ = house.render(EVERYTHING, subject="{first_name|You}, a letter")
    found = {(slot.name, slot.context) for slot in rendered.html if not isinstance(slot, str)}
    assert found == {
        (SlotName.FIRST_NAME, Context.HTML_TEXT),
        (SlotName.LEAVE_URL, Context.HTML_ATTRIBUTE),
        (SlotName.PICTURE, Context.HTML_ATTRIBUTE),
    }
    assert {slot.name for slot in rendered.text if not isinstance(slot, str)} == {
        SlotName.FIRST_NAME,
        SlotName.LEAVE_URL,
    }
    assert [slot.context for slot in rendered.subject if not isinstance(slot, str)] == [Context.HEADER]
    joined = "".join(piece if isinstance(piece, str) else "\0" for piece in rendered.html)
    assert '="\0"' in joined
    assert not re.search(r'="[^"]+\0|\0[^"<>]*"', joined.replace('="\0"', ""))


def test_a_name_never_stands_in_a_link(house: House) -> None:
    """P1: an address with a reader's name in it would track her: it stays as it was written."""
    rendered, _ = house.render('- {type: letter, body: "[x](https://example.org/{first_name|y})"}')
    names = [slot for slot in rendered.html if not isinstance(slot, str) and slot.name is SlotName.FIRST_NAME]
    assert not names


def test_nothing_is_fetched_by_a_reader(house: House) -> None:
    """P1: no font, script, style or picture of others; every src is a slot, every remote address a link to click."""
    rendered, _ = house.render(EVERYTHING)
    page = "".join(piece if isinstance(piece, str) else "SLOT" for piece in rendered.html)
    assert set(re.findall(r'\ssrc="([^"]*)"', page)) == {"SLOT"}
    assert not re.search(r"<link|<script|@import|url\(|@font-face", page)


def test_rendering_opens_no_socket(house: House, socket_disabled: None) -> None:
    """P1: a draft that names people at risk never leaves the machine while it is being rendered."""
    del socket_disabled
    page, _ = house.letter(EVERYTHING)
    assert "Dear Joan" in page


def test_the_same_input_gives_the_same_bytes(house: House) -> None:
    """Approval is for bytes: a second rendering, with pictures made anew, equals the first."""
    first, _ = house.render(EVERYTHING)
    shutil.rmtree(house.root / "outbox" / ".cache")
    for path in house.workspace.images.iterdir():
        os.utime(path, (0, 0))
    second, _ = house.render(EVERYTHING)
    assert first == second
    assert first.digest != house.render(EVERYTHING.replace("Alone.", "Alone!"))[0].digest


def test_july_is_light_enough(shipped_house: House) -> None:
    """L1: well under what Gmail cuts off; each section's weight is known."""
    for language in ("en", "es"):
        path = shipped_house.root / "issues" / ("2025-07.yaml" if language == "en" else "2025-07.es.yaml")
        rendered = _shipped(shipped_house, path, language)
        assert len(shipped_house.filled(rendered.html).encode()) < 60_000
        assert weigh(rendered.html) <= 45_000
        assert len(rendered.sections) == 5
        assert all(weigh(html) > 1000 for html in rendered.sections)
        assert 0 < weigh(rendered.html) - sum(map(weigh, rendered.sections)) < 10_000


@pytest.mark.parametrize("public_url", ["", "https://news.example.org"])
def test_an_empty_letter_weighs_next_to_nothing(shipped_house: House, public_url: str) -> None:
    """L1: what stands around the sections, with the two links at its top that a public address brings."""
    shipped_house.public_url = public_url
    for language, name in (("en", "2025-07.yaml"), ("es", "2025-07.es.yaml")):
        rendered = _shipped(shipped_house, shipped_house.root / "issues" / name, language, empty=True)
        assert ("<a" in shipped_house.filled(rendered.html).partition("<h1")[0]) == bool(public_url)
        assert weigh(rendered.html) <= 8_000


def _shipped(house: House, path: Path, language: str, *, empty: bool = False) -> Rendered:
    shelf = house.shelf(("en", "es"))
    edition, _ = read(path, shelf.types, root=house.root, language=language)
    profile, _ = read_profile(house.workspace.profile, house.root)
    assert edition
    assert profile
    return render(replace(edition, sections=()) if empty else edition, profile, shelf)[0]


def test_the_footer_says_who_writes_and_how_to_leave(house: House) -> None:
    """P9, P10, U7: legal name, charity number, address, reason, way out, privacy, complaints, contact, in both parts."""
    page, text = house.letter("- {type: letter, body: Hello.}")
    heard = " ".join(" ".join(house.page(page).words).split())
    for where in (heard, " ".join(text.split())):
        for words in (
            "Example Group for Human Rights",
            "registered charity 000000",
            "1 Example Street, London",
            "You get it because",
            "Leave the list",
            "peru@example.org",
        ):
            assert words in where
    addresses = [link["href"] for link in house.page(page).all("a")]
    assert {house.leave, "https://example.org/privacy", "mailto:complaints@example.org"} <= set(addresses)
    assert page.encode().index(house.leave.encode()) < 90_000


def test_a_missing_picture_is_a_problem_at_its_line_and_leaves_no_gap(house: House) -> None:
    """X3: the letter stands without it, and the author learns where she named it."""
    rendered, problems = house.render("- type: picture\n  title: A title\n  image:\n    file: gone.png\n    alt: x\n")
    assert "<img" not in house.filled(rendered.html)
    assert "A title" in house.filled(rendered.html)
    assert [(one.check, one.place.line) for one in problems] == [("picture", 9)]


def test_several_countries_open_with_their_names(house: House) -> None:
    """A list of highlights after the letter, a heading for each country, titles one level below."""
    two = house.profile_text.replace(
        "  peru: {name: {en: Peru, es: Perú}}", "  peru: {name: Peru}\n  bolivia: {name: Bolivia}"
    )
    sections = """
    - {type: letter, body: Hello.}
    - {type: news, country: peru, title: In Lima, body: x}
    - {type: news, country: bolivia, title: In Sucre, body: "### Sub"}
    """
    page, text = house.letter(sections, profile=two)
    headings = re.findall(r"<(h\d)[^>]*>(?:<a [^>]*></a>)?([^<]+)</", page)
    assert headings[1:] == [
        ("h2", "In this letter"),
        ("h2", "Peru"),
        ("h3", "In Lima"),
        ("h2", "Bolivia"),
        ("h3", "In Sucre"),
        ("h4", "Sub"),
    ]
    links = house.page(page).all("a")
    assert {link.get("href") for link in links} >= {"#peru", "#bolivia"}
    # Gmail on the web and classic Outlook go to a name alone
    assert [(link["id"], link["name"]) for link in links if "id" in link] == [("peru",) * 2, ("bolivia",) * 2]
    assert "- Bolivia: In Sucre" in text
    one, _ = house.letter(sections.replace("bolivia", "peru"), profile=two)
    assert "In this letter" not in one


def test_each_text_is_read_once(house: House) -> None:
    """For HTML and for the text part together, at whatever level its headings stand."""
    two = house.profile_text.replace(
        "  peru: {name: {en: Peru, es: Perú}}", "  peru: {name: Peru}\n  bolivia: {name: Bolivia}"
    )
    sections = """
    - {type: news, country: peru, title: In Lima, body: Read once in Lima}
    - {type: news, country: bolivia, title: In Sucre, body: Read once in Sucre}
    """
    before = markdown._tokens.cache_info().misses
    house.letter(sections, profile=two)
    assert markdown._tokens.cache_info().misses == before + 2


def test_a_new_section_type_needs_only_its_folder(house: House) -> None:
    """One new folder in the workspace, nothing else edited: read, laid out and written as text."""
    folder = house.root / "templates" / "sections" / "poem"
    folder.mkdir(parents=True)
    (folder / "fields.yaml").write_text(
        "label: Poem\nfields:\n  verse: {kind: markdown, required: yes, label: Verse, help: Lines}\n", "utf-8"
    )
    (folder / "email.mjml").write_text(
        "<mj-section><mj-column><mj-text>{{ here.word }}: {{ section.verse }}</mj-text></mj-column></mj-section>",
        "utf-8",
    )
    (folder / "email.txt").write_text("{{ here.word }}\n{{ section.verse }}\n", "utf-8")
    page, text = house.letter('- {type: poem, verse: "*Roses*"}')
    assert "Poem: <p" in page
    assert "<em>Roses</em>" in page
    assert "Poem\nRoses" in text


RTL = """
language: العربية
direction: rtl
section_news: أخبار
newsletter: نشرة
"""


def test_a_new_language_needs_only_its_words_and_is_mirrored(house: House) -> None:
    """X1: a file of words makes a language; one that reads from the right mirrors every cell."""
    words = house.root / "templates" / "words"
    words.mkdir(parents=True)
    (words / "ar.yaml").write_text(RTL, "utf-8")
    page, text = house.letter(
        "- {type: news, title: مرحبا, body: نص}", "ar", profile=house.profile_text.replace("[en, es]", "[en, es, ar]")
    )
    assert house.page(page).all("html")[0]["dir"] == "rtl"
    assert "direction:ltr" not in page.partition("<body")[2]
    aligned = re.findall(r'<(?:td|div)(?! class="detail)[^>]*text-align: ?(left|right)', page)
    assert set(aligned) == {"right"}
    assert "letter-spacing" not in page
    assert "أخبار" in page
    assert "مرحبا" in html.unescape(text)
