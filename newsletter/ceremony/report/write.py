"""Books after a sending -> ``records/reports/ISSUE/``: the closing report of this run, as HTML and as text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.ceremony.report.facts import facts
from newsletter.ceremony.report.page import page
from newsletter.ceremony.report.text import text
from newsletter.write_file import write_file

if TYPE_CHECKING:
    from newsletter.ceremony.done import Done
    from newsletter.door import Door
    from newsletter.gate.clear import Cleared
    from newsletter.ledger.account import Account
    from newsletter.store.open import Store

FOLDER = "reports"
_OWN = 0o600


def write_report(door: Door, store: Store, cleared: Cleared, account: Account, done: Done) -> Path:
    """Write both, each run's under its own hour, and say where the page is. Raises CannotWrite."""
    found = facts(door, store, cleared, account, done)
    folder = door.workspace.records / FOLDER / str(account.issue)
    path = _free(folder, f"{found.made:%Y-%m-%d-%H%M%S}")
    write_file(path.with_suffix(".txt"), text(found).encode(), _OWN)
    write_file(path, page(found, cleared.dossier.profile.look), _OWN)
    return path


def _free(folder: Path, name: str) -> Path:
    """A path at which nothing stands: two runs within a second keep their reports both."""
    path, number = folder / f"{name}.html", 2
    while path.exists():
        path, number = folder / f"{name}-{number}.html", number + 1
    return path
