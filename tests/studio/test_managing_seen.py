"""The pages around the issues in a real browser: by mouse, by keyboard, by day and by night, on a phone and enlarged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from newsletter.gate.approvals import read_approvals
from newsletter.nouns.draft import IssueName
from newsletter.workspace import Workspace
from tests.any.managed import Managed, managed, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route
    from playwright.sync_api import Page as Tab

PAGES = [
    *(
        "/",
        "/new",
        "/clip",
        "/adopt",
        "/find?q=Celia",
        "/compare",
        "/compare?a=2025-07&b=2025-07.es",
        "/setup",
        "/help",
    ),
    *(f"/issues/2025-07/{one}" for one in ("approve", "test", "export", "books")),
    *("/issues/2025-06/books", "/public"),
]
WAIT = 60_000  # milliseconds; generous for a busy machine


@pytest.fixture
def at(sample: Workspace) -> Iterator[Managed]:
    """A studio on the sample, which the test may change."""
    with managed(sample) as running:
        yield running


def opened(browser: Browser, **more: Any) -> Tab:
    """A window whose pages axe-core may look into."""
    usual: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "bypass_csp": True}
    tab = browser.new_context(**(usual | more)).new_page()
    tab.set_default_timeout(WAIT)
    return tab


def quiet(tab: Tab) -> None:
    """Wait until nothing is being made."""
    for _ in range(600):
        tab.wait_for_timeout(100)
        if not tab.query_selector('[aria-busy="true"]'):
            return
    pytest.fail("it is being made for too long")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(still: Managed, browser: Browser, scheme: str) -> None:
    """Every page, in both languages' worth of words: no violation; one h1; exactly one filled button."""
    tab = opened(browser, color_scheme=scheme, locale="en-GB" if scheme == "light" else "es-PE")
    for path in PAGES:
        tab.goto(f"{still.root}{path}", wait_until="domcontentloaded")
        quiet(tab)
        assert violations(tab) == [], path
        assert tab.locator("h1").count() == 1, path
        assert tab.locator(".button.main, button.main").count() <= 1, path
        assert tab.title(), path
    tab.context.close()


@pytest.mark.parametrize("width", [320, 640])
def test_a_narrow_window_shows_everything(still: Managed, browser: Browser, width: int) -> None:
    """320 px, and a wide window at 200 %: nothing scrolls sideways."""
    tab = opened(browser, viewport={"width": width, "height": 700}, locale="es-PE")
    for path in PAGES:
        tab.goto(f"{still.root}{path}", wait_until="domcontentloaded")
        quiet(tab)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    tab.context.close()


def test_by_mouse(at: Managed, browser: Browser) -> None:
    """The next issue is begun, an article chosen and put in, July approved by name: all by clicks."""
    tab = opened(browser)
    tab.goto(at.root)
    tab.get_by_role("link", name="Start the next issue").click()
    tab.get_by_role("button", name="Begin it").click()
    tab.get_by_role("heading", name="August 2025 is begun.").wait_for()
    assert (at.workspace.issues / "2025-08.yaml").is_file()
    tab.goto(f"{at.root}/clip")
    words = b"A vote in Example\n\nLima, 13 June 2025\n\nThe assembly voted on Friday for a law that lets many officers go.\n"
    tab.get_by_label("A file").set_input_files({"name": "vote.txt", "mimeType": "text/plain", "buffer": words})
    tab.get_by_role("button", name="See what is in it").click()
    tab.get_by_label("Into which issue").select_option("2025-08")
    tab.get_by_role("button", name="Put it at the end").click()
    tab.wait_for_url("**/issues/2025-08", wait_until="commit")
    assert b"A vote in Example" in (at.workspace.issues / "2025-08.yaml").read_bytes()
    tab.goto(f"{at.root}/issues/2025-07/approve")
    button = tab.get_by_role("button", name="Approve in this name")
    button.click()
    assert tab.locator("#by").get_attribute("aria-invalid") == "true"
    assert tab.evaluate("document.activeElement.id") == "by"
    tab.locator("#by").fill("Rosa Example")
    tab.get_by_text("I have read it as it is now").click()
    button.click()
    tab.get_by_role("heading", name="It is approved").wait_for()
    assert set(read_approvals(at.workspace, IssueName(2025, 7))) == {"en", "es"}
    tab.context.close()


def test_a_button_pressed_before_the_page_can_act(at: Managed, browser: Browser) -> None:
    """A slow computer: the press waits for the page's scripts, and then does what it says."""
    tab = opened(browser)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    tab.route("**/assets/act.js", hold)
    tab.goto(f"{at.root}/new", wait_until="commit")
    tab.get_by_role("button", name="Begin it").click()
    tab.wait_for_timeout(200)
    held[0].continue_()
    tab.get_by_role("heading", name="August 2025 is begun.").wait_for()
    tab.context.close()


def test_by_keyboard_alone(at: Managed, browser: Browser) -> None:
    """From the start page to an approval with Tab, Space and Enter; focus is always to be seen."""
    tab = opened(browser)
    tab.goto(at.root)
    quiet(tab)
    assert tab.evaluate("document.title")
    reach(tab, "Have it read and approved")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/issues/2025-07/approve")
    for _ in range(60):
        if tab.evaluate("document.activeElement.id") == "by":
            break
        tab.keyboard.press("Tab")
    tab.keyboard.type("Rosa Example")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "read"
    tab.keyboard.press("Space")
    assert tab.locator("#read").is_checked()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Approve in this name"
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.keyboard.press("Enter")
    tab.get_by_role("heading", name="It is approved").wait_for()
    tab.context.close()


def reach(tab: Tab, words: str) -> None:
    """Press Tab until what has the focus says these words."""
    for _ in range(60):
        if words in tab.evaluate("document.activeElement.closest('a, button')?.textContent ?? ''"):
            return
        tab.keyboard.press("Tab")
    pytest.fail(f"no way by Tab to {words}")


def test_what_is_copied_is_rich_text(still: Managed, browser: Browser) -> None:
    """The clipboard holds HTML with headings, and the words; where it is not allowed, they are chosen instead."""
    tab = opened(browser, permissions=["clipboard-read", "clipboard-write"])
    tab.goto(f"{still.root}/public", wait_until="domcontentloaded")
    quiet(tab)
    tab.get_by_role("button", name="Copy this month").click()
    tab.get_by_text("It is copied.").or_(tab.get_by_text("It is chosen below")).first.wait_for()
    if tab.locator(".pasted").count() == 0:
        read = "navigator.clipboard.read().then(all => all[0].getType('text/html')).then(one => one.text())"
        assert "<h1>" in tab.evaluate(read)
    tab.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    tab.get_by_role("button", name="Copy the whole page").click()
    tab.locator(".pasted").wait_for()
    assert len(tab.evaluate("getSelection().toString()")) > 500
    tab.context.close()


def test_a_file_that_is_too_large_is_said_before_it_is_sent(still: Managed, browser: Browser) -> None:
    """A sentence with the file's name; nothing is handed over."""
    tab = opened(browser)
    tab.goto(f"{still.root}/clip")
    tab.evaluate(
        """() => {
          const moved = new DataTransfer();
          moved.items.add(new File([new Uint8Array(31_000_000)], "film.txt"));
          document.getElementById("file").files = moved.files;
          document.getElementById("file").dispatchEvent(new Event("change"));
        }"""
    )
    tab.get_by_role("button", name="See what is in it").click()
    tab.get_by_role("form").get_by_text("film.txt: this is larger than the studio takes").wait_for()
    tab.context.close()
