"""The whole month of a newcomer in the studio, by mouse and by keyboard alone; no terminal after ``preview``.

She begins August, writes three sections (one pasted from a Word page, one with a picture), lets an ask go that is over,
mends what is to mend, looks at five views, has it approved, gets a test copy from a real mail server, and takes the files
for a mailing service with her. The file at the end is what a careful person would have typed.
"""

from __future__ import annotations

import difflib
import email
import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from email import policy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsletter.demo.server import Received, mail_server
from newsletter.workspace import Workspace
from tests.any.managed import Managed, managed, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Download, Locator, Page

WAIT_MS = 60_000  # generous for a busy machine
MOST_TABS = 400
COPIED = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><p class=MsoNormal>Dear friends,<o:p></o:p></p>'
    "<p class=MsoNormal>In August the courts rest, and <b>the families do not</b>. Read "
    '<a href="https://example.org/what-they-ask">what they ask for</a>.<o:p></o:p></p></body></html>'
)


class Mouse:
    """She who clicks, and types where she clicked."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, what: Locator) -> None:
        """Click a button, a link or a box."""
        what.click()

    def go_to(self, what: Locator) -> None:
        """Put the cursor into a field."""
        what.click()

    def write(self, what: Locator, words: str) -> None:
        """Write a field anew."""
        self.go_to(what)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def put_in(self, where: Locator, picture: Path) -> None:
        """Drop a picture."""
        data = self.page.evaluate_handle(
            """([name, bytes]) => {
              const data = new DataTransfer();
              data.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
              return data;
            }""",
            [picture.name, list(picture.read_bytes())],
        )
        where.locator("[data-drop]").dispatch_event("drop", {"dataTransfer": data})

    def download(self, what: Locator) -> Download:
        """Take a file."""
        with self.page.expect_download() as taken:
            self.press(what)
        return taken.value


class Keys(Mouse):
    """She who has no mouse: Tab goes on, Enter and Space press."""

    def go_to(self, what: Locator) -> None:
        """Press Tab until it has the focus, which is always to be seen."""
        what.wait_for()
        for _ in range(MOST_TABS):
            if what.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"no way by Tab to {what}")

    def press(self, what: Locator) -> None:
        """Enter, or Space where it is a box to tick."""
        self.go_to(what)
        box = what.evaluate("one => one.type === 'checkbox' || one.tagName === 'SUMMARY'")
        self.page.keyboard.press("Space" if box else "Enter")

    def put_in(self, where: Locator, picture: Path) -> None:
        """Choose a picture from a folder."""
        with self.page.expect_file_chooser() as chosen:
            self.press(where.locator("[data-choose]"))
        chosen.value.set_files(picture)


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[Received]:
    """A real mail server."""
    with mail_server(tmp_path / "mail") as server:
        yield server


@pytest.fixture
def at(sample: Workspace, mail: Received) -> Iterator[Managed]:
    """A studio on the sample that knows the mail server."""
    environ = {
        "NEWSLETTER_SMTP_HOST": "127.0.0.1",
        "NEWSLETTER_SMTP_PORT": str(mail.port),
        "NEWSLETTER_SMTP_SECURITY": "none",
    }
    with managed(sample, environ=environ) as running:
        yield running


@pytest.fixture
def tab(browser: Browser, at: Managed) -> Iterator[Page]:
    """A window at the start page."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 1000},
        locale="en-GB",
        accept_downloads=True,
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(at.root)
    yield page
    context.close()


@pytest.mark.parametrize("hands", [Mouse, Keys])
def test_a_month(hands: type[Mouse], tab: Page, at: Managed, mail: Received) -> None:
    """From the start page to the files for a mailing service."""
    file = at.workspace.issues / "2025-08.yaml"
    she = hands(tab)
    begins(she)
    skeleton = file.read_text("utf-8")
    writes_the_start(she, file)
    pastes_the_letter(she, file)
    writes_news(she, file, at.workspace.images / "long-road.png")
    adds_a_quote(she, file)
    lets_an_ask_go(she, file)
    mends(she)
    looks(she)
    differs = difflib.unified_diff(as_typed(skeleton).splitlines(), file.read_text("utf-8").splitlines(), lineterm="")
    assert "\n".join(differs) == ""
    approves(she)
    tries_out(she, mail)
    exports(she)


