"""A file of hers that is saved -> the file, and dated copies in ``records/copies/`` of what it held before and holds now.

``save`` is how a file of hers is written; ``snapshots`` lists what was kept, ``restore`` brings one back. A copy is named
for its file, its day and its second, and why it was kept: ``2025-07.es.2025-07-04.09-12-33.saved.yaml``.

What is kept how long: copies marked ``saved`` (one for each save) and ``unsaved`` (words that met another's change) are
all kept for an hour, then the last of each minute for a day, the last of each hour for 31 days, and after that the last
of each day for ever: a year of saving each second leaves some 6,000 small files. Every other copy always stays: what
stood there before an older state was brought back, before a conflict was settled, before the program mended something,
and what another program had written. A state that is the newest copy already is not kept again.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from newsletter.errors import StoppedForSafety, ToMend
from newsletter.lock import Taken, held
from newsletter.workspace import Workspace
from newsletter.write_file import CannotWrite, write_file

COPIES = "copies"
LOCK = "saving.lock"
PATIENCE = 10.0
"""Seconds to wait for another window that is saving; a save takes some hundredths."""

_STAMP = "%Y-%m-%d.%H-%M-%S"
_AFTER_STEM = re.compile(r"(\d{4}-\d\d-\d\d\.\d\d-\d\d-\d\d)(?:\.(\d+))?(?:\.([a-z-]+))?")
_PRIVATE = 0o600
_HOUR, _DAY, _MONTH = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(days=31)


class Why(StrEnum):
    """Why a copy was kept, as its name says."""

    CHANGED = ""  # something was about to write over it
    SAVED = "saved"
    UNSAVED = "unsaved"  # it was to be saved, but the file had changed in another place
    RESTORED = "before-restore"
    CONFLICT = "before-conflict"


_THINNED = (Why.SAVED, Why.UNSAVED)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of a file that was kept. ``taken`` is what the clock on the wall said; ``same`` as the file is now."""

    name: str
    taken: dt.datetime
    why: Why
    size: int
    same: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """Where the state before and the state now are kept; None where it was kept already."""

    before: Path | None
    now: Path | None


class ChangedMeanwhile(StoppedForSafety):
    """The file is no longer what it was when it was read. ``theirs`` stands there now, ``kept`` is where ours lies."""

    def __init__(self, file: str, theirs: bytes | None, kept: str) -> None:
        what = "is not there any more" if theirs is None else "was changed in another place since it was opened here"
        where = f" What you wrote is kept in {kept}." if kept else ""
        super().__init__(f"{file} {what}; nothing was written over.", f"Look at both, and choose which holds.{where}")
        self.theirs = theirs
        self.kept = kept


class BeingSaved(StoppedForSafety):
    """Another program holds the lock, and does not let go."""

    def __init__(self) -> None:
        super().__init__(
            "Another window is saving in this folder and does not come to an end; nothing was written here.",
            "Close the other window, then save again.",
        )


