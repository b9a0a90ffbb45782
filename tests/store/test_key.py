from __future__ import annotations

import base64
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from newsletter.settings import BadSetting, Settings
from newsletter.store.key import CannotKeepKey, DamagedKey, NoKey, find_key

KEY = bytes(range(32))
WRITTEN = base64.urlsafe_b64encode(KEY).decode()


def test_the_setting_goes_first(tmp_path: Path) -> None:
    """NEWSLETTER_KEY, with or without its ``=``; the config folder is not even looked at."""
    for text in (WRITTEN, WRITTEN.rstrip("=")):
        assert find_key(Settings(key=text), make=False, folder=tmp_path / "no") == KEY
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["short", WRITTEN + "AAAA", "ñ" * 43, "A" * 42, " ", "+" * 43 + "!"])
def test_a_setting_that_is_no_key(text: str) -> None:
    """What is not 32 bytes in base64 is named by its setting, without being repeated."""
    with pytest.raises(BadSetting, match="NEWSLETTER_KEY") as caught:
        find_key(Settings(key=text), make=True)
    assert text.strip() == "" or text not in str(caught.value)


def test_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    """P6: made on first need, 0600 in a folder 0700, and the same from then on."""
    folder = tmp_path / "config" / "newsletter"
    made = find_key(Settings(), make=True, folder=folder)
    assert len(made) == 32
    assert find_key(Settings(), make=True, folder=folder) == made
    assert find_key(Settings(), make=False, folder=folder) == made
    assert base64.urlsafe_b64decode((folder / "key").read_text("ascii")) == made
    if os.name == "posix":
        assert (folder / "key").stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name != "posix", reason="file modes and folders that are synced")
def test_a_power_cut_does_not_take_a_new_key_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is on the disk under its name before anything is locked with it: its file and its folder are flushed."""
    flushed: list[str] = []
    real = os.fsync

    def noting(handle: int) -> None:
        flushed.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        assert (tmp_path / "key").exists() == (flushed[-1] == "folder")
        real(handle)

    monkeypatch.setattr(os, "fsync", noting)
    find_key(Settings(), make=True, folder=tmp_path)
    assert flushed == ["file", "folder"]


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_a_key_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    """P6: a key brought over from another computer often comes with the modes of any file."""
    (tmp_path / "key").write_text(WRITTEN, "ascii")
    (tmp_path / "key").chmod(0o644)
    assert find_key(Settings(), make=False, folder=tmp_path) == KEY
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_key_kept_elsewhere_is_not_replaced_while_it_is_away(tmp_path: Path) -> None:
    """A link to a key on a stick that is not plugged in: no new key takes its place."""
    (tmp_path / "key").symlink_to(tmp_path / "stick" / "key")
    with pytest.raises(NoKey):
        find_key(Settings(), make=True, folder=tmp_path)
    assert (tmp_path / "key").is_symlink()


def test_no_home_no_key_in_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """P6: where nobody knows the user's home (a bare container), the key is not written beside the list."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotKeepKey, match="NEWSLETTER_KEY"):
        find_key(Settings(), make=True, folder=Path("~/.config/newsletter"))
    assert list(tmp_path.iterdir()) == []


def test_no_key_says_where_it_should_be(tmp_path: Path) -> None:
    """No key: the file that is missing, and how to bring it from the old computer; nothing is made."""
    with pytest.raises(NoKey, match="where the list was last used") as caught:
        find_key(Settings(), make=False, folder=tmp_path / "c")
    assert str(tmp_path / "c" / "key") in caught.value.message
    assert "NEWSLETTER_KEY" in caught.value.hint
    assert caught.value.exit_code == 4
    assert not (tmp_path / "c").exists()


def test_half_a_key_is_not_replaced(tmp_path: Path) -> None:
    """A damaged key is named and left alone, also where making one would be allowed."""
    (tmp_path / "key").write_text(WRITTEN[:20], "ascii")
    with pytest.raises(DamagedKey) as caught:
        find_key(Settings(), make=True, folder=tmp_path)
    assert WRITTEN[:20] not in str(caught.value)
    assert (tmp_path / "key").read_text("ascii") == WRITTEN[:20]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file in the folder's place: a sentence, not a traceback."""
    (tmp_path / "newsletter").write_text("", "ascii")
    with pytest.raises(CannotKeepKey, match="may write"):
        find_key(Settings(), make=True, folder=tmp_path / "newsletter")


def test_two_first_starts_make_one_key(tmp_path: Path) -> None:
    """Programs that need a key at the same moment agree on it."""
    code = (
        "import sys; from pathlib import Path; from newsletter.settings import Settings;"
        "from newsletter.store.key import find_key;"
        "print(find_key(Settings(), make=True, folder=Path(sys.argv[1])).hex())"
    )
    asked = [sys.executable, "-c", code, str(tmp_path / "c")]
    both = [subprocess.Popen(asked, stdout=subprocess.PIPE) for _ in range(4)]
    assert len({one.communicate()[0] for one in both}) == 1
    assert [one.returncode for one in both] == [0] * 4
