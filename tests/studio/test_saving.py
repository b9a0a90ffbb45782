"""Saving through the studio, without a browser: every form gives its file back as it was; a change changes only its lines."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from newsletter.door import Door
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Kind
from newsletter.nouns.draft import Path as NewsletterPath
from newsletter.phrases import read_phrases
from newsletter.studio.app import studio_app
from newsletter.studio.desk import Desk
from newsletter.studio.form import ITEM, Form, Forms, shown
from newsletter.studio.soft_lines import unwrapped
from newsletter.studio.watch import Watch
from newsletter.studio.written import Written, written
from newsletter.words import read_words
from newsletter.workspace import Workspace, shipped
from newsletter.yaml_tree.data import value_at
from newsletter.yaml_tree.extents import last_line
from newsletter.yaml_tree.tree import Data
from tests.any.issue_files import issue_file
from tests.any.pictures import pictures_at_hand
from tests.any.studio import ISSUE, Studio, start
from tests.studio.test_watch import run

OPENED = re.compile(
    r'<(?P<tag>div|fieldset)[^>]*? data-path="(?P<path>[^"]*)" data-kind="(?P<kind>[^"]*)" data-was="(?P<was>[^"]*)"'
)
CONTROL = re.compile(
    r'<input type="(?P<type>\w+)"[^>]*? value="(?P<value>[^"]*)"[^>]*?(?P<checked> checked)?>'
    r"|<textarea[^>]*? data-value[^>]*>\n(?P<text>.*?)</textarea>|<select id.*?</select>",
    re.DOTALL,
)


@dataclass
class Shown:
    """A field of a form, as its page has it."""

    path: list[str | int]
    kind: str
    was: str
    value: str


@dataclass
class Page:
    """A form, as its page has it."""

    digest: str
    fields: list[Shown]
    page: str

    def field(self, name: str) -> Shown:
        """The field of this name."""
        return next(one for one in self.fields if one.path[-1] == name)


def form_of(studio: Studio, section: int, issue: str = ISSUE, language: str = "en") -> Page:
    """Open a form."""
    return page_of(
        httpx.get(f"{studio.root}/issues/{issue}/parts?section={section}&language={language}", timeout=120).text
    )


def page_of(page: str) -> Page:
    """A form, out of its page."""
    digest = re.search(r'data-digest="(\w*)"', page)
    return Page(digest[1] if digest else "", list(_fields(page)), page)


def _fields(page: str) -> Iterator[Shown]:
    page = re.sub(r"<template>.*?</template>", "", page, flags=re.DOTALL)
    starts = list(OPENED.finditer(page))
    for found, after in zip(starts, [*starts[1:], None], strict=False):
        inside = page[found.end() : after.start() if after else len(page)]
        value = _value(inside, found["kind"])
        if value is not None:
            path = json.loads(html.unescape(found["path"]))
            yield Shown(path, found["kind"], found["was"], html.unescape(value))


def _value(inside: str, kind: str) -> str | None:
    if "data-value" not in inside or kind in {"picture", "sources", "people", "rows"}:
        return None
    if kind == "choice":
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        return chosen[1] if chosen else ""
    controls = [one for one in CONTROL.finditer(inside) if "data-value" in one[0]]
    chosen = next((one for one in controls if one["checked"]), controls[0])
    return chosen["text"] if chosen["text"] is not None else chosen["value"]


def save(studio: Studio, form: Page, *changes: dict[str, object], issue: str = ISSUE, **more: object) -> httpx.Response:
    """Ask for changes, as the form's page does."""
    content = {"language": "en", "digest": form.digest, "changes": list(changes), **more}
    return studio.post(f"/issues/{issue}/save", content)


def setting(field: Shown, now: str) -> dict[str, object]:
    """A change of one field."""
    return {"act": "set", "path": field.path, "was": field.was, "now": now}


