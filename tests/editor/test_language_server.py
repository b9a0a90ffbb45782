"""In a new newsletter's folder an editor completes, explains and underlines, as the real yaml-language-server does it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from newsletter.__main__ import main
from newsletter.workspace import Workspace, shipped
from tests.conftest import missing
from tests.editor.server import SERVER, server

if TYPE_CHECKING:
    from tests.editor.server import Server

HEAD = "subject: One subject for all\npreheader: What stands beside it\nsend_on: 2025-08-01\nsections:\n"
LINE = "# yaml-language-server: $schema=.schema/issue.schema.json\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsletter as `newsletter init` makes it, with a section type of its own and the next issue begun."""
    root = tmp_path_factory.mktemp("editor") / "Our news"
    own = root / "templates" / "sections" / "recipe"
    own.mkdir(parents=True)
    (own / "fields.yaml").write_text(
        "about: How to cook it.\nfields:\n  title: {kind: text, help: What it is called.}\n"
        "  heat: {kind: choice, choices: [low, high], help: How hot it has to be.}\n",
        "utf-8",
    )
    assert main(["init", str(root)]) == 0
    assert main(["--workspace", str(root), "new"]) == 0
    return root.resolve()


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[Server]:
    """The server, running."""
    if not SERVER.is_file() or shutil.which("node") is None:
        missing("yaml-language-server")
    with server(folder) as running:
        yield running


NUMBERS = count(1)


def written(folder: Path, text: str) -> Path:
    """An issue with these sections, under a name that no other has."""
    path = folder / "issues" / f"2031-01-01-number-{next(NUMBERS)}.yaml"
    path.write_text(LINE + HEAD + text, "utf-8")
    return path


def offered(editor: Server, path: Path, line: int, column: int) -> dict[str, Any]:
    """What an editor offers at a place (from 0), by its name."""
    editor.opened(path)
    found = editor.at("textDocument/completion", path, line, column)
    return {item["label"]: item for item in found["items"]}


def test_a_new_newsletter_has_nothing_underlined(editor: Server, folder: Path) -> None:
    """The profile, the example issue and the issue that was begun: read by the same rules as the program's."""
    names = sorted(path.name for path in (folder / "issues").glob("*.yaml") if "number" not in path.name)
    assert len(names) == 3
    assert {name: editor.opened(folder / "issues" / name) for name in names} == {name: [] for name in names}


def test_the_sample_has_nothing_underlined(editor: Server, folder: Path) -> None:
    """Every issue that comes with the program."""
    for path in sorted((shipped() / "issues").glob("2*.yaml")):
        copy = folder / "issues" / path.name
        copy.write_text(LINE + path.read_text("utf-8"), "utf-8")
        assert editor.opened(copy) == [], path.name
        copy.unlink()


def test_types_are_offered_and_explained(editor: Server, folder: Path) -> None:
    """After `type:` every section type, the newsletter's own too."""
    items = offered(editor, written(folder, "  - type: \n"), 5, 10)
    assert {"letter", "petition", "urgent-action", "recipe"} <= set(items)
    assert "How to cook it." in str(items["recipe"])


def test_fields_are_offered_by_the_type(editor: Server, folder: Path) -> None:
    """In a petition those of a petition, each with its help; and what every ask may have."""
    path = written(folder, "  - type: petition\n    title: T\n    \n")
    items = offered(editor, path, 7, 4)
    assert {"until", "button", "closed", "id", "case"} <= set(items)
    assert not {"starts", "heat", "title"} & set(items)
    assert "The last day on which one can sign" in str(items["until"])


def test_choices_are_offered(editor: Server, folder: Path) -> None:
    """Of a type of the newsletter's own, and whether an ask is closed."""
    items = offered(editor, written(folder, "  - type: recipe\n    heat: \n"), 6, 10)
    assert {"low", "high"} <= set(items)
    items = offered(editor, written(folder, "  - type: petition\n    closed: \n"), 6, 12)
    assert {"yes", "no", "unsure"} <= {name.strip('"') for name in items}


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("  - type: letter\n    body: b\n", 3, 2, "deadlines are judged against it"),
        ("  - type: recipe\n    heat: low\n", 6, 5, "How hot it has to be."),
        ("  - type: petition\n    until: 2025-09-30\n", 6, 6, "The last day on which one can sign"),
    ],
)
def test_a_name_is_explained(editor: Server, folder: Path, text: str, line: int, column: int, said: str) -> None:
    """Under the pointer: its help, word for word."""
    path = written(folder, text)
    editor.opened(path)
    assert said in str(editor.at("textDocument/hover", path, line, column))


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("  - type: recipe\n    heat: medium\n", 6, 10, '"low", "high"'),
        ("  - type: petitoin\n    title: T\n", 5, 10, "petition"),
        ("  - type: recipe\n    heet: low\n", 6, 4, "heet"),
        (
            "  - type: petition\n    title: T\n    body: b\n    url: https://example.org\n    until: 30 Sept\n",
            9,
            11,
            "pattern",
        ),
        ("  - type: petition\n    title: T\n    body: b\n", 5, 4, "url"),
    ],
)
def test_what_is_wrong_is_underlined(
    editor: Server, folder: Path, text: str, line: int, column: int, said: str
) -> None:
    """A choice that is none, a type that is none, a name that is not known, a day, what is missing: at its place."""
    found = editor.opened(written(folder, text))
    places = {(one["range"]["start"]["line"], one["range"]["start"]["character"]): one["message"] for one in found}
    assert (line, column) in places, found
    assert said in " ".join(one["message"] for one in found)


@pytest.mark.usefixtures("editor")
def test_the_profile_is_known_by_its_name(folder: Path) -> None:
    """Without its first line too: the folder's settings say what belongs to it; an approval is no issue."""
    with server(folder) as editor:
        _by_name(editor, folder)


def _by_name(editor: Server, folder: Path) -> None:
    profile = Workspace(folder).profile
    text = profile.read_text("utf-8")
    bare = text.partition("\n")[2].replace("approval: required", "approval: perhaps ")
    profile.write_text(bare, "utf-8")
    found = editor.opened(profile)
    profile.write_text(text, "utf-8")
    assert [one["range"]["start"]["line"] for one in found] == [bare[: bare.index("perhaps")].count("\n")]
    approval = folder / "issues" / "2031-01.approval.yaml"
    approval.write_text("en: {by: Somebody}\n", "utf-8")
    assert editor.opened(approval) == []
    bare_issue = folder / "issues" / "2031-02.yaml"
    bare_issue.write_text(HEAD + "  - type: nothing\n", "utf-8")
    assert editor.opened(bare_issue) != []
    bare_issue.unlink()
