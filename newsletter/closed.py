"""A file -> whether others on this computer may read or change it."""

from __future__ import annotations

import os
from pathlib import Path

OTHERS = 0o077


def is_open(path: Path) -> bool:
    """On Windows always no: a user's folder is closed there by itself."""
    return os.name == "posix" and bool(path.stat().st_mode & OTHERS)
