"""Writing in a real browser, by mouse and by keyboard alone: what is typed stands in the file, and nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.any.studio import MOMENT_MS, Studio, change, start, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

LONG_MS = 60_000
BODY = "Dear {first_name|friends},"


def until_file(studio: Studio, true: Callable[[str], bool]) -> str:
    """Wait until the file says so; what it says."""
    end = time.monotonic() + LONG_MS / 1000
    while not true(text := studio.file.read_text("utf-8") if studio.file.exists() else ""):
        assert time.monotonic() < end, text[-2000:]
        time.sleep(0.05)
    return text


def opened(page: Page, studio: Studio, section: int = 2) -> Page:
    """The form of a section, ready to be written in."""
    page.goto(f"{studio.address}?section={section}")
    until(page, "document.querySelector('#panes [aria-pressed=true]') && document.body.dataset.pane")
    return page


def test_typing_saves_by_itself(page: Page, studio: Studio) -> None:
    """A moment after the last key the file has it, and the bar says so; the letter follows."""
    opened(page, studio)
    page.locator("#f-1-title").fill("Congress waits")
    until_file(studio, lambda text: "    title: Congress waits\n" in text)
    page.locator("#saved", has_text="Saved at").wait_for(timeout=MOMENT_MS)
    page.locator("#lines [aria-current] .title", has_text="Congress waits").wait_for(timeout=LONG_MS)
    assert page.locator("#undo").get_attribute("aria-disabled") is None


def test_opening_every_form_changes_nothing(page: Page, studio: Studio) -> None:
    """She looks at each section and changes nothing: the file is what it was, byte for byte."""
    before = studio.file.read_bytes()
    for section in range(6):
        opened(page, studio, section)
        for one in page.locator("#fields [data-value]:visible").all():
            one.focus()
        page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    assert studio.file.read_bytes() == before


def test_marks_by_button_and_by_key(page: Page, studio: Studio) -> None:
    """Bold, link and list go around what is selected, and Ctrl+Z takes them back in the field, Ctrl+Shift+Z puts them there again."""
    opened(page, studio, 1)
    area = page.locator("#f-0-body")
    area.fill("Some words here")
    area.evaluate("area => area.setSelectionRange(5, 10)")
    page.keyboard.press("Control+b")
    assert area.input_value() == "Some **words** here"
    page.keyboard.press("Control+z")
    assert area.input_value() == "Some words here"
    page.keyboard.press("Control+Shift+z")
    assert area.input_value() == "Some **words** here"
    page.keyboard.press("Control+z")
    area.evaluate("area => area.setSelectionRange(5, 10)")
    page.get_by_role("button", name="Link", exact=True).click()
    page.wait_for_function("() => document.querySelector('#f-0-body').value.includes('[words](')")
    page.keyboard.insert_text("https://example.org/a")
    assert area.input_value() == "Some [words](https://example.org/a) here"
    page.get_by_role("button", name="List", exact=True).click()
    until_file(studio, lambda text: "- Some [words](https://example.org/a) here" in text)


def test_paste_from_a_word_page_comes_in_as_markdown(page: Page, studio: Studio) -> None:
    """Emphasis, links and lists of what was copied stay; what was left out is said; Ctrl+Z takes it out again."""
    opened(page, studio, 1)
    area = page.locator("#f-0-body")
    area.fill("")
    page.evaluate(
        """() => {
          const area = document.querySelector('[data-kind=markdown] textarea');
          area.focus();
          const data = new DataTransfer();
          data.setData('text/html', '<p class=MsoNormal>A <b>strong</b> <a href="https://example.org/x">link</a></p>'
            + '<ul><li>one</li><li>two</li></ul><img src="a.png">');
          data.setData('text/plain', 'A strong link');
          area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    until_file(studio, lambda text: "A **strong** [link](https://example.org/x)" in text and "- one" in text)
    page.locator(".pasted", has_text="picture").wait_for(timeout=MOMENT_MS)
    area.focus()
    page.keyboard.press("Control+z")
    assert area.input_value() == ""


def test_a_day_is_chosen_from_the_calendar_by_keyboard(page: Page, studio: Studio) -> None:
    """Arrows and Page Down go, Enter takes the day, Esc goes back without; focus returns to the field."""
    opened(page, studio)
    page.locator("#f-1-date + [data-calendar]").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    for key in ("PageDown", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Monday, July 21, 2025"
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert page.evaluate("document.activeElement.hasAttribute('data-calendar')")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    until_file(studio, lambda text: "    date: 2025-06-14\n" in text)
    assert page.evaluate("document.activeElement.id") == "f-1-date"


def test_a_day_that_may_be_two_asks(page: Page, studio: Studio) -> None:
    """4/7/25: two buttons stand under the field, and the file keeps its day until one is pressed."""
    opened(page, studio)
    page.locator("#f-1-date").fill("4/7/25")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="4 July 2025").click()
    until_file(studio, lambda text: "    date: 2025-07-04\n" in text)


def test_a_section_is_added_moved_removed_and_brought_back(page: Page, studio: Studio) -> None:
    """By mouse: each act is at once in the file; what was removed comes back at a click."""
    before = studio.file.read_text("utf-8")
    opened(page, studio, 4)
    page.locator("#add summary").click()
    page.locator("[data-add='quote']").click()
    until_file(studio, lambda text: "  - type: quote\n" in text)
    page.locator("#form-title", has_text="Quote").wait_for(timeout=LONG_MS)
    page.get_by_label("What was said").fill("We want to know where they are.")
    until_file(studio, lambda text: "where they are" in text)
    page.get_by_role("button", name="Move up", exact=True).first.click()
    page.locator("#spoken", has_text="Moved to place 4 of 6").wait_for(timeout=LONG_MS)
    page.get_by_role("button", name="Remove", exact=True).first.click()
    until_file(studio, lambda text: "type: quote" not in text)
    page.get_by_role("button", name="Bring it back").click()
    until_file(studio, lambda text: "type: quote" in text)
    while (last := studio.file.read_text("utf-8")) != before:
        page.locator("#undo:not([aria-disabled])").click(timeout=LONG_MS)
        until_file(studio, partial(str.__ne__, last))


def test_a_source_is_added_and_removed(page: Page, studio: Studio) -> None:
    """A member of a list comes into the file with its first word, and goes again."""
    opened(page, studio)
    sources = page.locator("[data-kind='sources']")
    count = sources.locator(".item").count()
    sources.get_by_role("button", name="Add one").click()
    page.keyboard.type("A new report")
    page.keyboard.press("Tab")
    page.keyboard.type("Example House")
    until_file(studio, lambda text: "      - title: A new report\n        publisher: Example House\n" in text)
    page.reload()
    assert sources.locator(".item").count() == count + 1
    sources.locator(".item").last.get_by_role("button", name="Remove").click()
    until_file(studio, lambda text: "A new report" not in text)


def test_one_new_source_is_empty_at_a_time(page: Page, studio: Studio) -> None:
    """“Add one” twice leads to the same empty member: a gap between two could not be saved."""
    opened(page, studio)
    sources = page.locator("[data-kind='sources']")
    count = sources.locator(".item").count()
    for _ in range(2):
        sources.get_by_role("button", name="Add one").click()
    assert sources.locator(".item").count() == count + 1
    page.keyboard.type("A new report")
    until_file(studio, lambda text: "      - title: A new report\n" in text)
    assert page.locator("#conflict").count() == 0


def test_an_answer_that_comes_late_is_no_conflict(page: Page, studio: Studio) -> None:
    """The letter is drawn anew while the save is still under way: she types on, and it is her field all the same."""
    opened(page, studio)

    def late(route: Route) -> None:
        answer = route.fetch()
        page.wait_for_timeout(1500)  # so that the studio tells of the change meanwhile
        page.keyboard.type(" report")
        route.fulfill(response=answer)

    page.route("**/save", late, times=1)
    sources = page.locator("[data-kind='sources']")
    sources.get_by_role("button", name="Add one").click()
    with page.expect_response("**/save", timeout=LONG_MS):
        page.keyboard.type("A new")
    until_file(studio, lambda text: "      - title: A new report\n" in text)
    assert page.locator("#conflict").count() == 0


def test_a_picture_is_chosen_and_asks_for_its_words(page: Page, studio: Studio) -> None:
    """Its file goes into the newsletter's folder and its name into the file; then its description is asked for."""
    opened(page, studio, 3)
    page.locator(".picture [data-unset]").first.click()
    until_file(studio, lambda text: "file: daughter" not in text)
    page.get_by_role("button", name="Choose a picture").first.wait_for(timeout=LONG_MS)
    with page.expect_file_chooser() as chosen:
        page.locator(".picture [data-choose]").first.click()
    chosen.value.set_files(studio.workspace.images / "long-road.png")
    until_file(studio, lambda text: "    image:\n      file: long-road.png\n" in text)
    until(page, "document.activeElement.id === 'f-2-image-alt'")
    page.keyboard.type("A long road to a court")
    until_file(studio, lambda text: "      alt: A long road to a court\n" in text)
    with page.expect_file_chooser() as chosen:
        page.locator(".picture [data-choose]").first.click()
    chosen.value.set_files(studio.file)
    page.locator("[data-refused]:visible").wait_for(timeout=LONG_MS)
    assert "file: long-road.png" in studio.file.read_text("utf-8")


def test_a_new_text_is_wrapped_as_the_others_are(page: Page, studio: Studio) -> None:
    """A file whose paragraphs go over several lines gets a new one in such lines too."""
    opened(page, studio, 1)
    page.locator("#f-0-body").fill("A sentence that goes on. " * 12)
    text = until_file(studio, lambda text: "A sentence that goes on." in text)
    assert max(len(line) for line in text.splitlines() if "A sentence" in line) <= 102


def test_two_changed_the_same_field(page: Page, studio: Studio) -> None:
    """Nothing is written until she has chosen; typing goes on; her words then stand, and theirs are kept."""
    opened(page, studio)
    title = page.locator("#f-1-title")
    title.evaluate("one => { one.value = 'Mine'; }")
    change(studio, "title: A vote that could wipe", "title: Theirs, who wiped")
    theirs = studio.file.read_text("utf-8")
    title.press("End")
    page.keyboard.type(" too")
    note = page.locator("#conflict")
    note.wait_for(timeout=LONG_MS)
    assert "changed in another place" in note.inner_text()
    page.keyboard.type(", still")
    note.get_by_role("button", name="Show both").click()
    assert "Theirs, who wiped" in page.locator("#both").inner_text()
    page.wait_for_timeout(1200)
    assert studio.file.read_text("utf-8") == theirs
    note.get_by_role("button", name="Keep mine").click()
    until_file(studio, lambda text: "    title: Mine too, still\n" in text)


def test_her_words_outlive_a_reload_and_the_studio(page: Page, studio: Studio) -> None:
    """The studio stops while she types: she is told; a new one on the same address takes the words in."""
    opened(page, studio)
    port = studio.root.rpartition(":")[2]
    studio.kill()
    page.locator("#f-1-title").fill("Typed while nobody listened")
    page.locator("#saved.mend", has_text="Your words are kept here").wait_for(timeout=LONG_MS)
    again = start(studio.workspace, "--port", port)
    try:
        until_file(studio, lambda text: "Typed while nobody listened" in text)
        page.locator("#saved", has_text="Saved at").wait_for(timeout=LONG_MS)
    finally:
        again.kill()


def test_a_problem_opens_its_field_and_is_mended(page: Page, studio: Studio) -> None:
    """F8 goes to the field and the place; the field says what to mend, tied to it; mended, it goes."""
    change(studio, "It would not stand alone.", "It would not stand alone, [click here](https://example.org/x).")
    change(studio, "    title: A vote that could wipe away the verdicts\n", '    title: ""\n')
    opened(page, studio, 0)
    page.locator(".problem").first.wait_for(timeout=LONG_MS)
    page.keyboard.press("F8")
    until(page, "document.activeElement.id === 'f-1-title'")
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    told = page.evaluate(
        "document.activeElement.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id)?.textContent).join(' ')"
    )
    assert "To mend:" in told
    page.keyboard.type("A vote")
    page.locator("#state", has_text="Nothing to mend").wait_for(timeout=LONG_MS)
    until(page, "document.getElementById('f-1-title').getAttribute('aria-invalid') !== 'true'")


def test_undo_by_key_first_in_the_field_then_the_last_change(page: Page, studio: Studio) -> None:
    """Ctrl+Z in a field that says something new is the field's; outside of it the last change goes."""
    before = studio.file.read_text("utf-8")
    opened(page, studio)
    page.locator("#f-1-place").fill("Cusco")
    until_file(studio, lambda text: "place: Cusco" in text)
    page.locator("#lines a").first.focus()
    page.keyboard.press("Control+z")
    until_file(studio, lambda text: text == before)
    until(page, "document.getElementById('f-1-place').value === 'Lima'")


@pytest.mark.parametrize("width", [320, 375, 720, 1024, 1440])
def test_buttons_side_by_side_never_lie_over_each_other(browser: Browser, steady: Studio, width: int) -> None:
    """Move up, Move down, Duplicate, Remove: joined where they have one row; where they wrap, each by itself."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{steady.address}?section=2")
    rows = page.locator("#form .pair").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => [one.getBoundingClientRect().left, ...[...one.children].map(each => each.getBoundingClientRect())]"
        ".map(box => box.x === undefined ? box : [box.left, box.top, box.right, box.bottom]))"
    )
    assert rows
    for left, *boxes in rows:
        wraps = len({top for _, top, _, _ in boxes}) > 1
        for number, one in enumerate(boxes):
            assert one[0] >= left
            for other in boxes[number + 1 :]:
                joined = one[2] - other[0] <= 1 and not wraps
                assert joined or one[2] <= other[0] or one[3] <= other[1], (one, other)
    context.close()


@pytest.mark.parametrize("width", [320, 720, 1024, 1440])
def test_no_form_scrolls_sideways(browser: Browser, steady: Studio, width: int) -> None:
    """Every section's form, at every width."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for section in range(6):
        page.goto(f"{steady.address}?section={section}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(
            "document.getElementById('form').scrollWidth <= document.getElementById('form').clientWidth"
        )
    context.close()


def test_what_comes_while_a_button_is_pressed_waits(page: Page, studio: Studio) -> None:
    """The list is made anew only when she has let go: press and release meet the same line, and her click counts."""
    opened(page, studio)
    line = page.locator("#lines a", has_text="Who called the shots?")
    page.locator("#f-1-title").focus()
    place = line.bounding_box()
    line.hover()
    page.mouse.down()
    with page.expect_response("**/parts*"):
        change(studio, "Celia Ramos, whose case stands for thousands", "Celia Ramos, and thousands")
    page.wait_for_timeout(300)
    assert page.locator("#lines", has_text="and thousands").count() == 0
    page.mouse.up()
    page.locator("#lines", has_text="and thousands").wait_for(timeout=MOMENT_MS)
    page.locator("#form h2", has_text="Petition").wait_for(timeout=MOMENT_MS)
    assert line.bounding_box() == place  # a step of other words in the bar moves nothing