def changed_lines(before: bytes, after: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines that only one of two files has, in their order."""
    one, other = before.split(b"\n"), after.split(b"\n")
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return one, other


def test_one_field_changes_its_line_and_nothing_else(studio: Studio) -> None:
    """A title is changed: one line differs, and the state before is kept."""
    before = studio.file.read_bytes()
    form = form_of(studio, 2)
    answer = save(studio, form, setting(form.field("title"), "A vote that was postponed")).json()
    assert answer["wrote"]
    old, new = changed_lines(before, studio.file.read_bytes())
    assert old == [b"    title: A vote that could wipe away the verdicts"]
    assert new == [b"    title: A vote that was postponed"]
    kept = [path.read_bytes() for path in (studio.workspace.records / "copies").iterdir()]
    assert before in kept


def test_a_word_in_a_long_text_changes_only_lines_around_it(studio: Studio) -> None:
    """A paragraph that the file wraps is one line in the form; lines before and after the change stay as they are."""
    before = studio.file.read_bytes()
    form = form_of(studio, 2)
    body = form.field("body")
    assert "police and self-defence committees" in body.value
    save(studio, form, setting(body, body.value.replace("no final sentence. It", "no last sentence. It")))
    old, new = changed_lines(before, studio.file.read_bytes())
    assert len(old) == len(new) == 1
    assert b"no last sentence. It" in new[0]


@pytest.mark.parametrize(
    ("words", "stands"),
    [("4 July 2025", "2025-07-04"), ("2025-07-04", "2025-07-04"), ("4 de julio de 2025", "2025-07-04"), ("13/6/2025", "2025-06-13"), ("June 2024", "2024-06"), ("soon", "soon")],
)  # fmt: skip
def test_a_day_in_any_usual_form(studio: Studio, words: str, stands: str) -> None:
    """What is typed becomes the day as files have it; what is no day stays as it was typed, for the checks to tell."""
    form = form_of(studio, 2)
    save(studio, form, setting(form.field("date"), words))
    assert f"\n    date: {stands}\n" in studio.file.read_text("utf-8")


def test_a_day_that_may_be_two_is_asked_for(studio: Studio) -> None:
    """4/7/25 is in July or in April; nothing is written until she has said which."""
    before = studio.file.read_bytes()
    form = form_of(studio, 2)
    answer = save(studio, form, setting(form.field("date"), "4/7/25")).json()
    assert [one["label"] for one in answer["asked"][0]["days"]] == ["4 July 2025", "7 April 2025"]
    assert studio.file.read_bytes() == before


def test_a_field_changed_in_both_places_is_her_choice(studio: Studio) -> None:
    """Both are shown and nothing is written; keeping hers is a second save that knows of theirs."""
    form = form_of(studio, 2)
    theirs = studio.file.read_text("utf-8").replace("title: A vote that could wipe", "title: A law that would wipe")
    studio.file.write_text(theirs, "utf-8")
    answer = save(studio, form, setting(form.field("title"), "Mine")).json()
    assert answer["both"][0]["theirs"] == "A law that would wipe away the verdicts"
    assert answer["both"][0]["mine"] == "Mine"
    assert studio.file.read_text("utf-8") == theirs
    keep = setting(form.field("title"), "Mine") | {"was": answer["both"][0]["was"]}
    assert save(studio, form, keep).json()["wrote"]
    assert "title: Mine\n" in studio.file.read_text("utf-8")


def test_a_field_that_she_did_not_touch_is_no_conflict(studio: Studio) -> None:
    """Another field was changed in another place, and a section came in above: hers goes to where it belongs now."""
    form = form_of(studio, 3)
    text = studio.file.read_text("utf-8")
    above = text.replace("\n  - type: news\n", "\n  - type: quote\n    text: Words\n\n  - type: news\n", 1)
    studio.file.write_text(above.replace("place: Lima", "place: Cusco", 1), "utf-8")
    assert save(studio, form, setting(form.field("title"), "Celia Ramos, a case of many")).json()["wrote"]
    after = studio.file.read_text("utf-8")
    assert "title: Celia Ramos, a case of many\n" in after
    assert "place: Cusco" in after
    assert "  - type: quote\n    text: Words\n" in after


def test_two_studios_on_one_workspace(studio: Studio) -> None:
    """What one saves the other knows of: a conflict is told by the second, and nothing is lost."""
    second = start(studio.workspace, "--port", "0")
    try:
        one, other = form_of(studio, 2), form_of(second, 2)
        assert save(studio, one, setting(one.field("title"), "From the first")).json()["wrote"]
        answer = save(second, other, setting(other.field("title"), "From the second")).json()
        assert answer["both"][0]["theirs"] == "From the first"
        assert save(second, other, setting(other.field("place"), "Cusco")).json()["wrote"]
        assert "title: From the first\n" in studio.file.read_text("utf-8")
        assert "place: Cusco\n" in studio.file.read_text("utf-8")
    finally:
        second.kill()


def test_sections_and_members_come_move_and_go(studio: Studio) -> None:
    """Add, move, double, remove and undo: each is one change, and undoing all of them gives the first bytes back."""
    before = studio.file.read_bytes()
    steps: list[dict[str, object]] = [
        {"act": "add", "type": "quote", "to": 2},
        {"act": "move", "path": ["sections", 2], "to": 0},
        {"act": "duplicate", "path": ["sections", 1]},
        {"act": "remove", "path": ["sections", 4]},
        {"act": "remove", "path": ["sections", 3, "sources", 0]},
    ]
    for step in steps:
        answer = save(studio, form_of(studio, 1), step)
        assert answer.json()["wrote"], answer.text
    for _ in steps:
        assert studio.post(f"/issues/{ISSUE}/undo", {"language": "en"}).status_code == 200
    assert studio.file.read_bytes() == before
    for _ in steps:
        assert studio.post(f"/issues/{ISSUE}/redo", {"language": "en"}).status_code == 200
    assert b"type: quote" in studio.file.read_bytes()


def test_undo_leaves_what_another_wrote(studio: Studio) -> None:
    """A change made in another place is never taken back from here."""
    form = form_of(studio, 2)
    save(studio, form, setting(form.field("title"), "Mine"))
    theirs = studio.file.read_text("utf-8").replace("place: Lima", "place: Cusco", 1)
    studio.file.write_text(theirs, "utf-8")
    assert studio.post(f"/issues/{ISSUE}/undo", {"language": "en"}).status_code == 409
    assert studio.file.read_text("utf-8") == theirs


def test_the_file_deleted_under_the_form(studio: Studio) -> None:
    """She is told; what she typed can be written again, with all that stood there."""
    form = form_of(studio, 2)
    studio.file.unlink()
    change = setting(form.field("title"), "Still here")
    answer = save(studio, form, change)
    assert answer.status_code == 409
    assert answer.json()["kind"] == "FileGone"
    assert not studio.file.exists()
    assert save(studio, form, change, again=True).json()["wrote"]
    assert "title: Still here\n" in studio.file.read_text("utf-8")
    assert "place: Lima" in studio.file.read_text("utf-8")


def test_a_file_that_cannot_be_read_is_not_written_to(studio: Studio) -> None:
    """Half-written in another editor: the form shows what can be made out, and nothing is changed from here."""
    form = form_of(studio, 2)
    broken = studio.file.read_text("utf-8").replace('subject: "Peru', 'subject: "Peru" "', 1)
    studio.file.write_text(broken, "utf-8")
    answer = save(studio, form, setting(form.field("title"), "Mine"))
    assert answer.status_code in {200, 409}
    assert studio.file.read_text("utf-8") == broken


def test_the_file_s_page_counts_lines_as_problems_do(studio: Studio) -> None:
    """A sign that Word takes for the end of a line is none in the file: what is to mend below it stands at its own line."""
    text = studio.file.read_text("utf-8").replace("place: Lima", 'place: "Li\u2028ma"', 1) + "  - type: nws\n"
    studio.file.write_text(text, "utf-8")
    page = httpx.get(f"{studio.address}/file", timeout=60).text
    last = text.count("\n")
    assert re.search(rf'<li id="L{last}"[^>]*>.*  - type: nws<', page)


def test_a_half_filled_form_is_shown(studio: Studio) -> None:
    """An unknown type, a field that is none of its type, a list where a text belongs: all are shown, none is lost."""
    studio.file.write_text(
        "subject: S\npreheader: P\nsend_on: 2025-07-04\nsections:\n"
        "  - type: nws\n    title: Of no type\n"
        "  - type: news\n    titel: A slip\n    body: [a, b]\n    image: {file: nowhere.png}\n"
        "  - just words\n",
        "utf-8",
    )
    assert "Of no type" in form_of(studio, 1).page
    second = form_of(studio, 2)
    assert second.field("titel").value == "A slip"
    assert "- a\n- b" in html.unescape(second.page)
    assert "nowhere.png" in second.page
    assert "just words" in form_of(studio, 3).page


@pytest.mark.parametrize("issue", ["2024-02", "2024-12", "2025-01", "2025-06", "2025-07", "1890-05"])
def test_opening_and_saving_every_form_changes_nothing(kitchen: Studio, issue: str) -> None:
    """Samples and the kitchen sink: every form of every edition is opened, saved as it is, and no byte differs."""
    for path in sorted(kitchen.workspace.issues.glob(f"{issue}*.yaml")):
        before = path.read_bytes()
        language = path.name.removesuffix(".yaml").partition(".")[2] or "en"
        count = before.count(b"\n  - type:")
        for section in range(count + 1):
            form = form_of(kitchen, section, issue, language)
            assert form.fields
            changes = [setting(one, one.value) for one in form.fields]
            answer = save(kitchen, form, *changes, issue=issue, language=language)
            assert answer.status_code == 200, answer.text
            assert not answer.json()["wrote"], (path.name, section)
        assert path.read_bytes() == before


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio on the samples and the kitchen sink."""
    root = tmp_path_factory.mktemp("kitchen")
    shutil.copytree(shipped() / "issues", root / "issues")
    pictures_at_hand(root)
    for path in (Path(__file__).parents[2] / "docs" / "kitchen-sink" / "issues").glob("2*.yaml"):
        shutil.copy(path, root / "issues" / f"1890-05{path.name[7:]}")
    running = start(Workspace(root.resolve()), "--port", "0")
    yield running
    running.kill()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Forms]:
    """A workspace for generated files, and what makes their forms."""
    workspace = Workspace(tmp_path_factory.mktemp("files").resolve())
    workspace.issues.mkdir()
    types, _ = read_types(workspace)
    return workspace, Forms(types, read_phrases(workspace, "studio", "en"), read_words(workspace, "en"))


