"""Where one stands -> ``outbox/demo/``, empty: an earlier demo's folder is taken away, anything else is left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

from newsletter.errors import StoppedForSafety

MARK = ".made-by-newsletter-demo"
MARK_TEXT = "This folder was made by `newsletter demo`, which deletes and makes it again at each run.\n"


class NotOurs(StoppedForSafety):
    """The demo's place is taken by something that no demo made."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds something that no demo has made, so it was left as it is.",
            "Move it somewhere else, then: newsletter demo",
        )


def fresh_folder(folder: Path) -> Path:
    """Make the folder anew, marked as ours; raises NotOurs where something else stands there."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NotOurs(folder)
    mark = folder / MARK
    if folder.is_dir() and any(folder.iterdir()):
        if mark.is_symlink() or not mark.is_file():
            raise NotOurs(folder)
        _clear(folder)
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(MARK_TEXT, "utf-8")
    return folder


def _clear(folder: Path) -> None:
    """Take away all but the mark: a demo that is stopped here is known as ours by the next."""
    for one in folder.iterdir():
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        elif one.name != MARK:
            one.unlink()


def copy_files(source: Path, goal: Path) -> None:
    """Copy a folder's files, but not their rights: what is installed may be read-only, what we make must not be."""
    for path in sorted(source.rglob("*")):
        if path.is_file():
            (goal / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, goal / path.relative_to(source))
