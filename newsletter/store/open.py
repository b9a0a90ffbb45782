"""Workspace and settings -> Store: the database of the list and the books, and the vault that its key opens."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from newsletter.closed import is_open
from newsletter.settings import BadSetting, Settings
from newsletter.store.database import Database, open_database
from newsletter.store.key import find_key, key_folder
from newsletter.store.tracked import refuse_tracked
from newsletter.store.vault import Vault, check_key, key_is_known
from newsletter.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Store:
    """What is open. The caller says to the user what was made just now: a key, a new list under a key that was there."""

    database: Database
    vault: Vault = field(repr=False)
    key_made: Path | None = None
    begun_anew: bool = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def _close_to_others(folder: Path) -> None:
    """``records/`` is ours: also where somebody else made it, or brought it back from a copy, it is its owner's alone."""
    if is_open(folder):
        with suppress(PermissionError):  # not our folder: the files in it are closed all the same
            folder.chmod(0o700)


def database_path(workspace: Workspace, settings: Settings) -> Path:
    """Where the list and the books are kept; a relative path counts from the workspace. Raises BadSetting."""
    if "://" in settings.database or not settings.database:
        raise BadSetting("DATABASE", "the path of a file, such as records/newsletter.db")
    return workspace.root / os.path.expanduser(settings.database)  # noqa: PTH111 - pathlib's raises where there is no home


def open_store(workspace: Workspace, settings: Settings, *, folder: Path | None = None) -> Store:
    """Open the list and the books, making them and their key on first need. ``folder`` keeps the key: key_folder().

    Raises TrackedByGit, NoKey, WrongKey, DamagedKey, CannotKeepKey, BadSetting, and what open_database raises.
    """
    path = database_path(workspace, settings)
    refuse_tracked(path)
    folder = folder or key_folder()
    had_key = bool(settings.key) or (folder / "key").exists()
    new = not path.exists()
    database = open_database(str(path))
    if path.parent == workspace.records:
        _close_to_others(path.parent)
    try:
        vault = Vault(find_key(settings, make=not key_is_known(database), folder=folder))
        check_key(database, vault)
    except BaseException:
        database.close()
        raise
    return Store(database, vault, None if had_key else folder / "key", new and had_key)
