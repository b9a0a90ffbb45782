"""The door: the only place that knows the environment, the clock and the terminal."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from newsletter.door import Door, NobodyAnswers
from newsletter.workspace import NoWorkspace


def workspace(folder: Path) -> Path:
    """The least that makes a folder a workspace."""
    (folder / "issues").mkdir(parents=True)
    (folder / "issues" / "newsletter.yaml").write_text("title: T\n", "utf-8")
    return folder.resolve()


def test_the_workspace_is_looked_for_only_when_it_is_needed(tmp_path: Path) -> None:
    """A door opens anywhere; what needs a newsletter says that there is none."""
    door = Door(tmp_path)
    with pytest.raises(NoWorkspace):
        _ = door.workspace


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    """Settings come from ``.env`` of the workspace, and from the environment before it."""
    root = workspace(tmp_path)
    (root / ".env").write_text("NEWSLETTER_SMTP_HOST=file.example.org\nNEWSLETTER_SMTP_USER=ana\n", "utf-8")
    door = Door(root / "issues", environ={"NEWSLETTER_SMTP_HOST": "environment.example.org"})
    assert door.workspace.root == root
    assert (door.settings.smtp_host, door.settings.smtp_user) == ("environment.example.org", "ana")


def test_a_named_workspace_goes_before_the_one_around(tmp_path: Path) -> None:
    """--workspace wins over where one stands."""
    here, there = workspace(tmp_path / "here"), workspace(tmp_path / "there")
    assert Door(here, named=there).workspace.root == there


def test_the_clock_knows_its_zone(tmp_path: Path) -> None:
    """The time comes with its offset, so that a Date field can be written from it."""
    assert Door(tmp_path).now().utcoffset() is not None


def test_a_question_needs_somebody_or_yes(tmp_path: Path) -> None:
    """Without a keyboard nothing is taken for a yes; --yes answers beforehand."""
    door = Door(tmp_path, environ={})
    assert door.confirm("Send 47 letters?", yes=True)
    with pytest.raises(NobodyAnswers, match="--yes"):
        door.confirm("Send 47 letters?")


def test_results_and_prose_go_their_own_ways(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a script reads is on stdout, one JSON document; what a person reads is on stderr."""
    door = Door(tmp_path)
    door.say("Ready.")
    door.json({"when": dt.date(2025, 7, 4), "title": "Perú"})
    said = capsys.readouterr()
    assert json.loads(said.out) == {"when": "2025-07-04", "title": "Perú"}
    assert said.err == "Ready.\n"
