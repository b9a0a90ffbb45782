"""What must not happen while she writes: names that lead elsewhere, scripts in fields, a full disk, a folder that is locked."""

from __future__ import annotations

import resource
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.any.studio import ISSUE, MOMENT_MS, Studio, start, until
from tests.studio.test_saving import form_of, save, setting

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from newsletter.workspace import Workspace

SCRIPT = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
OUTSIDE = ("../2025-07", "..%2F2025-07", "%2e%2e/2025-07", "2025-07/../../x", "newsletter", "2025-07.es", "C:2025-07")


@pytest.mark.parametrize("name", OUTSIDE)
def test_an_issue_s_name_leads_nowhere_else(steady: Studio, name: str) -> None:
    """What is no issue's name is no page, and nothing is written."""
    for page in ("", "/parts", "/history", "/file"):
        assert httpx.get(f"{steady.root}/issues/{name}{page}").status_code == 404
    assert steady.post(f"/issues/{name}/save", {"language": "en", "changes": []}).status_code == 404


@pytest.mark.parametrize("language", ["../en", "..", "approval", "en/../../x", "xx", "es\0", "EN"])
def test_a_language_leads_nowhere_else(steady: Studio, language: str) -> None:
    """A language that has no edition is never made into a file's name."""
    before = sorted(path.name for path in steady.workspace.issues.rglob("*"))
    form = form_of(steady, 2)
    change = setting(form.field("title"), "Elsewhere")
    assert save(steady, form, change, language=language).status_code in {400, 404}
    assert steady.post(f"/issues/{ISSUE}/undo", {"language": language}).status_code in {400, 404}
    restore = {"language": language, "state": "x"}
    assert steady.post(f"/issues/{ISSUE}/restore", restore).status_code in {400, 404}
    assert sorted(path.name for path in steady.workspace.issues.rglob("*")) == before


@pytest.mark.parametrize(
    "name", ["../2025-07.yaml", "..%2F2025-07.yaml", "%2Fetc%2Fpasswd", "....//2025-07.yaml", "..\\newsletter.yaml"]
)
def test_a_picture_s_name_leads_nowhere_else(steady: Studio, name: str) -> None:
    """Only pictures of the newsletter's own folder are shown small."""
    assert httpx.get(f"{steady.root}/thumbnails/{name}").status_code == 404


@pytest.mark.parametrize(
    "state", ["../../issues/2025-07.yaml", "copy:../2025-07.yaml", "copy:newsletter.yaml", "/etc/passwd"]
)
def test_a_kept_state_s_name_leads_nowhere_else(steady: Studio, state: str) -> None:
    """A state is one of the list."""
    before = steady.file.read_bytes()
    assert steady.post(f"/issues/{ISSUE}/restore", {"language": "en", "state": state}).status_code == 409
    assert httpx.get(f"{steady.root}/issues/{ISSUE}/then/en", params={"state": state}).status_code == 409
    assert steady.file.read_bytes() == before


def test_a_dropped_picture_s_name_leads_nowhere_else(studio: Studio) -> None:
    """A picture is kept under a plain name in its folder, whatever it was called."""
    data = (studio.workspace.images / "judgment-wiped.png").read_bytes()
    headers = {"X-Studio-Token": studio.token}

    def files() -> set[Path]:
        made_again = (studio.workspace.outbox, studio.workspace.records)
        found = (path for path in studio.workspace.root.rglob("*") if path.is_file())
        return {path for path in found if not any(path.is_relative_to(folder) for folder in made_again)}

    for name in ("../../2025-07.yaml", "/etc/x.png", "..\\..\\x.png", "a\0b.png", "." * 400):
        there = files()
        address = f"{studio.root}/issues/{ISSUE}/picture"
        answer = httpx.post(address, params={"name": name}, content=data, headers=headers, timeout=60)
        assert answer.status_code == 200, answer.text
        assert [path for path in files() - there if path.parent != studio.workspace.images] == []


