"""From the letter's words to their field, and back: for every section of the kitchen sink, in three languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import join
from newsletter.nouns.draft import Kind
from newsletter.pipeline import prepare
from newsletter.reading.passages import NAMES_THINGS, blocks, passages
from newsletter.settings import Settings
from newsletter.studio.places import Shown, Spot, bare
from newsletter.workspace import Workspace, shipped
from tests.any.studio import MOMENT_MS, Studio, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

KITCHEN_SINK = Workspace(Path(__file__).resolve().parents[2] / "docs" / "kitchen-sink")
ISSUES = [(KITCHEN_SINK, issue) for issue in KITCHEN_SINK.issue_names()]
SAMPLE = Workspace(shipped())


@pytest.fixture(scope="module")
def letters() -> dict[str, Shown]:
    """Each letter of the kitchen sink, and the sample's July, as somebody called Ana has it before her."""
    found = {}
    for workspace, issue in [*ISSUES, (SAMPLE, SAMPLE.issue_names()[-1])]:
        dossier = prepare(workspace, issue, Settings()).dossier
        assert dossier
        for edition in dossier.editions:
            answers = reader_answers("Ana", "mailto:leave@example.org", str)
            shown = Shown(edition, dossier.renderings[edition.language], answers)
            found[f"{workspace.root.name}-{issue}-{edition.language}"] = shown
    return found


def test_every_text_leads_to_its_field(letters: dict[str, Shown]) -> None:
    """Found again from where it stands; of texts that are alike in a section, one with the same words."""
    asked = 0
    for name, shown in letters.items():
        for passage in passages(shown.edition):
            if passage.path[0] != "sections" or passage.kind is Kind.URL or passage.path[-1] in (*NAMES_THINGS, "alt"):
                continue
            number = passage.path[1]
            assert isinstance(number, int)
            stretch = shown.stretch(number)
            assert stretch, (name, number)
            parts = blocks(passage.text) if passage.kind is Kind.MARKDOWN else [(passage.text, 0)]
            for words, offset in parts:
                said = bare(words.replace("{first_name|", "{").replace("{first_name}", "Ana"))
                at = shown._text.find(bare(words), stretch[0], sum(stretch))
                if not said or at < 0:
                    continue  # a greeting, or a field that this type shows otherwise
                found = shown.field_at(words, at)
                asked += 1
                assert _words(shown, found) == _words(shown, Spot(passage.path, offset)), (name, passage.path, words)
    assert asked > 500


def test_every_section_is_found_from_any_of_its_words(letters: dict[str, Shown]) -> None:
    """Also from words that a template says, and not the author: at least the section is right."""
    for name, shown in letters.items():
        ends = 0
        for number, _ in enumerate(shown.edition.sections):
            found, own = shown.stretch(number), bare(_text_of(join(shown.rendered.sections[number], shown.answer)))
            assert bool(found) is bool(own), (name, number)
            if not found:
                continue  # a line that divides
            start, length = found
            assert start >= ends
            ends = start + length
            assert shown._text[start:ends] == own
            assert shown.field_at("something that a template says", start).path[:2] == ("sections", number)
            assert shown.field_at("", ends - 1).path[:2] == ("sections", number)


def test_what_stands_around_the_sections(letters: dict[str, Shown]) -> None:
    """The list at the top leads to the titles; the footer to no field of the issue."""
    shown = letters["kitchen-sink-2025-07-en"]
    titled = next(one for one in shown.edition.sections if one.title)
    assert shown.field_at(titled.title, 0).path == (*titled.path, "title")
    assert shown.field_at("1 Example Street, in no issue at all", len(shown._text) - 1) == Spot()
    assert shown.field_at(shown.edition.preheader, 0).path == ("preheader",)
    assert shown.stretch(99) is None


