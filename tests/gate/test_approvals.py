"""Who let which words go, kept in a file that people can read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
import yaml

from newsletter.gate.approvals import BrokenApproval, approval_file, earlier_approvals, read_approvals
from newsletter.nouns.draft import IssueName
from newsletter.write_file import CannotWrite

if TYPE_CHECKING:
    from tests.gate.conftest import Newsroom

ISSUE = IssueName(2025, 7)


def approve_english(newsroom: Newsroom, by: str) -> None:
    """Somebody approves the English edition as it is now."""
    newsroom.approve("en", by=by)


def test_an_approval_is_read_as_it_was_written(newsroom: Newsroom) -> None:
    """Name, time and digest survive, and no edition is taken for another."""
    approve_english(newsroom, "Ana Núñez: “la segunda”, #1")
    found = read_approvals(newsroom.workspace, ISSUE)
    now = newsroom.leaving("en")
    assert list(found) == ["en"]
    assert (found["en"].by, found["en"].at) == ("Ana Núñez: “la segunda”, #1", "2025-07-03T18:20+01:00")
    assert (found["en"].digest, found["en"].saw, found["en"].code) == (now.digest, now.saw, now.code)


def test_an_earlier_approval_is_kept_as_history(newsroom: Newsroom) -> None:
    """A successor can see who approved what before."""
    approve_english(newsroom, "Ana")
    newsroom.change("2025-07.yaml", "A vote", "The vote")
    approve_english(newsroom, "Luz")
    approve_english(newsroom, "Eva")
    written = yaml.safe_load(approval_file(newsroom.workspace, ISSUE).read_text("utf-8"))
    assert written["en"]["by"] == "Eva"
    assert [one["by"] for one in written["history"]] == ["Luz", "Ana"]
    assert written["history"][0]["digest"] != written["history"][1]["digest"]
    assert [one.by for one in earlier_approvals(newsroom.workspace, ISSUE)] == ["Luz", "Ana"]


def test_a_damaged_file_is_no_approval(newsroom: Newsroom) -> None:
    """It stops with a sentence; it never counts as a yes."""
    for text in (
        "en: yes\n",
        "en: {by: Ana}\n",
        "[",
        "- en\n",
        "en: {by: Ana, at: once, digest: ff}\n",
        "en: {by: Ana, at: 2025-07-03T18:20+01:00, digest: x}\n",
        "history: 3\n",
    ):
        approval_file(newsroom.workspace, ISSUE).write_text(text, "utf-8")
        with pytest.raises(BrokenApproval):
            read_approvals(newsroom.workspace, ISSUE)


def test_a_folder_that_cannot_be_written_keeps_the_old_approval(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Disk full: what stood there stands there, nothing half, nothing left lying about."""
    approve_english(newsroom, "Ana")
    before = approval_file(newsroom.workspace, ISSUE).read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="no space left"):
        approve_english(newsroom, "Luz")
    assert approval_file(newsroom.workspace, ISSUE).read_bytes() == before
    assert [path.name for path in newsroom.workspace.issues.iterdir() if path.name.startswith(".")] == []
