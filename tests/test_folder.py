from __future__ import annotations

import stat
from pathlib import Path

import pytest

from newsletter import folder as folder_module
from newsletter.folder import replace_folder
from newsletter.write_file import CannotWrite


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_holds_just_what_was_asked_for(tmp_path: Path) -> None:
    """What an earlier run left is gone: a page that is no longer published does not linger."""
    site = tmp_path / "site"
    replace_folder(site, {"old.html": b"1", "a/b.html": b"2"})
    replace_folder(site, {"a/b.html": b"3"})
    assert files_in(site) == {"a/b.html": b"3"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"], "nothing is left beside it"


def test_private_files_are_their_owners_alone(tmp_path: Path) -> None:
    """P12: a list of people is written with mode 0600, and never stands open even for a moment."""
    replace_folder(tmp_path / "out", {"list.csv": b"x", "README.txt": b"y"}, private=["list.csv"])
    assert stat.S_IMODE((tmp_path / "out" / "list.csv").stat().st_mode) == 0o600
    assert (tmp_path / "out" / "README.txt").stat().st_mode & stat.S_IROTH


@pytest.mark.parametrize("break_at", ["a/b.html", "z.html"])
def test_a_full_disk_leaves_the_older_folder_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, break_at: str
) -> None:
    """A site is never half overwritten: where writing fails, the older one stands and one is told in plain words."""
    site = tmp_path / "site"
    replace_folder(site, {"index.html": b"old"})
    real = folder_module._write

    def full(path: Path, data: bytes, mode: int) -> None:
        if path.as_posix().endswith(break_at):
            raise OSError(28, "No space left on device")
        real(path, data, mode)

    monkeypatch.setattr(folder_module, "_write", full)
    with pytest.raises(CannotWrite, match="no space left on device"):
        replace_folder(site, {"a/b.html": b"new", "index.html": b"new", "z.html": b"new"})
    assert files_in(site) == {"index.html": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_stopped_in_the_middle_no_copy_of_a_list_stays_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """P12: Ctrl-C while people's addresses are being written leaves none of them in a hidden folder."""
    real = folder_module._write

    def stopped(path: Path, data: bytes, mode: int) -> None:
        real(path, data, mode)
        raise KeyboardInterrupt

    monkeypatch.setattr(folder_module, "_write", stopped)
    with pytest.raises(KeyboardInterrupt):
        replace_folder(tmp_path / "brevo", {"list.csv": b"ana@example.org"}, private=["list.csv"])
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_said_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("not a folder")
    with pytest.raises(CannotWrite, match=r"outbox.site cannot be written"):
        replace_folder(tmp_path / "outbox" / "site", {"index.html": b""})


def test_a_run_killed_between_the_renamings_loses_nothing(tmp_path: Path) -> None:
    """The older site stands under another name for a moment; the next run finds it there, even if it fails itself."""
    (tmp_path / ".site.old").mkdir()
    (tmp_path / ".site.old" / "index.html").write_text("old")
    (tmp_path / ".site.new").mkdir()
    (tmp_path / ".site.new" / "half.html").write_text("half")
    replace_folder(tmp_path / "site", {"index.html": b"new"})
    assert files_in(tmp_path / "site") == {"index.html": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