@pytest.mark.parametrize(
    "data", [b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", b"no picture", b""]
)
def test_what_is_no_picture_is_refused(steady: Studio, data: bytes) -> None:
    """An SVG, which can hold scripts, and what is none at all: refused with a sentence, nothing is kept."""
    before = sorted(steady.workspace.images.iterdir())
    answer = httpx.post(
        f"{steady.root}/issues/{ISSUE}/picture?name=a.png",
        content=data,
        headers={"X-Studio-Token": steady.token, "Accept": "application/json"},
        timeout=60,
    )
    assert answer.status_code == 409
    assert answer.json()["message"]
    assert sorted(steady.workspace.images.iterdir()) == before


def test_200_mb_are_refused(steady: Studio) -> None:
    """Long before they are read; with a length that is told, and in pieces without one."""
    headers = {"X-Studio-Token": steady.token}
    address = f"{steady.root}/issues/{ISSUE}/picture?name=a.png"
    piece = b"\0" * 1_000_000
    for content in (piece * 200, (piece for _ in range(200))):
        try:
            answer = httpx.post(address, content=content, headers=headers, timeout=60)
        except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
            continue  # the studio hung up on it
        assert answer.status_code == 413
    assert httpx.get(steady.root).status_code == 200


def test_another_site_cannot_write(steady: Studio) -> None:
    """P16: without this run's token, or from another origin, nothing is written."""
    before = steady.file.read_bytes()
    form = form_of(steady, 2)
    content = {"language": "en", "digest": form.digest, "changes": [setting(form.field("title"), "Theirs")]}
    for act in ("save", "undo", "redo", "mend", "pasted", "picture", "restore"):
        address = f"{steady.root}/issues/{ISSUE}/{act}"
        assert httpx.post(address, json=content).status_code == 403
        foreign = {"X-Studio-Token": steady.token, "Origin": "https://evil.example"}
        assert httpx.post(address, json=content, headers=foreign).status_code == 403
        cross = {"X-Studio-Token": steady.token, "Sec-Fetch-Site": "cross-site"}
        assert httpx.post(address, json=content, headers=cross).status_code == 403
    assert steady.file.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [[], {"changes": 3}, {"changes": [{"act": "burn"}]}, {"changes": [{"act": "set", "path": [{}]}]}, {"changes": [{"act": "move", "path": [], "to": -1}]}, {"language": 7}],
)  # fmt: skip
def test_what_is_no_change_is_refused(steady: Studio, content: object) -> None:
    """Not what a page of ours sends: 400, and nothing is written."""
    before = steady.file.read_bytes()
    assert steady.post(f"/issues/{ISSUE}/save", content).status_code == 400
    assert steady.file.read_bytes() == before


def test_a_script_in_every_field_is_text(page: Page, studio: Studio) -> None:
    """In the form, the list, the problems, the file, the history and the letter it is shown as text and never runs."""
    for section in range(6):
        form = form_of(studio, section)
        changes = [
            setting(one, SCRIPT) for one in form.fields if one.kind in {"text", "markdown", "url", "partial-date"}
        ]
        assert save(studio, form, *changes).status_code == 200
    for address in [f"{ISSUE}?section={n}" for n in range(6)] + [f"{ISSUE}/file", f"{ISSUE}/history"]:
        page.goto(f"{studio.root}/issues/{address}")
        page.wait_for_timeout(300)
        assert page.evaluate("document.title") != "ran"
        assert page.locator("img[src='x']").count() == 0
    page.goto(f"{studio.address}?section=2")
    assert page.locator("#f-1-title").input_value() == SCRIPT
    page.locator("#f-1-title").press("End")
    page.keyboard.type(" more")
    page.locator("#saved", has_text="Saved at").wait_for(timeout=MOMENT_MS)
    page.wait_for_timeout(1500)
    assert page.evaluate("document.title") != "ran"


def test_the_disk_is_full(sample: Workspace) -> None:
    """No file can grow: the last good state stays, the sentence says what to do."""
    running = start(sample, "--port", "0")
    try:
        form = form_of(running, 2)
        before = running.file.read_bytes()
        resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
        answer = save(running, form, setting(form.field("title"), "Nowhere to go"))
        assert answer.status_code == 409
        assert "cannot be written" in answer.json()["message"]
        assert "room" in answer.json()["hint"]
        assert running.file.read_bytes() == before
        resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert save(running, form, setting(form.field("title"), "Room again")).json()["wrote"]
    finally:
        running.kill()


def test_a_file_that_is_locked(page: Page, studio: Studio) -> None:
    """Marked as read-only: she is told, her words stay in the field, and come into the file when it is open again."""
    page.goto(f"{studio.address}?section=2")
    until(page, "document.body.dataset.pane")
    studio.file.chmod(stat.S_IRUSR)
    page.locator("#f-1-title").fill("Against a lock")
    page.locator("#saved.mend", has_text="Your words are kept here").wait_for(timeout=20_000)
    assert "read-only" in page.locator("#saved").inner_text()
    studio.file.chmod(stat.S_IRUSR | stat.S_IWUSR)
    page.keyboard.press("Control+s")
    page.locator("#saved", has_text="Saved at").wait_for(timeout=20_000)
    assert "Against a lock" in studio.file.read_text("utf-8")


def test_a_broken_template_of_her_own(studio: Studio) -> None:
    """The letter cannot be made, and the form of that section opens and saves all the same."""
    own = studio.workspace.root / "templates" / "sections" / "news"
    own.mkdir(parents=True)
    (own / "email.mjml").write_text("<mj-section>{{ broken", "utf-8")
    form = form_of(studio, 2)
    assert form.field("title").value
    assert save(studio, form, setting(form.field("title"), "Written all the same")).json()["wrote"]
    (own / "fields.yaml").write_text("fields: [", "utf-8")
    form = form_of(studio, 2)
    assert form.field("title").value == "Written all the same"
