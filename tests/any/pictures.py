"""A newsletter's folder -> one in which the sample's pictures have been scaled before, as in the folder of anybody who works.

What is kept for next time goes by what a file holds, so one folder serves all tests of a run, whichever process makes a
picture first; scaling them for each test anew was a third of all the work. How a picture is made, and is kept, is tested
in ``tests/rendering/pictures``, where nothing is at hand.
"""

from __future__ import annotations

import os
from pathlib import Path

NAME = "TEST_PICTURES"
"""The variable that says where they lie; without it nothing is at hand."""


def pictures_at_hand(root: Path) -> None:
    """Let a newsletter find what earlier tests have scaled."""
    if kept := os.environ.get(NAME):
        cache = root / "outbox" / ".cache"
        cache.mkdir(parents=True)
        (cache / "pictures").symlink_to(kept, target_is_directory=True)
