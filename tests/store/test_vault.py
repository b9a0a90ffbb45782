from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.settings import Settings
from newsletter.store.open import Store, open_store
from newsletter.store.vault import DamagedBox, Vault, WrongKey, check_key, key_is_known
from newsletter.workspace import Workspace

KEY = bytes(range(32))


@given(st.text(), st.text())
def test_what_is_locked_comes_back(text: str, purpose: str) -> None:
    """Any text, under any purpose, and never the same box twice."""
    vault = Vault(KEY)
    box = vault.seal(text, purpose)
    assert vault.open(box, purpose) == text
    assert vault.seal(text, purpose) != box


def test_a_box_shows_nothing_of_its_text() -> None:
    """The text does not stand in its box."""
    assert b"ana@example.org" not in Vault(KEY).seal("ana@example.org")


def test_a_box_that_was_changed_or_moved_does_not_open() -> None:
    """Each bit counts; a box put into another person's row, or under another key, is refused."""
    vault = Vault(KEY)
    box = vault.seal("Ana", "name:1")
    for at in range(len(box)):
        changed = bytearray(box)
        changed[at] ^= 1
        with pytest.raises(DamagedBox):
            vault.open(bytes(changed), "name:1")
    for other, purpose in ((vault, "name:2"), (vault, "address:1"), (Vault(bytes(32)), "name:1")):
        with pytest.raises(DamagedBox):
            other.open(box, purpose)
    for short in (b"", b"\x01", box[:20]):
        with pytest.raises(DamagedBox):
            vault.open(short, "name:1")


def test_each_purpose_and_each_key_has_keys_of_its_own() -> None:
    """Leave links, Message-IDs and boxes share no key; the same purpose gives the same one for ever."""
    vault = Vault(KEY)
    derived = {vault.derive("leave"), vault.derive("message-id"), Vault(bytes(32)).derive("leave"), KEY}
    assert len(derived) == 4
    assert all(len(one) == 32 for one in derived)
    assert Vault(KEY).derive("leave") == vault.derive("leave")
    # Fixed for ever: leave links of old letters must go on working (U5).
    assert vault.derive("leave").hex()[:16] == "93d1feb34d008fff"
    assert vault.address_hash("ana@example.org").hex()[:16] == "c0742c77fa3e931c"


def test_the_key_shows_nowhere() -> None:
    """The key stands in no repr and cannot be pickled by accident."""
    vault = Vault(KEY)
    for shown in (repr(vault), str(vault), f"{vault}"):
        assert shown == "<Vault>"
    with pytest.raises(TypeError):
        pickle.dumps(vault)
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(b"short")


def test_the_hash_means_nothing_without_the_key() -> None:
    """P5: two lists hash one address differently."""
    assert Vault(KEY).address_hash("ana@example.org") != Vault(bytes(32)).address_hash("ana@example.org")


def test_another_s_key_opens_nothing(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    """A list locked with one key refuses another, in words that say whose key is wanted, with exit code 4."""
    check_key(store.database, store.vault)
    assert key_is_known(store.database)
    with pytest.raises(WrongKey, match=r"not the one.*kept the list before") as caught:
        check_key(store.database, Vault(KEY))
    assert caught.value.exit_code == 4
    other = Settings(key="A" * 43)
    with pytest.raises(WrongKey):
        open_store(workspace, other, folder=tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
