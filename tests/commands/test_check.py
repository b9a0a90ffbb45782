"""``newsletter check --fix``: what needs no judgement is mended after a look, and nothing of hers is lost by it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsletter.commands.check import check
from newsletter.door import Door
from newsletter.snapshots import ChangedMeanwhile
from tests.any.pictures import pictures_at_hand

BASE = Path(__file__).parent.parent / "tour" / "base"
NOW = dt.datetime(2025, 6, 20, 10, 15, tzinfo=dt.UTC)


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """July, with a word twice in its subject."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    pictures_at_hand(tmp_path)
    path = tmp_path / "issues" / "2025-07.yaml"
    path.write_bytes(path.read_bytes().replace(b"stops the ", b"stops the the "))
    return path


def test_what_was_there_before_is_kept(issue: Path) -> None:
    """Where it lies is said."""
    before = issue.read_bytes()
    ran = CliRunner().invoke(
        check, ["2025-07", "--fix", "--yes"], obj=Door(issue.parent.parent, environ={}, now=lambda: NOW)
    )
    assert ran.exit_code == 0, ran.output
    assert issue.read_bytes() == before.replace(b"the the", b"the")
    copy = "records/copies/2025-07.2025-06-20.10-15-00.yaml"
    assert f"Mended issues/2025-07.yaml. As it was before: {copy}" in ran.output
    assert (issue.parent.parent / copy).read_bytes() == before


def test_what_is_typed_while_the_question_stands_is_not_written_over(issue: Path) -> None:
    """Whoever saves the file in an editor meanwhile has her words, and is told."""

    class Slow(Door):
        def confirm(self, question: str, yes: bool = False) -> bool:  # noqa: FBT002 - as the door has it
            issue.write_bytes(b"subject: of another\n")
            return bool(question) or yes

    ran = CliRunner().invoke(check, ["2025-07", "--fix"], obj=Slow(issue.parent.parent, environ={}, now=lambda: NOW))
    assert isinstance(ran.exception, ChangedMeanwhile)
    assert issue.read_bytes() == b"subject: of another\n"
