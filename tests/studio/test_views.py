"""What is seen of a letter: the bytes that are sent, in every view with its address, by everybody of the cast."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from newsletter.checks.size import MOST, weigh
from newsletter.emulations.conditions import CONDITIONS, Faith, with_scheme, with_style
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Slot, SlotName
from newsletter.phrases import read_phrases
from newsletter.settings import Settings
from newsletter.studio.cast import READERS, letter_for, message_for
from newsletter.studio.inbox import on_desk, on_phone
from newsletter.studio.sight import Made
from newsletter.studio.source import header_fields, stretches
from newsletter.studio.views import NEAR, TABLE, VIEWS
from newsletter.studio.weights import weights
from newsletter.workspace import Workspace, shipped
from tests.any.studio import MOMENT_MS, Studio, change, letter_says, look, title_line, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

NOW = dt.datetime(2025, 7, 4, 9, tzinfo=dt.UTC)
KITCHEN_SINK = Path(__file__).resolve().parents[2] / "docs" / "kitchen-sink"


@pytest.fixture(scope="module")
def july() -> Made:
    """The sample's July in English."""
    return look(Workspace(shipped()), IssueName(2025, 7), Settings(), NOW).letters["en"]


@pytest.mark.parametrize("url", ["", "https://news.example.org"])
@pytest.mark.parametrize("reader", READERS)
def test_the_frame_holds_the_bytes_that_are_sent(july: Made, reader: str, url: str) -> None:
    """The HTML part of the message that `send` composes, decoded, is what the frame is given, but for the pictures' addresses."""
    settings = Settings(public_url=url)
    message = email.message_from_bytes(message_for(july, settings, reader, NOW), policy=email.policy.default)
    assert isinstance(message, email.message.EmailMessage)
    sent = {part.get_content_type(): part for part in message.walk()}
    html, text = (sent[kind].get_payload(decode=True) for kind in ("text/html", "text/plain"))
    shown = letter_for(july, settings, reader)
    assert isinstance(html, bytes)
    assert isinstance(text, bytes)
    assert _without_pictures(html.decode().replace("\r\n", "\n"), july) == _without_pictures(shown.html, july)
    assert text.decode().replace("\r\n", "\n").strip("\n") == shown.text.strip("\n")
    assert str(message["Subject"]) == shown.subject


def _without_pictures(html: str, made: Made) -> str:
    pictures = [one for one in made.rendered.html if isinstance(one, Slot) and one.name is SlotName.PICTURE]
    assert pictures
    found, count = re.subn(r'src="[^"]*"', 'src=""', html)
    assert count == len(pictures)
    return found


def test_the_studio_serves_those_bytes(steady: Studio, july: Made) -> None:
    """Not a character is put in: what the frame asks for is the letter as it was filled."""
    for view in ("desktop", "phone", "dark", "large", "images-off", "unmarked-night"):
        answer = httpx.get(f"{steady.address}/letter/en", params={"reader": "arabic", "view": view}, timeout=30)
        assert answer.text == letter_for(july, Settings(), "arabic").html
        assert ("img-src 'none'" in answer.headers["content-security-policy"]) is (view == "images-off")
    turned = httpx.get(f"{steady.address}/letter/en?view=full-night", timeout=30).text
    assert "invert(1)" in turned
    assert "</style></head>" in turned