def begins(she: Mouse) -> None:
    """August, in English."""
    page = she.page
    she.press(page.get_by_role("link", name="Start the next issue"))
    she.press(page.get_by_role("checkbox", name="Español"))
    she.press(page.get_by_role("button", name="Begin it"))
    page.get_by_role("heading", name="August 2025 is begun.").wait_for()
    she.press(page.locator("#begun a.main"))
    page.wait_for_url("**/issues/2025-08**")


def ready(page: Page, section: str) -> None:
    """Wait until the form of a section is there to be written in."""
    page.locator("#form-title", has_text=section).wait_for()


def open_section(she: Mouse, title: str, label: str) -> None:
    """Choose a section in the list on the left."""
    she.press(she.page.locator("#lines a", has_text=title).first)
    ready(she.page, label)


def until(file: Path, true: Callable[[str], bool]) -> None:
    """Wait until the file says so."""
    end = time.monotonic() + WAIT_MS / 1000
    while not true(text := file.read_text("utf-8")):
        assert time.monotonic() < end, text
        time.sleep(0.05)


def writes_the_start(she: Mouse, file: Path) -> None:
    """Subject and preheader."""
    open_section(she, "Subject and date", "Start")
    she.write(she.page.get_by_label("Subject", exact=True), "Peru: the courts rest, the families do not")
    she.write(she.page.get_by_label("Preheader", exact=True), "What they ask for, and a petition that is still open")
    until(file, lambda text: "a petition that is still open" in text)


def pastes_the_letter(she: Mouse, file: Path) -> None:
    """The letter comes from a Word page, by the clipboard."""
    page = she.page
    open_section(she, "Dear", "Letter")
    page.evaluate(
        """html => navigator.clipboard.write([new ClipboardItem({
          'text/html': new Blob([html], { type: 'text/html' }),
          'text/plain': new Blob(['Dear friends,'], { type: 'text/plain' }),
        })])""",
        COPIED,
    )
    she.go_to(page.locator("#form textarea").first)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")
    until(file, lambda text: "(https://example.org/what-they-ask)" in text)


def writes_news(she: Mouse, file: Path, picture: Path) -> None:
    """A piece of news with a day, a picture and a source."""
    page = she.page
    she.press(page.locator("#add summary"))
    she.press(page.locator("[data-add='news']"))
    ready(page, "News")
    she.write(page.get_by_label("Title", exact=True), "A road is opened")
    she.write(page.get_by_label("Date", exact=True), "4 July 2025")
    she.write(page.get_by_label("Place", exact=True), "Lima")
    she.write(page.get_by_label("Text", exact=True), "The road to the village was opened on Friday.")
    until(file, lambda text: "was opened on Friday" in text)
    she.put_in(page.locator("fieldset.picture").first, picture)
    page.get_by_label("Description", exact=True).wait_for()
    she.write(page.get_by_label("Description", exact=True), "A long road to a court")
    she.write(page.get_by_label("Credit", exact=True), "Drawing: the newsletter's own")
    until(file, lambda text: "the newsletter's own" in text)


def adds_a_quote(she: Mouse, file: Path) -> None:
    """The third section."""
    page = she.page
    she.press(page.locator("#add summary"))
    she.press(page.locator("[data-add='quote']"))
    ready(page, "Quote")
    she.write(page.get_by_label("What was said", exact=True), "We will not rest.")
    she.write(page.get_by_label("Who said it", exact=True), "Rosa Example")
    until(file, lambda text: "Rosa Example" in text)


