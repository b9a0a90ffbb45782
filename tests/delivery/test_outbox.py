from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsletter.delivery.carriers.outbox import Outbox, OutboxNotWritable
from newsletter.nouns.letter import Fate, Message


def test_letters_become_files_without_addresses_in_their_names(tmp_path: Path, message: Message) -> None:
    """P6: whole files, for their owner's eyes, of this run only."""
    folder = tmp_path / "letters"
    for _ in range(2):
        with Outbox(folder) as outbox:
            assert [outbox.deliver(message).fate for _ in range(2)] == [Fate.ACCEPTED] * 2
    files = sorted(folder.iterdir())
    assert [path.name for path in files] == ["0001-1.eml", "0002-1.eml"]
    assert all(path.read_bytes() == message.data for path in files)
    assert not any("ana" in path.name for path in files)
    if os.name == "posix":
        assert all(path.stat().st_mode & 0o077 == 0 for path in files)


def test_a_folder_that_cannot_be_is_said(tmp_path: Path, message: Message) -> None:
    """Exit code 3, a sentence, and no half letter."""
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(OutboxNotWritable) as said, Outbox(tmp_path / "file" / "letters"):
        pass
    assert said.value.exit_code == 3
    with Outbox(tmp_path / "letters") as outbox:
        (tmp_path / "letters").rmdir()
        with pytest.raises(OutboxNotWritable):
            outbox.deliver(message)