def test_the_worst_case_is_what_the_clip_meter_weighs(july: Made) -> None:
    """The same name and the same link: where she is shown, one sees what is weighed."""
    shown = letter_for(july, Settings(), "worst")
    assert "Ñ" * 60 in shown.html
    found = weights(july)
    assert found.whole == weigh(july.rendered.html)
    assert sum(size for _, size in found.sections) + found.rest == found.whole
    assert found.share == -(-found.whole * 100 // MOST)
    assert [section for section, _ in found.sections] == list(july.edition.sections)


def test_every_view_and_reader_is_named_in_each_language() -> None:
    """And says how faithful it is, beginning with the word for it."""
    words = {Faith.EXACT: ("Exact", "Exacto"), Faith.CLOSE: ("Close", "Parecido"), Faith.ROUGH: ("Rough", "Aproximado")}
    for number, language in enumerate(("en", "es")):
        say = read_phrases(Workspace(shipped()), "studio", language).say
        for key, view in VIEWS.items():
            assert say(f"view_{key.replace('-', '_')}")
            assert say(f"view_{key.replace('-', '_')}_faith").startswith(words[view.faith][number])
        assert all(say(f"reader_{one or 'nameless'}") for one in READERS)
    assert {*NEAR, *TABLE} <= VIEWS.keys()


def test_inbox_rows_are_cut_where_inboxes_cut() -> None:
    """40 characters each on a phone, 90 for both on a desk; what is left is counted as people count characters."""
    fits = on_phone("A short subject", "And a preheader")
    assert (fits.subject, fits.subject_left, fits.preheader_left) == ("A short subject", 0, 0)
    row = on_phone("n" * 51, "é" * 79)
    assert (len(row.subject), row.subject[-1], row.subject_left, row.preheader_left) == (40, "…", 11, 39)
    wide = on_desk("n" * 51, "p" * 79)
    assert (wide.subject, wide.preheader_left) == ("n" * 51, 40)
    assert len(wide.subject + wide.preheader) == 90
    assert on_desk("n" * 95, "p").preheader == ""


def test_the_head_is_decoded_and_the_source_is_whole(july: Made) -> None:
    """A name in Arabic is read, not its code; nothing of the source is lost by folding."""
    message = message_for(july, Settings(), "arabic", NOW)
    fields = dict(header_fields(message))
    assert "مريم" in fields["To"]
    assert fields["Subject"] == letter_for(july, Settings(), "arabic").subject
    assert fields["List-Unsubscribe"].startswith("<mailto:")
    parts = stretches(message)
    whole = "\n".join(line for one in parts for line in (one.shown, *([one.folded] if one.count else [])))
    assert whole.splitlines() == message.decode("ascii").splitlines()
    assert all(one.count == len(one.folded.split("\n")) for one in parts if one.count)
    assert any(one.count for one in parts)


def test_a_scheme_is_switched_both_ways(july: Made) -> None:
    """The letter's own rules for dark hold, or do not, whatever the machine asks for; nothing else changes."""
    html = letter_for(july, Settings(), "").html
    dark, light = with_scheme(html, "dark"), with_scheme(html, "light")
    assert "prefers-color-scheme" in html
    for one in (dark, light):
        assert "prefers-color-scheme" not in one
        assert "light dark" not in one
    assert "(min-width: 0)" in dark
    assert "(max-width: 0)" in light
    assert with_style(html, CONDITIONS["desktop"]) == html


def test_changing_a_view_needs_no_new_page(page: Page, studio: Studio) -> None:
    """The address says what is shown, Back goes to what was shown before, and the page itself stays."""
    page.frame_locator("#shown").get_by_text("Dear friend").first.wait_for(timeout=MOMENT_MS)
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Phone").click()
    until(page, "document.getElementById('stage').classList.contains('phone')")
    until(page, "location.search.includes('view=phone')")
    page.locator("#reader").select_option("ana")
    letter_says(page, "Dear Ana")
    page.get_by_role("link", name="Text", exact=True).click()
    page.locator("#stage pre").get_by_text("Dear Ana").wait_for(timeout=MOMENT_MS)
    page.go_back()
    letter_says(page, "Dear Ana")
    page.go_back()
    letter_says(page, "Dear friend")
    page.go_back()
    until(page, "document.getElementById('stage').classList.contains('desktop')")
    assert page.evaluate("window.same")
    fresh = page.context.new_page()
    fresh.goto(f"{studio.address}?view=source&reader=arabic")
    assert "multipart/alternative" in fresh.locator("#stage").inner_text()
    fresh.goto(f"{studio.address}?reader=plain")
    assert "Dear friend" in fresh.locator("#stage pre").inner_text()


def test_a_save_repaints_every_view(page: Page, studio: Studio) -> None:
    """The light table: each frame and the text show the new words, and each keeps its own scroll."""
    page.goto(f"{studio.root}/issues/2025-07/views?reader=long")
    count = len([key for key in TABLE if VIEWS[key].kind == "frame"])
    until(page, f"[...document.querySelectorAll('.frame')].filter(one => one.dataset.drawn).length === {count}")
    page.evaluate("document.querySelector('.phone iframe').contentWindow.scrollTo(0, 150)")
    change(studio, title_line(studio), "    title: Seen in every view")
    said = "[...document.querySelectorAll('.frame iframe:not(.coming)')].filter(one => one.contentDocument.body.textContent.replace(/\\s+/g, ' ').includes('Seen in every view')).length"
    until(page, f"{said} === {count}")
    page.locator("pre").get_by_text("Seen in every view").first.wait_for(timeout=MOMENT_MS)
    assert page.evaluate("document.querySelector('.phone iframe:not(.coming)').contentWindow.scrollY") == 150


@pytest.mark.parametrize("machine", ["light", "dark"])
def test_light_is_light_and_dark_is_dark_on_any_machine(page: Page, studio: Studio, machine: str) -> None:
    """Where the browser itself does not see to it the studio does, and says that this is close, and no longer exact."""
    page.emulate_media(color_scheme=machine)  # type: ignore[arg-type]  # one of the two
    ground = "(() => { const one = document.querySelector('.frame iframe:not(.coming)'); return getComputedStyle(one.contentDocument.querySelector('td, div')).colorScheme + getComputedStyle(one.contentDocument.body).backgroundColor })()"
    found = {}
    for view in ("desktop", "dark"):
        page.goto(f"{studio.address}?view={view}")
        other = (view == "dark") != (machine == "dark")
        until(page, f"document.getElementById('faith').textContent.startsWith('{'Close' if other else 'Exact'}')")
        until(page, "document.querySelectorAll('iframe').length === 1")
        found[view] = page.evaluate(ground)
    assert found["desktop"] != found["dark"]


def test_a_letter_that_cannot_be_sent_says_so_in_its_head(page: Page, studio: Studio) -> None:
    """A profile without a sender: no message, a sentence in its place; the letter itself is shown."""
    profile = studio.workspace.profile
    profile.write_text(re.sub(r"(?m)^( *)address: .*$", r"\1address: nobody", profile.read_text("utf-8")), "utf-8")
    page.goto(f"{studio.address}?view=headers")
    assert page.locator("#stage").inner_text()
