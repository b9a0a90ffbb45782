"""What the preview knows of an issue: the newest letters, the last good ones, and what is to mend."""

from __future__ import annotations

import datetime as dt

import pytest

from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings
from newsletter.studio import sight as studio
from newsletter.studio.sight import Sight
from newsletter.workspace import Workspace
from tests.any.studio import look

JULY = IssueName(2025, 7)
TEN = dt.datetime(2025, 7, 1, 10, 0, tzinfo=dt.UTC)
LATER = TEN + dt.timedelta(minutes=2)


def seen(workspace: Workspace, before: Sight | None = None) -> Sight:
    """July 2025 as it is now; at ten, or two minutes after what was seen before."""
    return look(workspace, JULY, Settings(), LATER if before else TEN, before)


def test_both_editions_are_there_the_default_one_first(sample: Workspace) -> None:
    """The language shown first is the profile's first; nothing is old."""
    now = seen(sample)
    assert set(now.letters) == {"en", "es"}
    assert now.language == "en"
    assert not now.old("en")


def test_the_default_edition_stays_the_default_when_it_comes_last(sample: Workspace) -> None:
    """Begun while the English file was broken, mended later: English is the default all the same."""
    file = sample.issues / "2025-07.yaml"
    whole = file.read_text("utf-8")
    file.write_text("subject: [", "utf-8")
    broken = seen(sample)
    assert set(broken.letters) == {"es"}
    assert broken.language == "es"
    file.write_text(whole, "utf-8")
    mended = seen(sample, broken)
    assert mended.language == "en"
    assert mended.file("es") == "2025-07.es.yaml"
    assert not [problem for problem in mended.problems if problem.check == "preview"]


def test_a_broken_profile_keeps_every_letter(sample: Workspace) -> None:
    """All letters stay, as old, and the problem names the profile."""
    before = seen(sample)
    sample.profile.write_text("title: [\n", "utf-8")
    now = seen(sample, before)
    assert set(now.letters) == {"en", "es"}
    assert now.old("en")
    assert now.problems[0].place.file == "issues/newsletter.yaml"


def test_a_second_language_that_goes_is_said(sample: Workspace) -> None:
    """The Spanish file is taken away: its letter stays as old, under a problem; English is new."""
    before = seen(sample)
    (sample.issues / "2025-07.es.yaml").unlink()
    now = seen(sample, before)
    assert now.old("es")
    assert not now.old("en")
    assert [problem.place.file for problem in now.problems if problem.check == "preview"] == ["issues/2025-07.es.yaml"]


def test_a_failure_of_ours_keeps_the_letters_too(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever breaks while the issue is made, the preview goes on, and says so without a traceback."""
    before = seen(sample)

    def fail(*_: object) -> None:
        raise KeyError("juana.invented@example.org")

    monkeypatch.setattr(studio, "prepare", fail)
    now = seen(sample, before)
    assert now.letters == before.letters
    assert now.old("en")
    assert "juana" not in str(now.problems[0])
    assert "report" in str(now.problems[0])


def test_a_folder_that_cannot_be_listed_keeps_the_letters(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even a file system that refuses to say which files there are ends the preview."""
    before = seen(sample)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(sample.issues))

    monkeypatch.setattr(studio, "_gone", refuse)
    now = seen(sample, before)
    assert now.letters == before.letters
    assert "issues" in str(now.problems[0])


def test_a_save_that_changes_nothing_is_no_news(sample: Workspace) -> None:
    """The same words again: no open page is disturbed."""
    before = seen(sample)
    assert seen(sample, before).like(before)
    file = sample.issues / "2025-07.yaml"
    file.write_text(file.read_text("utf-8").replace("preheader: ", "preheader: More. ", 1), "utf-8")
    assert not seen(sample, before).like(before)