class NoSnapshot(ToMend):
    """A state was asked for that is not kept."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no kept state of the name {name}.", "Choose one from the list; it may be older.")


@dataclass(frozen=True, slots=True, order=True)
class _Copy:
    taken: dt.datetime
    number: int
    path: Path
    why: Why


def save(
    workspace: Workspace, path: Path, before: bytes | None, after: bytes, now: dt.datetime, *, why: Why = Why.CHANGED
) -> Saved:
    """Write a file of hers, unless it is no longer what it was when it was read (``before``; None: it was not there).

    Whole or not at all, with the rights it had, one writer at a time. Both states are kept first: where writing fails,
    her words lie in ``records/copies/``. With a ``why`` of restoring or conflict, the state before stays for ever.
    Raises ChangedMeanwhile, BeingSaved, CannotWrite.
    """
    real = Path(os.path.realpath(path))  # a link into a synced folder stays one
    with _one_at_a_time(workspace):
        there = _read(real)
        if there != before:
            raise _meanwhile(workspace, path, there, after, now)
        if after == before:
            return Saved(None, None)
        mode = _rights(real, path)
        first = _keep_before(workspace, path, before, now, why)
        copy = _keep(workspace, path, after, now, Why.SAVED)

        def last_look() -> None:
            if (there := _read(real)) != before:
                raise _meanwhile(workspace, path, there, after, now)

        write_file(real, after, mode, last_look)
        return Saved(first, copy)


def keep_copy(workspace: Workspace, path: Path, now: dt.datetime, why: Why = Why.CHANGED) -> Path:
    """Keep what a file of hers holds now, before it changes; the copy's path. Raises CannotWrite, BeingSaved.

    Two copies of one second stand side by side: the later one has a number.
    """
    with _one_at_a_time(workspace):
        data = _read(path)
        if data is None:
            raise CannotWrite(workspace.records / COPIES / path.name, "the file is not there")
        return _put(workspace, path, data, now, why)


def snapshots(workspace: Workspace, path: Path, zone: dt.tzinfo | None = None) -> tuple[Snapshot, ...]:
    """The states of a file that were kept, the newest first. ``zone`` is that of the wall's clock."""
    present = _read(path)
    return tuple(_snapshot(one, present) for one in _copies(workspace, path, zone) if one.path.is_file())


def read_snapshot(workspace: Workspace, path: Path, name: str) -> bytes:
    """What was kept of a file under this name. Raises NoSnapshot."""
    for one in _copies(workspace, path):
        if one.path.name == name and (data := _read(one.path)) is not None:
            return data
    raise NoSnapshot(name)


def restore(workspace: Workspace, path: Path, name: str, before: bytes | None, now: dt.datetime) -> Saved:
    """Bring a kept state back; what stands there now (``before``) is kept first, and for ever.

    Raises NoSnapshot and what ``save`` raises.
    """
    return save(workspace, path, before, read_snapshot(workspace, path, name), now, why=Why.RESTORED)


def to_drop(copies: Sequence[tuple[dt.datetime, Why]], now: dt.datetime) -> list[int]:
    """Which of these copies, the newest first, need not be kept any longer, by the rule above."""
    seen: set[tuple[Why, dt.datetime, str]] = set()
    drop = []
    for number, (taken, why) in enumerate(copies):
        slot = _slot(taken, now)
        if why not in _THINNED or slot is None:
            continue
        if (why, *slot) in seen:
            drop.append(number)
        seen.add((why, *slot))
    return drop


def _slot(taken: dt.datetime, now: dt.datetime) -> tuple[dt.datetime, str] | None:
    """The minute, hour or day of which only the last copy stays; None where all do, also where the clock went back."""
    age = now - taken
    if age <= _HOUR:
        return None
    if age <= _DAY:
        return taken.replace(second=0), "minute"
    if age <= _MONTH:
        return taken.replace(minute=0, second=0), "hour"
    return taken.replace(hour=0, minute=0, second=0), "day"


