from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from newsletter.settings import Settings
from newsletter.store.open import open_store
from newsletter.store.tracked import TrackedByGit, refuse_tracked
from newsletter.workspace import Workspace

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


@pytest.fixture
def repository(workspace: Workspace) -> Path:
    workspace.records.mkdir(parents=True)
    (workspace.records / "newsletter.db").write_bytes(b"")
    (workspace.records / "newsletter.db.txt").write_bytes(b"")
    (workspace.root / "old" / "records").mkdir(parents=True)
    (workspace.root / "old" / "records" / "newsletter.db").write_bytes(b"")
    _git(workspace.root, "init", "-q")
    return workspace.root


@pytest.mark.parametrize("version", ["2", "4"])
def test_a_list_in_git_is_refused(repository: Path, workspace: Workspace, keys: Path, version: str) -> None:
    """P6: once added, committed or not, the list does not open; the way out is named."""
    _git(repository, "add", "-f", "records/newsletter.db", "old")
    _git(repository, "update-index", "--index-version", version)
    with pytest.raises(TrackedByGit, match="git rm --cached") as caught:
        open_store(workspace, Settings(), folder=keys)
    assert caught.value.exit_code == 4
    assert not keys.exists()


@pytest.mark.parametrize("version", ["2", "4"])
def test_a_list_outside_git_s_index_opens(repository: Path, workspace: Workspace, version: str) -> None:
    """Files of like names, before, behind and in other folders, do not disturb."""
    refuse_tracked(workspace.records / "newsletter.db")  # no index yet
    _git(repository, "add", "-f", "old", "records/newsletter.db.txt")
    _git(repository, "update-index", "--index-version", version)
    refuse_tracked(workspace.records / "newsletter.db")


def test_version_three_and_a_worktree(repository: Path, workspace: Workspace, tmp_path: Path) -> None:
    """An index with extended flags is read too, one that lies elsewhere, and one behind a link."""
    _git(repository, "add", "-f", "-N", "records/newsletter.db")
    assert (repository / ".git" / "index").read_bytes()[4:8] == b"\0\0\0\3"
    with pytest.raises(TrackedByGit):
        refuse_tracked(workspace.records / "newsletter.db")
    (tmp_path / "other").symlink_to(workspace.records)
    with pytest.raises(TrackedByGit):
        refuse_tracked(tmp_path / "other" / "newsletter.db")
    (repository / ".git").rename(tmp_path / "elsewhere")
    (repository / ".git").write_text("gitdir: ../elsewhere\n", "utf-8")
    with pytest.raises(TrackedByGit):
        refuse_tracked(workspace.records / "newsletter.db")
