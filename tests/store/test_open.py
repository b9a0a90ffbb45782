from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsletter.settings import BadSetting, Settings
from newsletter.store.key import NoKey
from newsletter.store.open import database_path, open_store
from newsletter.workspace import Workspace


def test_the_first_start_makes_everything_and_says_so_once(workspace: Workspace, keys: Path) -> None:
    """Database and key are made on first need; only the first start has a new key to tell of."""
    with open_store(workspace, Settings(), folder=keys) as first:
        assert first.key_made == keys / "key"
        assert Path(first.database.where) == workspace.records / "newsletter.db"
    with open_store(workspace, Settings(), folder=keys) as second:
        assert second.key_made is None
        assert second.vault.address_hash("a@example.org") == first.vault.address_hash("a@example.org")


def test_a_list_without_its_key_makes_no_new_one(workspace: Workspace, keys: Path, tmp_path: Path) -> None:
    """On a new computer the old list asks for the old key."""
    open_store(workspace, Settings(), folder=keys).close()
    with pytest.raises(NoKey):
        open_store(workspace, Settings(), folder=tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_the_key_and_the_vault_show_in_no_repr(workspace: Workspace, keys: Path) -> None:
    """P6: neither the store nor the settings print the key."""
    with open_store(workspace, Settings(), folder=keys) as store:
        key = (keys / "key").read_text("ascii").strip()
    for shown in (repr(store), str(store.database), repr(Settings(key=key))):
        assert key not in shown


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_a_records_folder_made_by_hand_is_closed_to_others(workspace: Workspace, keys: Path) -> None:
    """P6: records/ is 0700 also where it was made or brought back with the modes of any folder."""
    workspace.records.mkdir(parents=True, mode=0o755)
    workspace.records.chmod(0o755)
    open_store(workspace, Settings(), folder=keys).close()
    assert workspace.records.stat().st_mode & 0o777 == 0o700


def test_where_the_database_is(workspace: Workspace, tmp_path: Path) -> None:
    """A relative path counts from the workspace, ~ is one's home; a server's address is not for this version."""
    assert database_path(workspace, Settings()) == workspace.root / "records" / "newsletter.db"
    assert database_path(workspace, Settings(database=str(tmp_path / "x.db"))) == tmp_path / "x.db"
    assert database_path(workspace, Settings(database="~/x.db")) == Path("~/x.db").expanduser()
    for bad in ("postgresql://db.example.org/news", ""):
        with pytest.raises(BadSetting, match="NEWSLETTER_DATABASE"):
            database_path(workspace, Settings(database=bad))
