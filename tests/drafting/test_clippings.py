"""Kept sources are read with their heads; a broken one is told at its place and holds nothing back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from newsletter.drafting.clippings import digest, read_clippings
from newsletter.nouns.draft import IssueName, PartialDate
from newsletter.workspace import Workspace

WHOLE = """\
---
title: "A vote: in Lima"
publisher: Example Times
address: https://times.example.org/vote
date: 2025-06
place: Lima
language: en
kept: 2025-06-20
sha256: {sha256}
own: no
issues: [2025-06, 2025-07-14-apci]
---
The first line.

--- a dash is no rule ---
---
The last one.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty one."""
    (tmp_path / "issues" / "clippings").mkdir(parents=True)
    return Workspace(tmp_path.resolve())


def put(workspace: Workspace, text: str | bytes, name: str = "a.txt") -> None:
    """Put a file among the kept sources."""
    data = text.encode() if isinstance(text, str) else text
    (workspace.issues / "clippings" / name).write_bytes(data)


TEXT = "The first line.\n\n--- a dash is no rule ---\n---\nThe last one."


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_everything_that_is_known_of_a_source(workspace: Workspace, ends: str) -> None:
    """Each line of its head, and its text to the end, whatever the line ends."""
    put(workspace, WHOLE.format(sha256=digest(TEXT)).replace("\n", ends))
    (one,), problems = read_clippings(workspace)
    assert problems == []
    assert one.file == "issues/clippings/a.txt"
    assert (one.title, one.publisher, one.place, one.language) == ("A vote: in Lima", "Example Times", "Lima", "en")
    assert (one.address, one.date, one.kept) == (
        "https://times.example.org/vote",
        PartialDate(2025, 6),
        dt.date(2025, 6, 20),
    )
    assert (one.own, one.issues) == (False, (IssueName(2025, 6), IssueName(2025, 7, 14, "apci")))
    assert one.text == TEXT


def test_a_changed_text_is_noted(workspace: Workspace) -> None:
    """At the line of its check sum; it is read all the same."""
    put(workspace, WHOLE.format(sha256=digest("something else")))
    (one,), (problem,) = read_clippings(workspace)
    assert one.text == TEXT
    assert str(problem.place) == "issues/clippings/a.txt:9:9"
    assert problem.severity == "note"
    assert "no longer as it was kept" in problem.message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Just a text.\n", "1:1"),
        ("", "1:1"),
        ("---\ntitle: x\n", "1:1"),
        ("---\n---\nText.\n", "1:1"),
        ("---\ntitle: x\ndate: 13 June\n---\nText.\n", "3:7"),
        ("---\ntitle: x\nissues: [June]\n---\nText.\n", "3:9"),
        ("---\ntitle: x\naddress: not one\n---\nText.\n", "3:10"),
        ("---\ntitle: x\npublished: Example\n---\nText.\n", "3:1"),
        ("---\npublisher: x\n---\nText.\n", "2:1"),
        ("---\ntitle: [x\n---\nText.\n", "2:8"),
        ("---\ntitle: x\n---\n\n", "1:1"),
        (b"\x00\x01\x02", "1:1"),
        (b"PK\x03\x04", "1:1"),
        ("---\ntitle: &a x\n---\nText.\n", "2:8"),
        ("---\n- title\n---\nText.\n", "2:1"),
    ],
)
def test_a_broken_source_is_a_warning_at_its_place(workspace: Workspace, text: str | bytes, place: str) -> None:
    """Never a crash, never an error that stops a send; the others are read."""
    put(workspace, text)
    put(workspace, "---\ntitle: whole\n---\nText.\n", "b.txt")
    found, problems = read_clippings(workspace)
    assert "whole" in [one.title for one in found]
    assert problems
    assert all(one.severity == "warning" and one.message and one.hint for one in problems)
    assert f"issues/clippings/a.txt:{place}" in [str(one.place) for one in problems], problems


def test_other_files_are_left_alone(workspace: Workspace) -> None:
    """Hidden ones, other endings, a folder that is not there."""
    put(workspace, "x", ".hidden.txt")
    put(workspace, "x", "a.pdf")
    assert read_clippings(workspace) == ((), [])
    assert read_clippings(Workspace(workspace.root / "nowhere")) == ((), [])


def test_every_note_of_the_sample_is_whole(sample: Workspace) -> None:
    """They are marked as the group's own."""
    found, problems = read_clippings(sample)
    assert problems == []
    assert len(found) >= 11
    assert all(one.own and one.issues and one.language for one in found)
