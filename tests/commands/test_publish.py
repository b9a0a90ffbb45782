from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsletter.__main__ import main
from newsletter.workspace import Workspace


def allow(workspace: Workspace) -> None:
    text = workspace.profile.read_text("utf-8").replace("approval: required", "approval: optional")
    workspace.profile.write_text(text, "utf-8")
    for path in workspace.issues.glob("2024*.yaml"):
        path.unlink()


def test_publish_writes_the_site_and_says_where(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence on stdout with the folder and the page to open; what was left out on stderr, with the reason."""
    allow(sample)
    broken = sample.issues / "2025-05.yaml"
    broken.write_text(broken.read_text("utf-8").replace("subject:", "subjekt:", 1), "utf-8")
    assert main(["--workspace", str(sample.root), "publish"]) == 0
    said = capsys.readouterr()
    site = sample.outbox / "site"
    assert str(site / "index.html") in said.out
    assert "4 issues" in said.out
    assert "2025-05 is left out: " in said.err
    assert "newsletter check 2025-05" in said.err
    assert (site / "2025-07" / "es" / "index.html").is_file()
    assert not (site / "2025-05").exists()


def test_publish_without_an_approval_stops_for_safety(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 4 and the way on: nothing stands on the web that a second person has not read."""
    for path in sample.issues.glob("2024*.yaml"):
        path.unlink()
    assert main(["--workspace", str(sample.root), "publish"]) == 4
    assert "newsletter approve" in capsys.readouterr().err
    assert not (sample.outbox / "site").exists()


def test_publish_where_nothing_can_be_written(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 3 and a sentence, no traceback."""
    allow(sample)
    shutil.rmtree(sample.outbox)
    sample.outbox.write_text("a file in the way", "utf-8")
    assert main(["--workspace", str(sample.root), "publish"]) == 3
    said = capsys.readouterr().err
    assert "cannot be written" in said
    assert "Traceback" not in said


def test_publish_asks_for_no_key(sample: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The public pages need nothing of the list: no key is made, no database is opened."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    allow(sample)
    assert main(["--workspace", str(sample.root), "publish"]) == 0
    assert {path.name for path in sample.records.iterdir()} == {"journal"}  # that they were made; no list, no key
    assert not (tmp_path / "config").exists()
