from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newsletter.ledger.lock import Locked, being_sent, sending
from newsletter.nouns.draft import IssueName

JULY, AUGUST = IssueName.parse("2025-07"), IssueName.parse("2025-08")

HOLD = """
import sys, time
from pathlib import Path
from newsletter.ledger.lock import sending
from newsletter.nouns.draft import IssueName
with sending(Path(sys.argv[1]), IssueName.parse("2025-07")):
    print("held", flush=True)
    time.sleep(60)
"""


def test_one_sender_at_a_time(tmp_path: Path) -> None:
    """S6: a second process is refused at once with exit code 4; another issue is free; a killed owner leaves nothing."""
    books = tmp_path / "newsletter.db"
    assert not being_sent(books, JULY)
    owner = subprocess.Popen([sys.executable, "-c", HOLD, str(books)], stdout=subprocess.PIPE)
    assert owner.stdout is not None
    assert owner.stdout.readline() == b"held\n"
    with pytest.raises(Locked) as said, sending(books, JULY):
        pass
    assert said.value.exit_code == 4
    assert being_sent(books, JULY)
    assert not being_sent(books, AUGUST)
    with sending(books, AUGUST):
        pass
    owner.kill()
    owner.wait()
    owner.stdout.close()
    assert not being_sent(books, JULY)
    with sending(books, JULY):
        assert being_sent(books, JULY)


def test_one_lock_by_whatever_way_the_books_are_reached(tmp_path: Path) -> None:
    """S6: the same books under two paths are not sent from twice at once."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "newsletter.db").touch()
    (tmp_path / "newsletter.db").symlink_to(tmp_path / "disk" / "newsletter.db")
    with sending(tmp_path / "newsletter.db", JULY):
        assert being_sent(tmp_path / "disk" / "newsletter.db", JULY)


def test_asking_makes_no_file(tmp_path: Path) -> None:
    """``status`` leaves no trace where nothing was ever sent."""
    being_sent(tmp_path / "newsletter.db", JULY)
    assert list(tmp_path.iterdir()) == []
