from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsletter.delivery.sign.keys import DkimKeyInRepository, read_ed25519, read_rsa
from newsletter.delivery.sign.new_key import CannotKeepDkimKey, KeyIsThere, new_key


def test_a_new_key_is_its_owners_alone(tmp_path: Path) -> None:
    """A9: 0600 from its first byte on, whatever the machine gives new files; the folder is made."""
    before = os.umask(0)
    try:
        for name, second in (("rsa.pem", False), ("ed25519.pem", True)):
            file = tmp_path / "config" / "newsletter" / name
            new_key(file, ed25519=second)
            if os.name == "posix":
                assert file.stat().st_mode & 0o777 == 0o600
                assert file.parent.stat().st_mode & 0o077 == 0
            assert read_ed25519(file) if second else read_rsa(file).key_size == 2048
    finally:
        os.umask(before)


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    """A9: not even by an empty file's name, or a link that leads nowhere."""
    file = tmp_path / "key.pem"
    file.write_text("mine")
    with pytest.raises(KeyIsThere):
        new_key(file)
    assert file.read_text() == "mine"
    nowhere = tmp_path / "link.pem"
    nowhere.symlink_to(tmp_path / "nowhere.pem")
    with pytest.raises(KeyIsThere):
        new_key(nowhere)
    assert not (tmp_path / "nowhere.pem").exists()


def test_a_key_is_not_made_where_it_may_not_be(tmp_path: Path) -> None:
    """A9: not in the newsletter's folder; a folder that cannot be made is a sentence."""
    (tmp_path / "file").touch()
    with pytest.raises(CannotKeepDkimKey):
        new_key(tmp_path / "file" / "key.pem")
    (tmp_path / ".git").mkdir()
    with pytest.raises(DkimKeyInRepository):
        new_key(tmp_path / "key.pem")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".pem"] == []
