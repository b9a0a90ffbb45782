"""The look, in a real browser and in figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from newsletter.drafting.look import FONTS, contrast
from newsletter.nouns.draft import Look
from newsletter.rendering.masthead import PHONE, PHONE_ROOM, ROOM, WIDE, step
from newsletter.rendering.palette import font_stack, outlook_font, palette

if TYPE_CHECKING:
    from tests.rendering.conftest import House

LETTER = """
- {type: letter, body: "Hello."}
- {type: news, title: A title that is rather long, date: 2025-06-13, body: "A [link](https://example.org/x)", image: {file: wide.png, alt: A field, caption: A field., credit: us}, sources: [{title: A source, url: "https://example.org/s"}]}
- {type: petition, title: Sign, body: Please., url: "https://example.org/p", until: 2025-09-30}
- {type: report, title: Report, published: 2025-04, pages: 48, languages: English and Spanish}
- {type: event, title: Evening, date: 2025-07-17, starts: "18:30", place: London, url: "https://example.org/e"}
- {type: in-brief, items: [{topic: Recommendations, text: "A law. [On it](https://example.org/l)"}]}
"""


@pytest.mark.parametrize(
    ("name", "wide", "phone"),
    [("Peru", 112, 96), ("Colombia", 112, 64), ("Dominican Republic", 48, 40), ("Guatemala", 72, 48), ("", 112, 96)],
)
def test_the_name_stands_at_the_largest_size_that_fits(name: str, wide: int, phone: int) -> None:
    """Never cut, never broken where a smaller step holds it."""
    assert (step(name, WIDE, ROOM).size, step(name, PHONE, PHONE_ROOM).size) == (wide, phone)


@pytest.mark.parametrize("accent", ["#ffe600", "#003366", "#cc0000", "#00aa44", "#ffffff", "#000000"])
def test_words_can_be_read_on_any_accent(accent: str) -> None:
    """X5: black or white, whichever reads better, by day and by night."""
    colours = palette(Look(accent=accent))
    assert contrast(colours.on_accent, accent) >= 4.5
    night = (colours.on_accent, accent) if colours.field_by_night else (accent, colours.night_paper)
    assert contrast(*night) >= 4.5
    for words, ground in ((colours.quiet, colours.paper), (colours.night_quiet, colours.night_paper)):
        assert contrast(words, ground) >= 4.5


@pytest.mark.parametrize(
    ("font", "css", "outlook"),
    [
        (("Helvetica Neue", "Helvetica", "Arial"), "'Helvetica Neue',Helvetica,Arial,sans-serif", "Arial"),
        (("Georgia", "Times New Roman"), "Georgia,'Times New Roman',serif", "Georgia"),
        (("Segoe UI",), "'Segoe UI',sans-serif", "'Segoe UI'"),
    ],
)
def test_a_group_may_choose_among_fonts_that_readers_have(font: tuple[str, ...], css: str, outlook: str) -> None:
    """P1: none is fetched; the last is the kind, so that a device without any of them shows its own."""
    assert set(font) <= set(FONTS)
    assert (font_stack(Look(font=font)), outlook_font(Look(font=font))) == (css, outlook)


def test_the_chosen_font_is_the_letters(house: House, browser: Any) -> None:
    """Every word is set in it, and a name takes a smaller step where the font is wider."""
    chosen = house.profile_text + "look: {font: 'verdana, Arial'}\n"
    html = house.letter(LETTER, profile=chosen.replace("Peru, es: Perú}}", "Colombia, es: Colombia}}"))[0]
    page = browser.new_page()
    page.set_content(html)
    found = page.evaluate("""() => [...new Set([...document.querySelectorAll('.text *, .button a')]
        .filter(e => e.getClientRects().length).map(e => getComputedStyle(e).fontFamily))]""")
    page.close()
    assert found == ["Verdana, Arial, sans-serif"]
    assert "font-family:Verdana,sans-serif!important" in html
    assert "font-size:72px" in html


CONTRASTS = """() => {
  const figure = c => { const v = c.match(/[\\d.]+/g).map(Number); return v.length > 3 && v[3] === 0 ? null : v.slice(0, 3); };
  const light = v => { const l = v.map(x => x / 255).map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, around = node.parentElement;
    if (!node.textContent.trim() || !around.getClientRects().length) continue;
    let ground = null;
    for (let e = around; e && !ground; e = e.parentElement) ground = figure(getComputedStyle(e).backgroundColor);
    const [a, b] = [light(figure(getComputedStyle(around).color)), light(ground || [255, 255, 255])].sort((x, y) => y - x);
    found.push([node.textContent.trim(), (a + 0.05) / (b + 0.05), parseFloat(getComputedStyle(around).fontSize)]);
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read_by_day_and_by_night(house: House, browser: Any, scheme: str) -> None:
    """X5, X9: contrast of at least 4.5 in both schemes, nothing below 14 px."""
    page_text, _ = house.letter(LETTER)
    page = browser.new_page(color_scheme=scheme, viewport={"width": 640, "height": 800})
    page.set_content(page_text)
    found = page.evaluate(CONTRASTS)
    page.close()
    assert len(found) > 25
    assert [one for one in found if one[1] < 4.5] == []
    assert [one for one in found if one[2] < 14] == []


@pytest.mark.parametrize("width", [320, 375, 640, 1200])
def test_no_width_makes_one_scroll_sideways(house: House, browser: Any, width: int) -> None:
    """X9: from 320 px on; buttons are at least 44 high (X10)."""
    page_text, _ = house.letter(LETTER)
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(page_text)
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    assert page.evaluate("document.documentElement.scrollWidth") == width
    heights = page.evaluate("[...document.querySelectorAll('.button a')].map(a => a.getBoundingClientRect().height)")
    page.close()
    assert len(heights) == 2
    assert min(heights) >= 44


LONG_DATES = """
- {type: event, title: Velada, date: 2025-09-17, body: x}
- {type: news, title: Noticia, country: peru, date: 2025-09-30, body: x}
"""

BROKEN = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) for (const word of walk.currentNode.textContent.matchAll(/[^\\s]+/g)) {
    const range = document.createRange();
    range.setStart(walk.currentNode, word.index); range.setEnd(walk.currentNode, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map(r => r.top)).size > 1) found.push(word[0]);
  }
  return found;
}"""


@pytest.mark.parametrize("width", [320, 640])
def test_no_word_of_a_date_is_broken(house: House, browser: Any, width: int) -> None:
    """In the masthead beside three countries, in the narrow column of an event's day, in a head."""
    three = house.profile_text.replace(
        "  peru: {name: {en: Peru, es: Perú}}",
        "  peru: {name: Perú}\n  bolivia: {name: Bolivia}\n  dr: {name: República Dominicana}",
    )
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(house.letter(LONG_DATES, "es", profile=three)[0])
    assert page.evaluate(BROKEN) == []
    page.close()