def forms_of(file: Written, forms: Forms) -> Iterator[Form]:
    """Every form of a file."""
    assert file.tree is not None
    yield forms.start(file.tree.data)
    yield from (forms.section(at, one) for at, one in enumerate(file.sections))


@pytest.fixture(scope="module")
def alone(files: tuple[Workspace, Forms]) -> Desk:
    """The studio on one issue, whose file is another each time; asked as over HTTP, without a line between."""
    workspace, _ = files
    shutil.copy(Workspace(shipped()).profile, workspace.profile)
    shutil.copy(shipped() / "issues" / f"{ISSUE}.yaml", workspace.issues)  # what the letter and its problems are of
    door = Door(workspace.root, workspace.root, {}, lambda: dt.datetime(2025, 7, 1, 12, tzinfo=dt.UTC))
    return Desk(door, Watch(workspace, door.settings, door.now))


@pytest.mark.parametrize("tens", range(50))
def test_500_files_with_odd_formatting(alone: Desk, files: tuple[Workspace, Forms], tens: int) -> None:
    """Opened and saved as it is, not a byte differs; one field changed, only its lines differ, and nothing else says more."""
    workspace, forms = files
    way_in = httpx.ASGITransport(studio_app(alone, 80))

    async def story() -> None:
        async with httpx.AsyncClient(
            transport=way_in, base_url="http://127.0.0.1", headers={"X-Studio-Token": alone.token}
        ) as client:
            for number in range(tens * 10, tens * 10 + 10):
                path = workspace.issues / f"{ISSUE}.yaml"
                path.write_bytes(issue_file(number, forms.types).encode())
                file = written(workspace, path, "en")
                await _as_it_is(client, file, forms, number)
                await _change_one(client, file, forms, number)

    run(story())


