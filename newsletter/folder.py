"""Files by name -> a folder on disk that holds just them, put in place whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from newsletter.write_file import CannotWrite

PRIVATE = 0o600
EVERYONE = 0o666  # less what the user's umask takes away


def replace_folder(folder: Path, files: Mapping[str, bytes], *, private: Collection[str] = ()) -> None:
    """Make a folder hold these files (names with ``/``) and nothing else; private ones only their owner can read.

    The files are written into a folder beside it, which then takes its place: nobody ever meets half of them, and where
    something fails, what stood there before still does.
    Raises CannotWrite.
    """
    fresh, old = (folder.with_name(f".{folder.name}.{ending}") for ending in ("new", "old"))
    try:
        _settle(folder, old)
        shutil.rmtree(fresh, ignore_errors=True)
        for name, data in files.items():
            _write(fresh / name, data, PRIVATE if name in private else EVERYONE)
        fresh.mkdir(parents=True, exist_ok=True)
        _take_place(fresh, folder, old)
    except OSError as error:
        raise CannotWrite(folder, (error.strerror or "the disk refused").lower()) from None
    finally:  # after Ctrl-C too: what was half written may hold people's addresses
        shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def _settle(folder: Path, old: Path) -> None:
    """Put right what a run that was killed between the two renamings left behind."""
    if old.exists() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _take_place(fresh: Path, folder: Path, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise


def _write(path: Path, data: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode), "wb"
    ) as file:
        file.write(data)
