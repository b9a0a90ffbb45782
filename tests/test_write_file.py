"""A file is written whole, or stays as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsletter.write_file import CannotWrite, write_file


def test_it_takes_the_place_of_the_old_file(tmp_path: Path) -> None:
    """The folder is made where needed; nothing else is left there."""
    path = tmp_path / "outbox" / "page.html"
    write_file(path, b"one")
    write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX")
def test_others_may_read_it_as_they_may_any_file(tmp_path: Path) -> None:
    """A page made by one member of a team is not locked to her by the way it was written."""
    write_file(tmp_path / "ours", b"x")
    (tmp_path / "plain").write_bytes(b"x")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_when_the_disk_is_full_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 3, in plain words, and nothing half left lying about."""
    path = tmp_path / "page.html"
    write_file(path, b"one")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="no space left on device") as failed:
        write_file(path, b"two")
    assert failed.value.exit_code == 3
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_the_way_of_the_folder(tmp_path: Path) -> None:
    """A sentence, not a traceback."""
    (tmp_path / "outbox").write_text("in the way", "utf-8")
    with pytest.raises(CannotWrite):
        write_file(tmp_path / "outbox" / "page.html", b"x")
