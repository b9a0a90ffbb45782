"""Bare ``newsletter``: where things stand and the one next step, and nothing is made to find out."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsletter.door import Door
from newsletter.ledger.book import Books
from newsletter.nouns.draft import IssueName
from newsletter.nouns.problem import Place, Problem, Severity
from newsletter.stand.stand import Stand
from newsletter.standing import lines, next_step
from newsletter.workspace import Workspace

ERROR = Problem(Place("issues/2025-07.yaml", 3), Severity.ERROR, "a-check", "Something is wrong.")


def bare(folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Type ``newsletter`` in a folder."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "NEWSLETTER_"))}
    return subprocess.run(
        [sys.executable, "-m", "newsletter"],
        cwd=folder,
        env=surroundings | {"HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_outside_a_newsletter_it_says_how_to_begin(tmp_path: Path) -> None:
    """Exit code 0, and the two commands that a newcomer needs."""
    done = bare(tmp_path, tmp_path)
    assert done.returncode == 0
    assert "newsletter demo" in done.stdout
    assert "newsletter init DIR" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_in_the_sample_it_names_the_next_step_and_makes_nothing(sample: Workspace, tmp_path: Path) -> None:
    """July 2025, two editions, not approved, no list: the next step is the second pair of eyes. No key, no list."""
    home = tmp_path / "home"
    home.mkdir()
    before = set(sample.root.rglob("*"))
    done = bare(sample.root, home)
    assert done.returncode == 0, done.stderr
    assert "2025-07 (en and es)" in done.stdout
    assert "Readers on the list: no list yet" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("newsletter approve 2025-07 --by NAME")
    made = {path.relative_to(sample.root).parts[0] for path in set(sample.root.rglob("*")).difference(before)}
    assert made <= {"outbox"}  # scaled pictures, which can be made again
    assert list(home.iterdir()) == []


def test_a_broken_issue_is_no_obstacle(sample: Workspace, tmp_path: Path) -> None:
    """An issue that cannot be read: how much is to mend, and the command that shows it."""
    (sample.issues / "2025-07.yaml").write_text("subject: [\n", "utf-8")
    (sample.issues / "2025-07.es.yaml").unlink()
    done = bare(sample.root, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "To mend: nothing" not in done.stdout
    assert done.stdout.splitlines()[-1].endswith("newsletter check 2025-07")


def stand(**known: object) -> Stand:
    """Where an issue stands, with nothing known but what is said."""
    given: dict[str, object] = {
        "issue": IssueName(2025, 7), "dossier": object(), "problems": (), "missing_approvals": (), "readers": None,
        "books": None,
    }  # fmt: skip
    return Stand(**(given | known))  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ({"problems": (ERROR,)}, "newsletter check 2025-07"),
        ({"dossier": None}, "newsletter check 2025-07"),
        ({"missing_approvals": ("es",)}, "newsletter approve 2025-07 --by NAME"),
        ({}, "newsletter subscribers import FILE --ground consent --source TEXT"),
        ({"readers": 0}, "newsletter subscribers import FILE --ground consent --source TEXT"),
        ({"readers": 47}, "newsletter send 2025-07"),
        ({"readers": 47, "books": Books(47, accepted=40, waiting=7)}, "newsletter send 2025-07 --for-real"),
        ({"readers": 47, "books": Books(47, accepted=40, deferred=7)}, "newsletter send 2025-07 --for-real"),
        ({"readers": 47, "books": Books(47, accepted=46, in_doubt=1)}, "newsletter publish"),
        ({"readers": 47, "books": Books(47, accepted=47), "published": True}, "newsletter new"),
    ],
)
def test_the_next_step_follows_the_month(known: dict[str, object], typed: str) -> None:
    """Mend, approve, bring in readers, rehearse, go on sending, publish."""
    assert next_step(stand(**known)).endswith(f": {typed}")


def test_what_is_in_doubt_is_said() -> None:
    """The line on sending names every fate that is not accepted."""
    said = "\n".join(lines(stand(dossier=None, readers=47, books=Books(50, accepted=45, in_doubt=2, skipped=3))))
    assert "45 of 50 accepted, 2 in doubt, 3 skipped" in said


def test_a_list_that_cannot_be_opened_does_not_hide_the_rest(
    sample: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """A damaged list is said in a sentence; the issue is shown all the same."""
    from newsletter.standing import standing

    sample.records.mkdir()
    (sample.records / "newsletter.db").write_bytes(b"not a database at all, but long enough to look at" * 40)
    standing(Door(sample.root, environ={}))
    said = capsys.readouterr()
    assert "cannot be looked at" in said.err
    assert "2025-07" in said.out


def test_an_issue_under_a_wrong_name_is_the_next_step(tmp_path: Path) -> None:
    """Who has written one as 2025-7.yaml is not told to write one."""
    (tmp_path / "issues").mkdir()
    for name in ("newsletter.yaml", "2025-7.yaml"):
        (tmp_path / "issues" / name).write_text("x: y\n", "utf-8")
    done = bare(tmp_path, tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "Next: 2025-7.yaml is not named like an issue. Call it 2025-07.yaml."


def test_without_an_issue_one_is_begun(tmp_path: Path) -> None:
    """A profile alone: the next step is the first issue."""
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues" / "newsletter.yaml").write_text("title: T\n", "utf-8")
    assert bare(tmp_path, tmp_path).stdout.splitlines()[-1] == "Next: begin one with: newsletter new"


@pytest.mark.parametrize(("today", "passed"), [("2025-07-10", False), ("2025-07-11", True)])
def test_an_issue_whose_day_has_passed(
    sample: Workspace, today: str, passed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """A week after its day it may have gone out by another door: both ways on are said."""
    from newsletter.standing import standing

    standing(Door(sample.root, environ={}, now=lambda: dt.datetime.fromisoformat(f"{today}T09:00+00:00")))
    said = capsys.readouterr().out
    assert ("begin the next issue with: newsletter new" in said) is passed
    assert said.splitlines()[-1].endswith("newsletter approve 2025-07 --by NAME")


def test_a_pause_that_follows_is_said(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """With what closes meanwhile, while it can still be said in the letter."""
    from newsletter.standing import standing

    profile = sample.profile.read_text("utf-8")
    sample.profile.write_text(f"{profile}\npause: [2025-08, 2025-09]\n", "utf-8")
    standing(Door(sample.root, environ={}, now=lambda: dt.datetime(2025, 7, 1, tzinfo=dt.UTC)))
    said = capsys.readouterr().out
    assert (
        "A pause follows: 2025-08, 2025-09; the next issue goes out on 2025-10-03; 2 of its asks close meanwhile"
        in said
    )
