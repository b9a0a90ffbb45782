"""The studio in a real browser: it follows each save, keeps the last good letter, and lets nothing in or out."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette

from newsletter.studio.guard import LETTER_POLICY, Guard
from tests.any.studio import MOMENT_MS, Studio, change, letter_says, start, title_line, title_line_of, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def test_the_page_follows_a_save_and_keeps_the_scroll(page: Page, studio: Studio) -> None:
    """A save stands in the letter within a moment, and she who reads has not lost her place."""
    until(page, "document.getElementById('shown').offsetHeight > 1600")
    page.evaluate("document.getElementById('letter').scrollTop = 700")
    began = time.monotonic()
    change(studio, title_line(studio), "    title: A headline made for this test")
    letter_says(page, "A headline made for this test")
    print(f"save to sight: {time.monotonic() - began:.2f} s")  # noqa: T201 - a figure, never asserted
    until(page, "document.querySelectorAll('iframe').length === 1")
    assert page.evaluate("document.getElementById('letter').scrollTop") == 700


def test_a_mistake_keeps_the_last_good_letter_under_a_note(page: Page, studio: Studio) -> None:
    """A broken file: the note says what and at which file, line and column; the letter stays; mended, the note goes."""
    kept = page.frame_locator("#shown").locator("body").inner_text()
    whole = studio.file.read_text("utf-8")
    studio.file.write_text(whole + "  - type: nws\n", "utf-8")
    note = page.locator("[data-banner]")
    note.wait_for(timeout=MOMENT_MS)
    line = len(whole.splitlines()) + 1
    assert f"issues/2025-07.yaml:{line}:" in note.inner_text()
    assert "last good letter" in note.inner_text()
    assert page.frame_locator("iframe#shown:not(.coming)").locator("body").inner_text() == kept
    assert "to mend" in page.title()
    studio.file.write_text(whole, "utf-8")
    note.wait_for(state="detached", timeout=MOMENT_MS)


def test_all_problems_are_listed_worst_first(page: Page, studio: Studio) -> None:
    """What reading, rendering and the checks find stands there, errors before warnings, each with its place."""
    change(studio, "preheader:", "preheeder:")
    change(studio, "send_on:", "sent_on:")
    page.locator("[data-banner]").wait_for(timeout=MOMENT_MS)
    places = page.locator("#problems .mend .place").all_inner_texts()
    assert len([place for place in places if place.startswith("Start")]) >= 2
    heads = page.locator("#problems summary").all_inner_texts()
    order = ["To mend", "To look at", "Suggestions"]
    assert [head for name in order for head in heads if head.startswith(name)] == heads
    assert heads[0].startswith("To mend")


def test_a_file_that_goes_and_comes_back(page: Page, studio: Studio) -> None:
    """Deleted: the letter stays under a note. Put back by a rename, as editors save: the letter follows again."""
    whole = studio.file.read_text("utf-8")
    studio.file.unlink()
    page.locator("[data-banner]").get_by_text("not there").wait_for(timeout=MOMENT_MS)
    beside = studio.file.with_name("2025-07.yaml.part")
    beside.write_text(whole.replace(title_line_of(whole), "    title: Back by a rename"), "utf-8")
    beside.rename(studio.file)
    letter_says(page, "Back by a rename")
    page.locator("[data-banner]").wait_for(state="detached", timeout=MOMENT_MS)


def test_nothing_remote_is_asked_for(page: Page, studio: Studio) -> None:
    """P16: every request of the page and of the letter in it goes to the preview itself."""
    page.frame_locator("#shown").locator("body").wait_for()
    page.goto(f"{studio.address}?language=es&view=phone")
    page.goto(f"{studio.address}?view=text")
    asked: list[str] = page.asked  # type: ignore[attr-defined]  # kept with the page
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith(f"{studio.root}/")] == []


def test_scripts_in_a_letter_do_not_run(browser: Browser, studio: Studio) -> None:
    """Whatever a letter holds: opened in the frame or by itself, no script in it runs, and nothing is loaded."""
    context = browser.new_context()
    page = context.new_page()
    hostile = "<html><head></head><body><p>hello</p><script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\"></body></html>"
    page.route(
        "**/letter/**",
        lambda route: route.fulfill(
            body=hostile, content_type="text/html", headers={"Content-Security-Policy": LETTER_POLICY}
        ),
    )
    page.goto(f"{studio.address}/letter/en")
    page.get_by_text("hello").wait_for()
    assert page.title() != "ran"
    page.goto(studio.address)
    page.frame_locator("#shown").get_by_text("hello").wait_for()
    assert page.frames[1].title() != "ran"
    context.close()


def test_a_link_opens_beside_the_preview(page: Page) -> None:
    """She can try the letter's links, and the preview stays where it is."""
    page.context.route("https://**", lambda route: route.abort())
    with page.expect_popup() as opened:
        page.frame_locator("#shown").locator("a[href^='https://']").first.click()
    assert opened.value is not page
    assert page.frame_locator("#shown").get_by_text("Dear friend").count()


