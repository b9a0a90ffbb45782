"""The letter as it comes out of a printer: a sheet for a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

if TYPE_CHECKING:
    from tests.rendering.conftest import Letters

LEAVE = "https://news.example.org/u/TOKEN"
HEADS = {
    "en": {"News", "Urgent action", "Outcome", "In their words", "Also this month", "Earlier letter", "In this letter"},
    "es": {"Noticia", "Acción urgente", "Resultado", "En sus palabras", "También este mes", "Carta anterior"},
}


def sheets(browser: Any, html: str) -> list[list[str]]:
    """The lines of each printed page."""
    page = browser.new_page()
    page.set_content(html)
    document = pypdfium2.PdfDocument(page.pdf(format="A4"))
    page.close()
    found = []
    for one in document:
        text = one.get_textpage()
        found.append([line.strip() for line in text.get_text_range().splitlines() if line.strip()])
        text.close()
        one.close()
    document.close()
    return found


@pytest.fixture(scope="module")
def english(letters: Letters, browser: Any) -> list[list[str]]:
    """The English July of the kitchen sink, printed."""
    return sheets(browser, letters["sink-2025-07-en"].html)


def test_what_only_a_screen_can_follow_is_not_printed(english: list[list[str]]) -> None:
    """No way to other languages, and never the reader's own way out: whoever finds the sheet could use it."""
    whole = " ".join(" ".join(lines) for lines in english)
    assert "Dear Joan" in whole
    assert "On the web" not in whole
    assert LEAVE not in whole


def test_addresses_are_printed_where_they_help(english: list[list[str]]) -> None:
    """Behind buttons, links and sources; not those that nobody would type, nor one that stands there already."""
    whole = "".join("".join(lines) for lines in english).replace(" ", "")
    for address in ("tides", "sula-judgment", "harbour-list", "telephones"):
        assert f"(https://example.org/{address})" in whole
    assert "mailto:" not in whole
    assert "subject=" not in whole
    assert "(https://example.org/ombudswoman)" not in whole


@pytest.mark.parametrize("name", ["sink-2025-07-en", "sink-2025-07-es"])
def test_no_page_ends_with_a_head_or_a_title(letters: Letters, browser: Any, name: str) -> None:
    """What opens a section stands on the page of what it opens."""
    pages = sheets(browser, letters[name].html)
    html = letters[name].html
    assert len(pages) > 4
    for lines in pages[:-1]:
        last = lines[-1]
        assert not any(last.startswith(head) for head in HEADS[name[-2:]]), last
        assert f"{last}</h" not in html or f"{last}</a>" in html, last  # “In this letter” names titles too


def test_the_rules_are_ink_and_the_field_is_paper(letters: Letters, browser: Any) -> None:
    """No yellow on the sheet, even where a browser prints grounds."""
    page = browser.new_page()
    page.set_content(letters["sink-2025-07-en"].without_pictures)
    document = pypdfium2.PdfDocument(page.pdf(format="A4", print_background=True))
    page.close()
    for one in document:
        colours = one.render(scale=0.5).to_pil().convert("RGB").getcolors(1 << 20)
        assert not [rgb for _, rgb in colours if rgb[0] - rgb[2] > 120]
        one.close()
    document.close()


def test_an_address_is_followed_by_what_follows_its_link(english: list[list[str]]) -> None:
    """No gap before a comma or a full stop."""
    whole = " ".join(" ".join(lines) for lines in english)
    assert "(https://example.org/custody)," in whole
    assert "(https://example.org/harbour-list)." in whole
    assert ") ," not in whole


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_read_as_one_is_printed_on_one_page(letters: Letters, browser: Any, language: str) -> None:
    """A short table with its caption; a number with what it means."""
    page = browser.new_page()
    page.set_content(letters[f"sink-2025-07-18-sula-{language}"].html)
    parts = page.evaluate("""() => [
        ...[...document.querySelectorAll('.data')].map(one => [one.caption.innerText, one.querySelector('td').innerText]),
        ...[...document.querySelectorAll('.figure')].map(one => one.innerText.split('\\n').filter(line => line.trim()).slice(0, 2))]""")
    page.close()
    assert len(parts) == 3
    sheet = [
        "".join("".join(lines).split()) for lines in sheets(browser, letters[f"sink-2025-07-18-sula-{language}"].html)
    ]
    for first, second in parts:
        assert any("".join(first.split()) in one and "".join(second.split()) in one for one in sheet), first


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_short_list_is_printed_whole_and_with_what_announces_it(
    letters: Letters, browser: Any, language: str
) -> None:
    """No item alone on the next page, no “in this order:” at a page's end."""
    name = f"sink-2025-06-{language}"
    page = browser.new_page()
    page.set_content(letters[name].html)
    parts = page.evaluate(
        "[document.querySelector('ol').previousElementSibling, ...document.querySelectorAll('ol > li')]"
        ".map(one => one.innerText)"
    )
    page.close()
    assert len(parts) == 4
    pages = ["".join("".join(lines).split()) for lines in sheets(browser, letters[name].html)]
    assert any(all("".join(part.split()) in one for part in parts) for one in pages)


@pytest.mark.parametrize("name", ["sink-2025-06-es", "sink-2025-07-18-sula-es"])
def test_the_footer_is_printed_on_one_page(letters: Letters, browser: Any, name: str) -> None:
    """Who writes, and where one complains, are not torn apart."""
    last = " ".join(sheets(browser, letters[name].html)[-1])
    assert "Dos Orillas" in last
    assert "shores@example.org" in last


def test_an_address_keeps_its_order_on_an_arabic_sheet(letters: Letters, browser: Any) -> None:
    """The stroke at its end stays at its end."""
    page = browser.new_page()
    page.emulate_media(media="print")
    page.set_content(letters["sink-2025-07-ar"].html)
    sides = page.evaluate("""[...document.querySelectorAll('a[href^=http]')].map(one => getComputedStyle(one, '::after'))
        .filter(one => one.content !== 'none').map(one => one.direction)""")
    page.close()
    assert set(sides) == {"ltr"}