def lets_an_ask_go(she: Mouse, file: Path) -> None:
    """She looked: the Urgent Action is over."""
    open_section(she, "Ask the President", "Petition")
    she.press(she.page.get_by_role("button", name="Remove", exact=True).first)
    until(file, lambda text: "Ask the President" not in text)


def mends(she: Mouse) -> None:
    """Nothing is left that keeps the letter from leaving."""
    she.page.locator("#state", has_text="Nothing to mend").wait_for()


def looks(she: Mouse) -> None:
    """Five views of the letter."""
    page = she.page
    for name, view in (("Phone", "phone"), ("Dark", "dark"), ("Images off", "images-off"), ("Text", "text")):
        she.press(page.locator("#letter").get_by_role("link", name=name, exact=True))
        page.wait_for_url(f"**view={view}**")
    she.press(page.locator("#letter").get_by_role("link", name="Inbox", exact=True))
    page.wait_for_url("**view=inbox**")
    page.locator("#letter", has_text="Peru: the courts rest").first.wait_for()


def approves(she: Mouse) -> None:
    """Somebody who did not write it, at this computer."""
    page = she.page
    she.press(page.locator("#next"))
    page.wait_for_url("**/issues/2025-08/approve")
    she.write(page.locator("#by"), "Rosa Example")
    she.press(page.locator("#read"))
    she.press(page.get_by_role("button", name="Approve in this name"))
    page.get_by_role("heading", name="It is approved").wait_for()


def tries_out(she: Mouse, mail: Received) -> None:
    """A copy to the coordinators' own address, by a real mail server."""
    page = she.page
    she.press(page.locator("main a.main"))
    page.wait_for_url("**/issues/2025-08/test")
    she.press(page.get_by_role("button", name="Send the test copy"))
    wait_for(lambda: mail.messages == 1, 60)
    assert mail.recipients == ["ines@example.org"]
    message = email.message_from_bytes((mail.folder / "01.eml").read_bytes(), policy=policy.default)
    assert message["subject"] == "Peru: the courts rest, the families do not"
    text = message.get_body(("plain",))
    assert text is not None
    assert "what they ask for <https://example.org/what-they-ask>" in " ".join(text.get_content().split())


def exports(she: Mouse) -> None:
    """The files for a mailing service, as a download."""
    page = she.page
    she.press(page.get_by_role("link", name="Export", exact=True).first)
    page.wait_for_url("**/issues/2025-08/export")
    if page.locator("#looked").count():
        she.press(page.locator("#looked"))
    taken = she.download(page.get_by_role("button", name="Make the files"))
    names = zipfile.ZipFile(io.BytesIO(Path(taken.path()).read_bytes())).namelist()
    assert any(name.endswith(".html") for name in names)
    assert any(name.endswith("long-road.png") or "images/" in name for name in names)


NEW = """      Dear friends,

      In August the courts rest, and **the families do not**. Read [what they ask
      for](https://example.org/what-they-ask).

  - type: news
    title: A road is opened
    date: 2025-07-04
    place: Lima
    body: |
      The road to the village was opened on Friday.
    image:
      file: long-road.png
      alt: A long road to a court
      credit: "Drawing: the newsletter's own"

  - type: quote
    text: We will not rest.
    speaker: Rosa Example
"""


def as_typed(skeleton: str) -> str:
    """What a careful person makes of the skeleton: every note stays, but for the ask that went with its own."""
    head, _, rest = skeleton.partition("      Dear {first_name|friends},\n")
    _, _, rest = rest.partition("what readers can do today.\n")
    head = re.sub(r"(?m)^subject: .*$", 'subject: "Peru: the courts rest, the families do not"', head)
    head = re.sub(r"(?m)^preheader: .*$", 'preheader: "What they ask for, and a petition that is still open"', head)
    kept, _, gone = rest.partition("  #> Carried on from 2025-04")
    return head + NEW + kept + gone.partition("    closed: unsure\n\n")[2]