def test_languages_views_and_readers_have_their_addresses(page: Page) -> None:
    """Each is a link, so that keyboards, bookmarks and browsers without scripts reach it."""
    page.get_by_role("link", name="Español").click()
    assert page.frame_locator("#shown").locator("html").get_attribute("lang") == "es"
    page.get_by_role("link", name="Phone").click()
    page.wait_for_url("**view=phone**")
    until(page, "document.getElementById('shown').contentWindow.innerWidth === 375")
    assert page.get_by_role("link", name="Español").get_attribute("aria-current") == "true"
    page.get_by_role("link", name="Text").click()
    page.wait_for_url("**view=text**")
    assert "Perú" in page.locator("pre").inner_text()


def test_it_works_without_scripts(browser: Browser, steady: Studio) -> None:
    """X13: without scripts the letter, the problems and every view are there all the same."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{steady.address}?language=es")
    assert "Perú" in page.frame_locator("#shown").locator("body").inner_text()
    assert page.locator("#state").is_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 720, 1280])
def test_nothing_scrolls_sideways(browser: Browser, steady: Studio, width: int) -> None:
    """X9: the page reflows down to 320 pixels."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(steady.address)
    page.locator("#fields").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        "[...document.querySelectorAll('a, summary, button')].filter(e => e.className !== 'skip' && e.checkVisibility())"
        ".map(e => e.getBoundingClientRect()).filter(r => r.height < 24 || r.width < 24).length"
    )
    assert small == 0
    context.close()


def test_the_keyboard_reaches_everything(page: Page) -> None:
    """X12: the first Tab is a way to the letter; every link and fold can be reached, and shows its focus."""
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "[document.activeElement.className || document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle].join(' ')"
            )
        )
        if seen[-1].startswith("IFRAME"):
            break
    assert seen[0].startswith("skip")
    reachable = page.locator("header a, aside a, aside summary, .bar a").count()
    inside = [one for one in seen[1:] if not one.startswith("IFRAME")]
    assert len(inside) >= reachable
    assert all(one.endswith("solid") for one in inside[:reachable])


def test_only_this_machine_under_its_own_name(steady: Studio) -> None:
    """P16: a foreign Host (DNS rebinding) or Origin is refused with 403; so is a right name with a wrong port."""
    port = steady.root.rpartition(":")[2]
    good = httpx.get(steady.address)
    assert good.status_code == 200
    for host in ("evil.example.org", f"evil.example.org:{port}", "127.0.0.1", "127.0.0.1:1", ""):
        assert httpx.get(steady.address, headers={"Host": host}).status_code == 403, host
    assert httpx.get(steady.address, headers={"Origin": "https://evil.example.org"}).status_code == 403
    assert httpx.get(steady.address, headers={"Origin": "null"}).status_code == 403
    assert httpx.get(steady.address, headers={"Host": f"localhost:{port}"}).status_code == 200


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_refused_is_said_in_her_language(steady: Studio, language: str) -> None:
    """A page or a sentence with the way on, whether it is too large, from elsewhere or not what a page hands in."""
    spoken = {"Accept-Language": language}
    act = {**spoken, "Accept": "application/json", "X-Studio-Token": steady.token}
    found = {
        413: httpx.post(f"{steady.address}/save", headers=act, content=b"0" * 30_000_001),
        403: httpx.post(f"{steady.address}/save", headers={**act, "X-Studio-Token": "old"}),
        400: httpx.post(f"{steady.address}/save", headers=act, json=[]),
        404: httpx.post(f"{steady.address}/nowhere", headers=act, json={}),
    }
    first = {"en": {"This", "The", "What", "There"}, "es": {"Esto", "El", "Lo", "Esta"}}[language]
    for code, answer in found.items():
        told = answer.json()
        assert answer.status_code == code
        assert told["message"].split()[0] in first
        assert told["hint"]
        assert answer.headers["Cache-Control"] == "no-store"
    page = httpx.get(steady.address, headers={**spoken, "Accept": "text/html", "Host": "evil.example.org"})
    assert page.status_code == 403
    assert f'<html lang="{language}"' in page.text
    assert found[403].json()["message"] in page.text
    assert steady.token not in page.text
    assert not list(steady.workspace.outbox.glob("trouble-*"))


def test_no_other_page_may_load_a_part_of_it(steady: Studio) -> None:
    """P16: what a browser asks for on behalf of another page is refused; a link that is followed is not."""
    for site in ("cross-site", "same-site"):
        asked = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}
        assert httpx.get(f"{steady.root}/assets/bench.js", headers=asked).status_code == 403
        framed = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
        assert httpx.get(f"{steady.address}/letter/en", headers=framed).status_code == 403
        followed = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
        assert httpx.get(steady.address, headers=followed).status_code == 200
    typed = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert httpx.get(steady.address, headers=typed).status_code == 200


def test_at_the_web_s_own_port_the_name_alone_will_do() -> None:
    """Browsers leave ``:80`` out of Host and Origin."""
    assert Guard(Starlette(), 80, "t").hosts == {"127.0.0.1:80", "localhost:80", "127.0.0.1", "localhost"}
    assert Guard(Starlette(), 8000, "t").hosts == {"127.0.0.1:8000", "localhost:8000"}


