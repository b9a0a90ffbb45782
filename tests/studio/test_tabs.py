"""Many tabs, a studio that stops and comes back, and everybody's eyes and hands: the letter's side of each page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from newsletter.studio.views import VIEWS
from tests.any.studio import Studio, change, letter_says, start, title_line, until, violations_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

LONG_MS = 60_000  # a whole studio is started meanwhile
PLACES = ["?view=desktop", "?view=inbox", "?view=headers", "?view=source", "/views", "/views?language=es&reader=worst"]


def test_thirty_tabs_all_follow(browser: Browser, studio: Studio) -> None:
    """All of them seen at once, with one connection to the studio: a browser has six for one place."""
    context = browser.new_context()
    tabs = [context.new_page() for _ in range(30)]
    for tab in tabs:
        tab.goto(f"{studio.address}?view=text", timeout=60_000, wait_until="domcontentloaded")
    for tab in tabs:
        tab.locator("#stage pre").wait_for(timeout=60_000)
    change(studio, title_line(studio), "    title: Seen in thirty tabs")
    for tab in tabs:
        tab.locator("#stage pre").get_by_text("Seen in thirty tabs").first.wait_for(timeout=60_000)
    context.close()


def test_where_tabs_cannot_share_one_follows_alone(browser: Browser, studio: Studio) -> None:
    """A browser without shared workers: the page has a connection of its own."""
    context = browser.new_context()
    context.add_init_script("delete window.SharedWorker")
    page = context.new_page()
    page.goto(studio.address)
    letter_says(page, "Dear friend")
    change(studio, title_line(studio), "    title: Seen without a worker")
    letter_says(page, "Seen without a worker")
    context.close()


def test_a_studio_that_comes_back_is_found_again(page: Page, studio: Studio) -> None:
    """Stopped and started anew at the same port: the note comes and goes, the page knows the new token and follows."""
    letter_says(page, "Dear friend")
    port = studio.root.rpartition(":")[2]
    studio.stop()
    page.locator("#gone").wait_for(timeout=LONG_MS)
    again = start(studio.workspace, "--port", port)
    try:
        assert again.root == studio.root
        page.locator("#gone").wait_for(state="hidden", timeout=LONG_MS)
        change(studio, title_line(studio), "    title: After the pause")
        letter_says(page, "After the pause", LONG_MS)
        until(page, f"document.querySelector('meta[name=studio-token]').content === '{again.token}'", LONG_MS)
    finally:
        again.kill()


def test_a_letter_that_did_not_come_is_asked_for_again(page: Page, studio: Studio) -> None:
    """The studio stopped just then, or was too busy: what is seen stays, and the letter comes once it can."""
    letter_says(page, "Dear friend")
    refused: list[str] = []

    def refuse(route: Route) -> None:
        refused.append(route.request.url)
        if len(refused) < 3:
            route.abort("connectionrefused")
        else:
            route.continue_()

    page.route(lambda url: "digest=" in url, refuse)
    change(studio, title_line(studio), "    title: After a refusal")
    letter_says(page, "After a refusal")
    assert len(refused) >= 3
    assert page.locator("iframe.coming").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, steady: Studio, scheme: str) -> None:
    """X13: on the letter's side of the issue page in each kind of view, and on the light table, everything unfolded."""
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]  # one of the two
    page = context.new_page()
    for place in PLACES:
        page.goto(f"{steady.address}{place}")
        page.locator("#seen").wait_for()
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.wait_for_timeout(500)
        assert (place, violations_of(page)) == (place, [])
    context.close()


@pytest.mark.parametrize(("width", "size"), [(320, 1), (720, 1), (1440, 1), (640, 2)])
def test_nothing_of_the_letter_scrolls_sideways(browser: Browser, steady: Studio, width: int, size: int) -> None:
    """X9: in every view and on the light table, down to 320 pixels, and with letters twice as large."""
    context = browser.new_context(viewport={"width": width // size, "height": 900}, device_scale_factor=size)
    page = context.new_page()
    for place in (*(f"?view={view}" for view in VIEWS), "/views"):
        page.goto(f"{steady.address}{place}")
        page.locator("#seen").wait_for()
        until(page, "[...document.querySelectorAll('.frame')].every(one => one.dataset.drawn)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width // size, place
    context.close()


def test_links_in_the_letter_by_keyboard(page: Page) -> None:
    """Tab goes into the letter, Enter opens the link beside the studio."""
    page.context.route("https://**", lambda route: route.abort())
    until(page, "Boolean(document.getElementById('stage').dataset.drawn)")
    page.frame_locator("#shown").locator("a[href^='https://']").first.focus()
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    assert opened.value is not page


def test_only_our_own_modules_are_served(steady: Studio) -> None:
    """The emulations' modules and styles are; the code that lists them is not."""
    assert httpx.get(f"{steady.root}/assets/partial-night.js", timeout=30).status_code == 200
    assert httpx.get(f"{steady.root}/assets/conditions.py", timeout=30).status_code == 404
