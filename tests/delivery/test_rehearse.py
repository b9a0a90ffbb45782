from __future__ import annotations

import ast
import datetime as dt
import email
import email.policy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newsletter.audience.subscribers import remove
from newsletter.delivery import rehearse as module
from newsletter.delivery.rehearse import rehearse
from newsletter.letters.leave_links import PURPOSE, read_token
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Dossier
from newsletter.settings import Settings
from newsletter.store.open import Store
from newsletter.workspace import Workspace

NOW = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)


def test_ten_letters_and_the_longest(
    dossier: Dossier, store: Store, enlist: Callable[..., str], workspace: Workspace
) -> None:
    """The rehearsal composes all, writes ten spread over the list and the longest, and says what would happen."""
    for number in range(30):
        enlist(
            f"reader{number}@example.org", "Ana" if number != 17 else "María " * 15, "es" if number % 3 == 0 else "en"
        )
    remove(store, "reader5@example.org", dt.date(2025, 7, 2))
    folder = workspace.outbox / "2025-07" / "letters"
    done = rehearse(dossier, store, Settings(), folder, NOW)
    assert (done.letters, done.readers, done.skipped, done.unfit) == (29, {"en": 19, "es": 10}, {"left": 1}, 0)
    letters = [path.read_bytes() for path in folder.iterdir()]
    assert len(letters) == done.written in (10, 11)
    assert max(map(len, letters)) == done.longest
    parsed = [email.message_from_bytes(data, policy=email.policy.default) for data in letters]
    assert len({one["To"] for one in parsed}) == done.written


def test_a_rehearsals_leave_links_remove_nobody(
    dossier: Dossier, store: Store, enlist: Callable[..., str], workspace: Workspace
) -> None:
    """A coordinator who clicks one in a rehearsed letter strikes nobody off."""
    ids = {enlist(f"reader{number}@example.org") for number in range(3)}
    folder = workspace.outbox / "letters"
    rehearse(dossier, store, Settings(public_url="https://news.example.org"), folder, NOW)
    secret = store.vault.derive(PURPOSE)
    for path in folder.iterdir():
        parsed = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        token = parsed["List-Unsubscribe"].strip("<>").rpartition("/")[2]
        assert len(token) == 44
        assert read_token(secret, token) not in ids


def test_a_rehearsal_opens_no_ledger(
    dossier: Dossier, store: Store, enlist: Callable[..., str], workspace: Workspace, monkeypatch: Any
) -> None:
    """Not a row, not a lock, not a socket; and its code does not know where the books are."""
    from newsletter.ledger.book import Ledger

    enlist("ana@example.org")
    monkeypatch.setattr("socket.socket", None)
    books = [path.read_bytes() for path in sorted(workspace.records.glob("newsletter.db*")) if path.suffix != ".db-shm"]
    rehearse(dossier, store, Settings(), workspace.outbox / "letters", NOW)
    after = [path.read_bytes() for path in sorted(workspace.records.glob("newsletter.db*")) if path.suffix != ".db-shm"]
    assert books == after
    assert Ledger(store.database).digests(IssueName.parse("2025-07")) == {}
    assert Ledger(store.database).books(IssueName.parse("2025-07")).planned == 0
    assert not list(workspace.records.glob("*.sending"))
    seen = [module.__file__]
    for file in seen:
        for node in ast.walk(ast.parse(Path(str(file)).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("newsletter.delivery"):
                seen.append(str(Path(str(module.__file__)).parent.joinpath(*node.module.split(".")[2:])) + ".py")
            assert not (isinstance(node, ast.ImportFrom) and "ledger" in str(node.module))
    assert len(seen) > 3