def test_ten_tabs_of_the_preview_all_answer(browser: Browser, studio: Studio) -> None:
    """A browser holds six connections to one place: tabs in the background keep none, and catch up when they are seen."""
    context = browser.new_context()
    tabs = [context.new_page() for _ in range(10)]
    for tab in tabs:
        tab.goto(studio.address, timeout=MOMENT_MS)
        tab.locator("#state").wait_for(timeout=MOMENT_MS)
        hide(tab, "hidden")
    change(studio, title_line(studio), "    title: Seen again")
    hide(tabs[0], "visible")
    letter_says(tabs[0], "Seen again")
    context.close()


def hide(page: Page, state: str) -> None:
    """Tell a page what a browser tells it when another tab comes before it, which a headless one never does."""
    page.evaluate(
        "state => {Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))}",
        state,
    )


def test_it_listens_on_loopback_only(steady: Studio) -> None:
    """P16: no other address of this machine answers."""
    port = int(steady.root.rpartition(":")[2])
    others = {one[4][0] for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in others - {"127.0.0.1"}:
        if not str(address).startswith("127."):
            with pytest.raises(OSError, match=r"refused|timed out|unreachable"):
                socket.create_connection((str(address), port), timeout=1)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=1)


def test_policies_are_strict(steady: Studio) -> None:
    """P16: the page runs its own script only; the letter runs none and loads pictures from here only."""
    policy = httpx.get(steady.address).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    letter = httpx.get(f"{steady.address}/letter/en").headers["content-security-policy"]
    assert "sandbox" in letter
    assert "script" not in letter
    assert "default-src 'none'" in letter


def test_nothing_is_changed_without_the_token(steady: Studio) -> None:
    """P16: an act that does not carry this run's token is refused, also with a wrong one; so is one from elsewhere."""
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        for path in ("/", "/issues/2025-07", "/changes", "/assets/bench.js", "/nowhere"):
            assert httpx.request(method, f"{steady.root}{path}").status_code == 403
            wrong = {"X-Studio-Token": "guessed"}
            assert httpx.request(method, f"{steady.root}{path}", headers=wrong).status_code == 403
    assert steady.post("/nowhere").status_code == 404
    assert steady.post("/nowhere", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert steady.post("/nowhere", Origin="https://evil.example.org").status_code == 403


def test_too_much_at_once_is_refused(steady: Studio) -> None:
    """200 MB are not read in: said by the header, or seen while they come."""
    whole = {"X-Studio-Token": steady.token}
    with socket.create_connection(("127.0.0.1", int(steady.root.rpartition(":")[2]))) as line:
        host = steady.root.removeprefix("http://")
        line.sendall(
            f"POST /nowhere HTTP/1.1\r\nHost: {host}\r\nX-Studio-Token: {steady.token}\r\n"
            f"Content-Length: 200000000\r\nConnection: close\r\n\r\n".encode()
        )
        assert b" 404 " in line.recv(4000)  # answered at once, without a byte of the 200 MB
    assert httpx.post(f"{steady.root}/nowhere", headers=whole).status_code == 404


def test_nothing_but_what_is_ours_is_served(steady: Studio) -> None:
    """P16: no path leads out of the letters, the pages and our own assets."""
    paths = ("/sight.py", "/issues/2025-07/letter/xx", "/.env", "/assets/../desk.py", "/assets/%2e%2e%2fdesk.py")
    pictures = ("/pictures/2025-07/../../.env", "/pictures/2025-07/%2e%2e%2fnewsletter.yaml", "/pictures/x/y.png")
    for path in (*paths, *pictures, "/issues/2025-07-x", "/issues/../x", "/issues/2019-01"):
        assert httpx.get(f"{steady.root}{path}").status_code == 404, path


def test_the_letter_is_an_invented_reader_s(steady: Studio) -> None:
    """P14: no subscriber is ever shown; the leave link leads nowhere real."""
    nameless = httpx.get(f"{steady.address}/letter/en").text
    named = httpx.get(f"{steady.address}/letter/en?reader=ana").text
    assert "Dear friend" in nameless
    assert "Dear Ana" in named
    assert "only-a-preview" in named
    assert not steady.workspace.records.exists()


def test_ctrl_c_ends_it_cleanly(page: Page, studio: Studio) -> None:
    """With a page open, Ctrl-C ends it at once, with 130 and without a traceback; the page says so."""
    page.locator("#state").wait_for()
    code, said = studio.stop()
    assert code == 130
    assert "Traceback" not in said
    assert "rror" not in said
    page.locator("#gone").wait_for(timeout=MOMENT_MS)


def test_a_taken_port_gives_the_next_one(studio: Studio) -> None:
    """Two previews at once: the second says which port it took."""
    port = studio.root.rpartition(":")[2]
    second = start(studio.workspace, "--port", port)
    assert second.root != studio.root
    _, said = second.stop()
    assert f"Port {port} is taken" in said
