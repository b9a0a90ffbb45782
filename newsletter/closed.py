"""A file -> whether others on this computer may read or change it."""

from __future__ import annotations

import os
from pathlib import Path

_OTHERS = 0o077


def is_open(file: Path | int) -> bool:
    """By its name, or by its number where it is open already. On Windows always no: a user's folder is closed there by itself."""
    return os.name == "posix" and bool(os.stat(file).st_mode & _OTHERS)  # noqa: PTH116 - a number has no Path