def test_pictures_lead_to_their_fields(letters: dict[str, Shown]) -> None:
    """By their description and file; of the same one shown twice, by order."""
    for shown in letters.values():
        pictures = [one for one in passages(shown.edition) if one.path[-1] == "alt"]
        for one in pictures:
            alike = [other.path[:-1] for other in pictures if other.text == one.text]
            assert shown.field_of_picture(one.text, "", alike.index(one.path[:-1])).path in alike


def _words(shown: Shown, spot: Spot) -> str:
    """The words of a block of a field, letters and figures alone."""
    return next((one.bare for one in shown._said if one.spot == spot), str(spot))


def _text_of(html: str) -> str:
    from lxml import html as pages

    tree = pages.fragment_fromstring(html, create_parent="table")
    return "".join(tree.xpath(".//text()[not(ancestor::style)]"))


def test_a_click_tells_the_form(page: Page, studio: Studio) -> None:
    """A paragraph, a heading, a picture: the page says which field, and how far into it; a link is followed instead."""
    page.evaluate("addEventListener('studio:field', event => (window.told ??= []).push(event.detail), true)")
    letter = page.frame_locator("#shown")
    until(page, "Boolean(document.getElementById('stage').dataset.drawn)")
    letter.locator("h2").nth(0).click()
    until(page, "window.told?.length === 1")
    letter.get_by_text("Dear friend").first.click()
    until(page, "window.told?.length === 2")
    letter.locator("img[alt]:not([alt=''])").first.click()
    until(page, "window.told?.length === 3")
    title, body, picture = page.evaluate("window.told")
    assert title["path"][0] == "sections"
    assert title["path"][-1] == "title"
    assert body["path"] == ["sections", 0, "body"]
    lines = studio.file.read_text("utf-8").splitlines()
    assert "Dear" in lines[body["line"] - 1]
    assert picture["path"][-1] == "image"


def test_what_is_edited_is_framed(page: Page) -> None:
    """Over the letter, not in it; it follows the words; it scrolls there only when she chose the field."""
    until(page, "Boolean(document.getElementById('stage').dataset.drawn)")
    before = page.frame_locator("#shown").locator("html").inner_html()
    choose = "chosen => document.dispatchEvent(new CustomEvent('studio:editing', {detail: {path: ['sections', 2, 'body'], chosen}}))"
    page.evaluate(choose, 0)
    frame = page.locator(".editing")
    frame.wait_for(timeout=MOMENT_MS)
    assert page.evaluate("document.getElementById('letter').scrollTop") == 0
    page.evaluate(choose, 1)
    until(page, "document.getElementById('letter').scrollTop > 0")
    box, heading = frame.bounding_box(), page.frame_locator("#shown").locator("h2").nth(1).bounding_box()
    assert box
    assert heading
    assert box["y"] <= heading["y"] <= box["y"] + box["height"]
    assert page.frame_locator("#shown").locator("html").inner_html() == before
    page.evaluate("document.dispatchEvent(new CustomEvent('studio:editing', {detail: null}))")
    frame.wait_for(state="hidden", timeout=MOMENT_MS)


def test_a_section_in_the_address_is_shown_in_the_letter(page: Page, studio: Studio) -> None:
    """Whoever opens a section's address sees its words, framed."""
    page.goto(f"{studio.address}?section=3")
    until(page, "document.getElementById('letter').scrollTop > 0")
    assert page.locator(".editing").is_visible()


def test_where_answers_whatever_it_is_asked(steady: Studio) -> None:
    """No language, a wrong number, words that are nowhere: an answer, and no trouble."""
    ask = f"{steady.address}/where"
    assert httpx.get(ask, timeout=30).status_code == 404
    nothing = httpx.get(ask, params={"language": "en", "text": "", "at": "x" * 50}, timeout=30).json()
    assert nothing["path"] == []
    far = httpx.get(ask, params={"language": "en", "text": "zzz", "at": "9" * 12}, timeout=30).json()
    assert far["path"] == []
    assert httpx.get(f"{steady.address}/stretch/99", timeout=30).json() == {}
