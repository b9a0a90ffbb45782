"""Folder -> Workspace: what counts as an issue, and how a file that does not is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.nouns.draft import IssueName
from newsletter.workspace import MisnamedProfile, NoIssue, NotOurs, NoWorkspace, Workspace, find_workspace

JULY = IssueName(2025, 7)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A newsletter with one issue."""
    (tmp_path / "issues").mkdir()
    for name in ("newsletter.yaml", "2025-07.yaml", "2025-07.es.yaml", "2025-07.approval.yaml"):
        (tmp_path / "issues" / name).write_text("x: y\n", "utf-8")
    return Workspace(tmp_path)


def test_a_folder_is_no_issue(workspace: Workspace) -> None:
    """A folder called like one, or an approval left behind, neither becomes the newest issue nor an edition."""
    (workspace.issues / "2025-08.yaml").mkdir()
    (workspace.issues / "2025-07.de.yaml").mkdir()
    (workspace.issues / "2025-09.approval.yaml").write_text("en: {}\n", "utf-8")
    assert workspace.issue(None) == JULY
    assert sorted(workspace.edition_files(JULY, "en")) == ["en", "es"]


@pytest.mark.parametrize(
    "name",
    ["2025-7.yaml", "2025-07-es.yaml", "2025-07 (old).yaml", "2025-08.yml", "2025-08.yaml.txt", "July.YAML",
     "2025-07.es.old.yaml", "2025-07.en.yaml"],
)  # fmt: skip
def test_what_is_not_read_is_known(workspace: Workspace, name: str) -> None:
    """A file that was meant for an issue and is not read is found; two files for one edition are such a case."""
    assert workspace.misnamed("en") == ()
    (workspace.issues / name).write_text("x: y\n", "utf-8")
    (workspace.issues / "notes.txt").write_text("buy milk\n", "utf-8")
    assert [path.name for path in workspace.misnamed("en")] == [name]


@pytest.mark.parametrize(
    ("name", "right"),
    [("2025-7.yaml", "2025-07.yaml"), ("2025-07-ES.yml", "2025-07.es.yaml"), ("202507.yaml.txt", "2025-07.yaml")],
)
def test_no_issue_but_a_misnamed_one(workspace: Workspace, name: str, right: str) -> None:
    """The way on is the name that the file should have."""
    for path in workspace.issues.glob("2025*"):
        path.unlink()
    (workspace.issues / name).write_text("x: y\n", "utf-8")
    with pytest.raises(NoIssue) as raised:
        workspace.issue(None)
    assert name in raised.value.hint
    assert f"Call it {right}." in raised.value.hint


def test_a_file_of_another_folder_is_not_taken_for_ours(workspace: Workspace, tmp_path: Path) -> None:
    """Who names another newsletter's file is not told that all is well with ours."""
    other = tmp_path / "2025-07.yaml"
    other.write_text("x: y\n", "utf-8")
    with pytest.raises(NotOurs):
        workspace.issue(str(other))
    assert workspace.issue(str(workspace.issues / "2025-07.yaml")) == JULY


@pytest.mark.parametrize("name", ["newsletter.yml", "newsletter.yaml.txt"])
def test_a_misnamed_profile_is_named(workspace: Workspace, name: str) -> None:
    """Not "there is no newsletter", while she looks at it."""
    workspace.profile.rename(workspace.issues / name)
    with pytest.raises(MisnamedProfile, match="newsletter"):
        find_workspace(workspace.root)
    (workspace.issues / name).unlink()
    with pytest.raises(NoWorkspace):
        find_workspace(workspace.root)


@pytest.mark.parametrize("name", ["../secret.png", "../../etc/passwd", "/etc/passwd", "a/../../secret.png", "."])
def test_a_picture_never_leads_out_of_its_folder(workspace: Workspace, name: str) -> None:
    """A name in an issue reaches the pictures and nothing else of the machine."""
    workspace.images.mkdir(parents=True, exist_ok=True)
    (workspace.images / "own.png").write_bytes(b"x")
    (workspace.issues / "secret.png").write_bytes(b"x")
    assert workspace.picture("own.png")
    assert workspace.picture("./own.png")
    assert workspace.picture(name) is None
