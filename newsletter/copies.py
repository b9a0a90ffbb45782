"""A file that is about to be written over -> a dated copy of it in ``records/copies/``, which nothing clears away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from newsletter.workspace import Workspace
from newsletter.write_file import CannotWrite, write_file

COPIES = "copies"


def keep_copy(workspace: Workspace, path: Path, now: dt.datetime) -> Path:
    """Keep what a file of hers holds now, before it changes; the copy's path. Raises CannotWrite.

    Two copies of one second stand side by side: the later one has a number.
    """
    folder = workspace.records / COPIES
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CannotWrite(folder / path.name, (error.strerror or "it cannot be read").lower()) from None
    copy = _free(folder, f"{path.stem}.{now:%Y-%m-%d.%H-%M-%S}", path.suffix)
    write_file(copy, data)
    return copy


def _free(folder: Path, stem: str, suffix: str) -> Path:
    number, path = 1, folder / f"{stem}{suffix}"
    while path.exists():
        number += 1
        path = folder / f"{stem}.{number}{suffix}"
    return path
