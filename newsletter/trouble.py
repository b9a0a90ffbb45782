"""An exception that nobody caught -> a sentence, the way on and an exit code; for a surprise, a report without values."""

from __future__ import annotations

import datetime as dt
import errno
import os
import platform
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsletter.errors import NewsletterError, OutsideFailed, ToMend

PACKAGE = Path(__file__).resolve().parent
PARTS_SHOWN = 3

_FILE_TROUBLE = {
    errno.ENOSPC: ("The disk is full: {file} could not be written.", "Make room, then try again."),
    errno.EDQUOT if hasattr(errno, "EDQUOT") else -1: (
        "Your share of the disk is full: {file} could not be written.",
        "Make room, then try again.",
    ),
    errno.EACCES: ("{file} may not be read or written by you.", "Look who owns it, and whether it is open elsewhere."),
    errno.EPERM: ("{file} may not be changed by you.", "Look who owns it, and whether it is locked."),
    errno.EROFS: ("{file} cannot be written: the disk is read-only.", "Work in a folder that you may write to."),
    errno.ENOENT: ("{file} is not there.", "Look whether the name is right, and whether a folder was moved."),
    errno.EISDIR: ("{file} is a folder, and a file was wanted.", "Move the folder away, or name another file."),
    errno.ENOTDIR: ("{file} is in something that is no folder.", "Look whether the name is right."),
    errno.EEXIST: ("{file} is in the way.", "Move it somewhere else, then try again."),
    errno.ENAMETOOLONG: ("The name {file} is too long for this disk.", "Use a shorter name."),
    errno.EMFILE: ("Too many files are open at once.", "Close some programs, then try again."),
}


class DiskTrouble(OutsideFailed):
    """A file or a folder did not let itself be read or written."""


class NoConnection(OutsideFailed):
    """A machine on the network could not be reached, or went away."""

    def __init__(self) -> None:
        super().__init__("The network did not answer.", "Look whether you are online, then try again.")


class Unforeseen(ToMend):
    """Something that we did not foresee. Says where the report lies; holds nothing of what went wrong itself."""

    def __init__(self, report: Path | None) -> None:
        super().__init__(
            "Something went wrong that this program did not foresee.",
            f"A report is in {report}. It holds no names and no addresses: please send it to whoever looks after the"
            " program."
            if report
            else "Please tell whoever looks after the program what you were doing.",
        )


@dataclass(frozen=True)
class Setting:
    """What a report may say of the circumstances: the command's name, the time, and where reports are kept."""

    command: str
    now: dt.datetime
    folder: Path | None


def explain(error: BaseException, setting: Setting) -> NewsletterError:
    """Say any exception in plain words; what has none is written to a report first."""
    for one in _chain(error):
        if isinstance(one, NewsletterError):
            return one
        if isinstance(one, OSError) and (found := _of_the_system(one)):
            return found
    return Unforeseen(_write_report(error, setting))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and what it was raised from, as far as that is said on purpose."""
    one: BaseException | None = error
    while one is not None:
        yield one
        one = one.__cause__


def _of_the_system(error: OSError) -> NewsletterError | None:
    if isinstance(error, ConnectionError | TimeoutError) or type(error).__module__ in ("socket", "ssl"):
        return NoConnection()
    if error.errno in _FILE_TROUBLE:
        message, hint = _FILE_TROUBLE[error.errno]
        file = str(error.filename) if error.filename else "a file"
        message = message.format(file=file)
        return DiskTrouble(message[:1].upper() + message[1:] if not error.filename else message, hint)
    return None


def _write_report(error: BaseException, setting: Setting) -> Path | None:
    """Keep the frames only: an exception's own text may hold an address. In a new file, its owner's alone."""
    name = f"trouble-{setting.now:%Y-%m-%d-%H%M%S}-"
    text = "\n".join(report(error, setting)) + "\n"
    for folder in (setting.folder, Path(tempfile.gettempdir())):
        if folder is None:
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, path = tempfile.mkstemp(".txt", name, folder)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
        except OSError:
            continue
        return Path(path)
    return None


def report(error: BaseException, setting: Setting) -> Iterator[str]:
    """The lines of a report: circumstances, kinds of exception, and frames by file, line and function."""
    yield f"newsletter {_version()}, Python {platform.python_version()}, {platform.system()}"
    yield f"{setting.now:%Y-%m-%d %H:%M:%S %z}, command: {setting.command or '(none)'}"
    one: BaseException | None = error
    while one is not None:
        yield ""
        yield type(one).__name__
        for frame in traceback.extract_tb(one.__traceback__):
            yield f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}"
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _version() -> str:
    from importlib import metadata

    try:
        return metadata.version("newsletter")
    except metadata.PackageNotFoundError:
        return "(not installed)"


def _short(filename: str) -> str:
    """A file without the folders that name a person's computer."""
    path = Path(filename)
    if path.is_relative_to(PACKAGE):
        return path.relative_to(PACKAGE.parent).as_posix()
    return "/".join(path.parts[-PARTS_SHOWN:])
