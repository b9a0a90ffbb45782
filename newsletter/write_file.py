"""A path and its bytes -> the file, whole or as it was before: written beside it, then put in its place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from newsletter.errors import OutsideFailed


class CannotWrite(OutsideFailed):
    """A file or folder of ours cannot be written; what stood there before still does."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be written: {reason}.",
            "See that the disk has room and that you may write there, then do the same again.",
        )


def write_file(path: Path, data: bytes, mode: int | None = None, last_look: Callable[[], None] = lambda: None) -> None:
    """Write a file so that nobody ever finds half of it, making its folder where needed. Raises CannotWrite.

    ``mode`` are its rights; left out, those of any new file. ``last_look`` is called when all that is left to do is to
    put it in its place; what it raises stops that.
    """
    beside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        _give_rights(Path(beside), mode)
        last_look()
        os.replace(beside, path)  # noqa: PTH105 - reads as what it is: both paths matter
        beside = ""
    except OSError as error:
        raise CannotWrite(path, (error.strerror or "the disk refused").lower()) from None
    finally:
        if beside:
            Path(beside).unlink(missing_ok=True)


def write_new(path: Path, data: bytes) -> bool:
    """Write a file whole, unless there is one: then it stays, and the answer is False. Raises CannotWrite."""
    if path.exists():
        return False
    write_file(path, data)
    return True


def holds(path: Path, data: bytes) -> bool:
    """Whether a file holds these bytes and no others; one that cannot be read holds none of them."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _give_rights(path: Path, mode: int | None) -> None:
    """Give a new file its rights, or those that any other would have; a temporary one is the owner's alone."""
    if os.name == "posix":
        path.chmod(0o666 & ~_mask() if mode is None else mode)


@cache
def _mask() -> int:
    """What the process takes away from new files; asked once, since asking changes it for a moment, for all threads."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
