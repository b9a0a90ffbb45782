"""axe-core on every state of writing, light and dark; and writing by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.any.studio import Studio, change, until, violations_of
from tests.studio.test_saving import form_of, save, setting
from tests.studio.test_writing import LONG_MS, opened, until_file

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route


def states(page: Page, studio: Studio) -> Any:
    """Each state of the page, one after another, under its name."""
    for section in range(6):
        page.goto(f"{studio.address}?section={section}")
        page.locator("#fields").wait_for()
        yield f"section {section}"
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    yield "all unfolded"
    page.goto(f"{studio.address}?section=2")
    until(page, "document.body.dataset.pane")
    page.locator("[data-calendar]").first.click()
    yield "calendar"
    page.keyboard.press("Escape")
    page.keyboard.press("Control+/")
    yield "keys"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add one Sources").click()
    yield "a new source"
    for address in ("file", "history"):
        page.goto(f"{studio.root}/issues/2025-07/{address}")
        yield address


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "dark"), (320, "light")])
def test_axe_finds_nothing(browser: Browser, studio: Studio, width: int, scheme: Any) -> None:
    """Every section, what unfolds, dialogs, problems, the file and the history."""
    form = form_of(studio, 2)
    assert save(studio, form, setting(form.field("title"), "")).json()["wrote"]
    change(studio, "It would not stand alone.", "It would not stand alone, [click here](https://example.org/x).")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True, locale="en-GB"
    )
    page = context.new_page()
    for name in states(page, studio):
        assert (name, violations_of(page)) == (name, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    context.close()


def test_a_conflict_is_accessible(page: Page, studio: Studio) -> None:
    """The note is a named group, its buttons say what they do, and it is told at once."""
    opened(page, studio)
    page.locator("#f-1-place").fill("Cusco")
    change(studio, "place: Lima", "place: Ayacucho")
    page.locator("#conflict").wait_for(timeout=LONG_MS)
    assert "another place" in page.locator("#urgent").inner_text()
    page.get_by_role("button", name="Show both").click()
    assert page.get_by_role("group", name="This file was changed in another place").count() == 1
    page.get_by_role("button", name="Take theirs").click()
    until(page, "document.getElementById('f-1-place').value === 'Ayacucho'")


def test_by_keyboard_alone(page: Page, studio: Studio) -> None:
    """From the top of the page: to the list, a new section, its words, a step up, away and back; no mouse."""
    opened(page, studio, 1)
    page.keyboard.press("F6")
    assert page.evaluate("document.activeElement.id") == "sections"
    page.locator("#add summary").focus()
    page.keyboard.press("Enter")
    page.locator("[data-add='quote']").focus()
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'f-1-text'")
    page.keyboard.type("We want to know where they are, and nothing else.")
    page.keyboard.press("Tab")
    page.keyboard.type("Rosa Quispe")
    page.keyboard.press("Control+s")
    text = until_file(studio, lambda text: "speaker: Rosa Quispe\n" in text)
    assert "  - type: quote\n" in text
    assert "We want to know where they are, and nothing else." in text
    page.locator("#lines li[data-at='1'] a").focus()
    page.keyboard.press("Alt+ArrowDown")
    until(page, "document.activeElement.closest('li')?.dataset.at === '2'")
    until_file(studio, lambda text: text.index("type: quote") > text.index("type: news"))
    page.keyboard.press("F6")
    assert page.evaluate("document.activeElement.id") == "form"
    page.locator("[data-act='remove']").focus()
    page.keyboard.press("Enter")
    until(page, "document.activeElement.closest('#removed') !== null")
    page.keyboard.press("Enter")
    until_file(studio, lambda text: "type: quote" in text)


def test_the_history_brings_a_state_back(page: Page, studio: Studio) -> None:
    """She looks at an earlier state beside the one of now, sees what differs, and brings it back at a click."""
    before = studio.file.read_bytes()
    form = form_of(studio, 2)
    save(studio, form, setting(form.field("title"), "A vote that was postponed"))
    page.goto(f"{studio.address}?section=2")
    page.get_by_role("link", name="History").click()
    page.locator(".differences ins").first.wait_for()
    assert "postponed" in " ".join(page.locator(".differences ins").all_inner_texts())
    page.frame_locator("iframe").first.get_by_text("wipe away the verdicts").first.wait_for(timeout=LONG_MS)
    page.get_by_role("button", name="Bring this state back").click()
    page.wait_for_url("**/issues/2025-07?language=en")
    assert studio.file.read_bytes() == before


def test_a_copy_of_a_synced_folder(page: Page, studio: Studio) -> None:
    """It is told of in the form; both are shown, and the other is taken: what stood there is kept."""
    copy = studio.workspace.issues / "2025-07 (Ana's conflicted copy 2025-07-01).yaml"
    copy.write_text(studio.file.read_text("utf-8").replace("place: Lima", "place: Puno", 1), "utf-8")
    opened(page, studio)
    page.locator("[data-copy] a").click()
    assert "Puno" in page.locator(".differences").inner_text()
    page.get_by_role("button", name="Take the other").click()
    page.wait_for_url("**/issues/2025-07?language=en")
    assert "place: Puno" in studio.file.read_text("utf-8")
    assert not copy.exists()
    kept = [path.read_text("utf-8") for path in (studio.workspace.records / "copies").iterdir()]
    assert any("place: Lima" in text for text in kept)


def test_a_click_on_history_that_comes_early_is_not_lost(page: Page, studio: Studio) -> None:
    """On a busy machine a page's scripts come late: what was pressed before is done as soon as they are there."""
    form = form_of(studio, 2)
    assert save(studio, form, setting(form.field("title"), "A vote that was postponed")).json()["wrote"]
    held: list[Route] = []
    page.route("**/assets/ask.js", lambda route: held.append(route))  # noqa: PLW0108 - it wants a function of its own
    page.goto(f"{studio.root}/issues/2025-07/history", wait_until="commit")
    page.get_by_role("button", name="Bring this state back").click()
    page.wait_for_timeout(200)
    held[0].continue_()
    page.locator("#form").wait_for(timeout=LONG_MS)