async def _as_it_is(client: httpx.AsyncClient, file: Written, forms: Forms, number: int) -> None:
    """One section's form is taken from its page, each time another; those of the others are what their pages are made of."""
    opened = number % (len(file.sections) + 1)
    page = page_of((await client.get(f"/issues/{ISSUE}/parts?section={opened}")).text)
    assert page.fields
    others = [form for at, form in enumerate(forms_of(file, forms)) if at != opened]
    boxes = [box for form in others for box in form.all if not box.blank and box.kind != ITEM and not box.boxes]
    same: list[dict[str, object]] = [
        {"act": "set", "path": box.path, "was": box.was, "now": box.value} for box in boxes
    ]
    told = await saved(client, file, *same, *(setting(one, one.value) for one in page.fields))
    assert (told["wrote"], told["both"], told["asked"]) == (False, [], []), number
    assert file.path.read_bytes() == file.data, number


async def saved(client: httpx.AsyncClient, file: Written, *changes: dict[str, object]) -> dict[str, object]:
    """What the studio answers to these changes of a file."""
    content = {"language": "en", "digest": file.digest, "changes": changes}
    answer = await client.post(f"/issues/{ISSUE}/save", json=content)
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told


async def _change_one(client: httpx.AsyncClient, file: Written, forms: Forms, number: int) -> None:
    boxes = [box for form in forms_of(file, forms) for box in form.all if not box.blank and box.kind != ITEM]
    texts = [box for box in boxes if box.there and box.kind in {Kind.TEXT, Kind.MARKDOWN} and box.value]
    box = texts[number % len(texts)]
    now = f"{box.value} and more"
    told = await saved(client, file, {"act": "set", "path": box.path, "was": box.was, "now": now})
    assert told["wrote"], number
    after = written(Workspace(file.path.parents[1]), file.path, "en")
    assert after.tree
    assert file.tree
    new = value_at(after.tree.data, box.path)
    assert isinstance(new, str)
    assert shown(box.kind, new, forms.words) == (unwrapped(now) if box.kind == Kind.MARKDOWN else now)
    assert put(after.tree.data, box.path, "") == put(file.tree.data, box.path, "")
    first, _, _, _ = file.tree.key_spans.get(box.path, file.tree.spans[box.path])
    old, _ = changed_lines(file.data or b"", after.data or b"")
    assert len(old) <= last_line(file.tree, box.path) - first + 1


def put(data: Data, path: NewsletterPath, value: Data) -> Data:
    """The data with another value at a path."""
    if not path:
        return value
    if isinstance(data, list):
        return [put(one, path[1:], value) if number == path[0] else one for number, one in enumerate(data)]
    assert isinstance(data, dict)
    return {name: put(one, path[1:], value) if name == path[0] else one for name, one in data.items()}