def test_a_picture_that_does_not_come_leaves_no_gap(house: House, browser: Any) -> None:
    """Its caption and alt text carry it alone."""
    section = "- {type: picture, image: {file: wide.png, alt: A field}}"
    page = browser.new_page(viewport={"width": 640, "height": 800})
    page.set_content(house.letter(section)[0])
    page.wait_for_function("[...document.images].every(image => image.complete)")
    assert page.evaluate("[...document.images].map(image => image.getBoundingClientRect().height < 50)") == [True]
    page.close()


def test_a_head_too_long_for_a_line_stays_together(house: House, browser: Any) -> None:
    """On the smallest phone what does not fit beside the word stands right under it."""
    petition = '- {type: petition, label: Petition to the ministry, title: T, until: 2025-09-30, body: x, url: "https://example.org/p"}'
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.set_content(house.letter(petition)[0])
    word, detail, title = page.evaluate("""() => ['.head .word', '.head .detail', 'h2'].map(one => {
        const range = document.createRange(); range.selectNodeContents(document.querySelector(one));
        const { top, bottom } = range.getBoundingClientRect(); return { top, bottom } })""")
    page.close()
    assert 0 <= detail["top"] - word["bottom"] <= 16
    assert title["top"] - detail["bottom"] >= 24


def test_a_link_has_one_colour_at_night(house: House, browser: Any) -> None:
    """Also one whose words are in two languages: the title in its own, and what is said of it."""
    letter = (
        '- {type: news, title: T, body: B, sources: [{title: Sentencia, url: "https://example.org/s", language: es}]}'
    )
    page = browser.new_page(color_scheme="dark")
    page.set_content(house.letter(letter)[0])
    colours = page.evaluate(
        "[...document.querySelectorAll('.sources a, .sources a *')].map(one => getComputedStyle(one).color)"
    )
    page.close()
    assert len(colours) == 2
    assert set(colours) == {"rgb(242, 242, 240)"}


def test_the_lines_under_an_events_day_begin_alike(house: House) -> None:
    """Month and weekday each stand alone on a line, with a capital in Spanish too."""
    html, text = house.letter("- {type: event, title: Velada, date: 2025-07-17}", "es")
    assert "Julio de 2025<br/>" in html.replace("<br>", "<br/>")
    assert ">Jueves<" in html
    assert "Cuándo: 17 de julio de 2025 (jueves)" in text


def test_what_is_quiet_is_written_so_on_the_element(house: House, browser: Any) -> None:
    """Place and date, credit, sources and footer, also where a mail program reads no styles in the head."""
    page = browser.new_page()
    page.set_content(re.sub(r"<style.*?</style>", "", house.letter(LETTER)[0], flags=re.DOTALL))
    colours = page.evaluate("[...document.querySelectorAll('.quiet')].map(one => getComputedStyle(one).color)")
    page.close()
    assert len(colours) > 6
    assert set(colours) == {"rgb(92, 92, 92)"}