@contextmanager
def _one_at_a_time(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace's lock for saving, so that looking and writing are one."""
    try:
        workspace.records.mkdir(mode=0o700, parents=True, exist_ok=True)
        with held(workspace.records / LOCK, PATIENCE):
            yield
    except Taken:
        raise BeingSaved from None
    except OSError as error:
        raise CannotWrite(workspace.records, (error.strerror or "the disk refused").lower()) from None


def _read(path: Path) -> bytes | None:
    """What a file holds; None where there is none. Raises CannotWrite: what cannot be read is not written over."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotWrite(path, (error.strerror or "it cannot be read").lower()) from None


def _rights(real: Path, path: Path) -> int | None:
    """The rights to write the file with; None for a new one. Raises CannotWrite where it is locked against writing."""
    try:
        mode = stat.S_IMODE(real.stat().st_mode)
    except OSError:
        return None
    if not mode & stat.S_IWUSR:
        raise CannotWrite(path, "it is marked as read-only")
    return mode


def _meanwhile(
    workspace: Workspace, path: Path, theirs: bytes | None, ours: bytes, now: dt.datetime
) -> ChangedMeanwhile:
    kept = ""
    with suppress(CannotWrite):  # the window still holds the words
        copy = _keep(workspace, path, ours, now, Why.UNSAVED) or _newest(workspace, path, Why.UNSAVED)
        kept = workspace.relative(copy) if copy else ""
    return ChangedMeanwhile(workspace.relative(path), theirs, kept)


def _keep_before(workspace: Workspace, path: Path, before: bytes | None, now: dt.datetime, why: Why) -> Path | None:
    """Keep a state that no copy holds; where it has to stay for ever, one that no lasting copy holds."""
    if before is None:
        return None
    copies = _copies(workspace, path, now.tzinfo)
    lasting = [one for one in copies if one.why not in _THINNED]
    fit = copies if why is Why.CHANGED else lasting
    if any(one.path.stat().st_size == len(before) and _read(one.path) == before for one in fit):
        return None
    return _put(workspace, path, before, now, why)


def _keep(workspace: Workspace, path: Path, data: bytes, now: dt.datetime, why: Why) -> Path | None:
    """Keep a state unless the newest copy of its kind is the same, and let go what need not be kept any longer."""
    copies = _copies(workspace, path, now.tzinfo)
    newest = next((one for one in copies if one.why is why or why is Why.SAVED), None)
    if newest and _read(newest.path) == data:
        return None
    copy = _put(workspace, path, data, now, why)
    last = next((one.taken for one in copies if one.why in _THINNED), now)
    if last.replace(second=0) != now.replace(second=0, microsecond=0):  # once a minute
        for number in to_drop([(one.taken, one.why) for one in copies], now):
            with suppress(OSError):  # it is looked at again in a minute
                copies[number].path.unlink()
    return copy


def _newest(workspace: Workspace, path: Path, why: Why) -> Path | None:
    return next((one.path for one in _copies(workspace, path) if one.why is why), None)


def _put(workspace: Workspace, path: Path, data: bytes, now: dt.datetime, why: Why) -> Path:
    stamp = now.strftime(_STAMP)
    taken = [one.number for one in _copies(workspace, path) if one.taken.strftime(_STAMP) == stamp]
    number = f".{max(taken) + 1}" if taken else ""
    copy = workspace.records / COPIES / f"{path.stem}.{stamp}{number}{'.' * bool(why)}{why}{path.suffix}"
    write_file(copy, data, _PRIVATE)
    return copy


def _copies(workspace: Workspace, path: Path, zone: dt.tzinfo | None = None) -> list[_Copy]:
    """The copies of a file, the newest first, by their names alone."""
    start = f"{path.stem}."
    try:
        with os.scandir(workspace.records / COPIES) as entries:
            names = [one.name for one in entries if one.name.startswith(start) and one.name.endswith(path.suffix)]
    except OSError:
        return []
    found = (_copy(workspace.records / COPIES / name, name[len(start) :], path.suffix, zone) for name in names)
    return sorted((one for one in found if one), reverse=True)


def _copy(copy: Path, rest: str, suffix: str, zone: dt.tzinfo | None) -> _Copy | None:
    parts = _AFTER_STEM.fullmatch(rest[: len(rest) - len(suffix)])
    if not parts:
        return None
    try:
        taken = dt.datetime.strptime(parts[1], _STAMP).replace(tzinfo=zone)
        why = Why(parts[3] or "")
    except ValueError:
        return None
    return _Copy(taken, int(parts[2] or 1), copy, why)


def _snapshot(copy: _Copy, present: bytes | None) -> Snapshot:
    size = copy.path.stat().st_size
    same = present is not None and size == len(present) and _read(copy.path) == present
    return Snapshot(copy.path.name, copy.taken, copy.why, size, same)
