"""A file of hers that is saved -> the file, and dated copies in ``records/copies/`` of what it held before and holds now.

``save`` is how a file of hers is written, and ``mended`` where the program mends it; ``snapshots`` lists what was kept,
``restore`` brings one back. A copy is named for its file, its day and its second, and why it was kept:
``2025-07.es.2025-07-04.09-12-33.saved.yaml``.

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
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from newsletter.errors import StoppedForSafety, ToMend
from newsletter.lock import Taken, held
from newsletter.workspace import Workspace
from newsletter.write_file import CannotWrite, holds, write_file

COPIES = "copies"
LOCK = "saving.lock"
PATIENCE = 10.0
"""Seconds to wait for another window that is saving; a save takes some hundredths."""

_AFTER_STEM = re.compile(r"(\d{4}-\d\d-\d\d)\.(\d\d-\d\d-\d\d)(?:\.(\d+))?(?:\.([a-z-]+))?")
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
_NAMES = {str(one): one for one in Why}


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


def save(
    workspace: Workspace, path: Path, before: bytes | None, after: bytes, now: dt.datetime, *, why: Why = Why.CHANGED
) -> Saved:
    """Write a file of hers, unless it is no longer what it was when it was read (``before``; None: it was not there).

    Whole or not at all, with the rights it had, one writer at a time. Both states are kept first: where writing fails,
    her words lie in ``records/copies/``. With a ``why`` of restoring or conflict, the state before stays for ever.
    Raises ChangedMeanwhile, BeingSaved, CannotWrite.
    """
    real = Path(os.path.realpath(path))  # a link into a synced folder stays one
    with one_at_a_time(workspace):
        there = _read(real)
        if there != before:
            raise _meanwhile(workspace, path, there, after, now)
        if after == before:
            return Saved(None, None)
        mode = _rights(real, path)
        row = _Row(workspace, path)
        first = row.keep_before(before, now, why)
        copy = row.keep(after, now, Why.SAVED)

        def last_look() -> None:
            if (there := _read(real)) != before:
                raise _meanwhile(workspace, path, there, after, now)

        write_file(real, after, mode, last_look)
        return Saved(first, copy)


def mended(workspace: Workspace, path: Path, before: bytes, after: bytes, now: dt.datetime) -> Path:
    """Save what the program has made of a file of hers; the copy of what it held before, which always stays.

    Raises what ``save`` raises.
    """
    copy = keep_copy(workspace, path, now)
    save(workspace, path, before, after, now)
    return copy


def keep_copy(workspace: Workspace, path: Path, now: dt.datetime, why: Why = Why.CHANGED) -> Path:
    """Keep what a file of hers holds now, before it changes; the copy's path. Raises CannotWrite, BeingSaved.

    Two copies of one second stand side by side: the later one has a number.
    """
    with one_at_a_time(workspace):
        data = _read(path)
        if data is None:
            raise CannotWrite(workspace.records / COPIES / path.name, "the file is not there")
        return _Row(workspace, path).put(data, now, why)


def snapshots(workspace: Workspace, path: Path, zone: dt.tzinfo | None = None) -> tuple[Snapshot, ...]:
    """The states of a file that were kept, the newest first. ``zone`` is that of the wall's clock."""
    present = _read(path)
    return tuple(
        Snapshot(
            one.path.name,
            one.taken.replace(tzinfo=zone),
            one.why,
            one.path.stat().st_size,
            present is not None and holds(one.path, present),
        )
        for one in _Row(workspace, path).copies
        if one.path.is_file()
    )


def read_snapshot(workspace: Workspace, path: Path, name: str) -> bytes:
    """What was kept of a file under this name. Raises NoSnapshot."""
    for one in _Row(workspace, path).copies:
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
def one_at_a_time(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace's lock for saving, so that looking and writing are one. Raises BeingSaved, CannotWrite."""
    with ExitStack() as stack:
        try:
            workspace.records.mkdir(mode=0o700, parents=True, exist_ok=True)
            stack.enter_context(held(workspace.records / LOCK, PATIENCE))
        except Taken:
            raise BeingSaved from None
        except OSError as error:
            raise CannotWrite(workspace.records, (error.strerror or "the disk refused").lower()) from None
        yield


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


@dataclass(frozen=True, slots=True)
class _Copy:
    path: Path
    taken: dt.datetime  # by the clock on the wall, without a zone
    number: int  # of its second, from 1
    why: Why


def _in_order(copy: _Copy) -> tuple[dt.datetime, int]:
    return copy.taken, copy.number


class _Row:
    """The copies of one file, the newest first, as their names tell of them."""

    def __init__(self, workspace: Workspace, path: Path) -> None:
        self.folder = workspace.records / COPIES
        self.stem, self.suffix = path.stem, path.suffix
        self.copies = sorted(self._found(), key=_in_order, reverse=True)

    def _found(self) -> Iterator[_Copy]:
        start = f"{self.stem}."
        try:
            with os.scandir(self.folder) as entries:
                names = [one.name for one in entries if one.name.startswith(start) and one.name.endswith(self.suffix)]
        except OSError:
            return
        for name in names:
            parts = _AFTER_STEM.fullmatch(name[len(start) :].removesuffix(self.suffix))
            why = _NAMES.get(parts[4] or "") if parts else None
            if parts and why is not None:
                with suppress(ValueError):  # a 31st of February is nobody's copy
                    taken = dt.datetime.fromisoformat(f"{parts[1]}T{parts[2].replace('-', ':')}")
                    yield _Copy(self.folder / name, taken, int(parts[3] or 1), why)

    def keep_before(self, before: bytes | None, now: dt.datetime, why: Why) -> Path | None:
        """Keep a state that no copy holds; where it has to stay for ever, one that no lasting copy holds."""
        fit = (one for one in self.copies if why is Why.CHANGED or one.why not in _THINNED)
        if before is None or any(holds(one.path, before) for one in fit):
            return None
        return self.put(before, now, why)

    def keep(self, data: bytes, now: dt.datetime, why: Why) -> Path | None:
        """Keep a state unless the newest copy of its kind is the same; once a minute, let go what need not be kept."""
        newest = next((one for one in self.copies if why in (one.why, Why.SAVED)), None)
        if newest and holds(newest.path, data):
            return None
        last = next((one.taken for one in self.copies if one.why in _THINNED), None)
        copy = self.put(data, now, why)
        if last and last.replace(second=0) != _on_the_wall(now).replace(second=0):
            self.thin(now)
        return copy

    def put(self, data: bytes, now: dt.datetime, why: Why) -> Path:
        taken = _on_the_wall(now)
        number = max((one.number for one in self.copies if one.taken == taken), default=0) + 1
        stamp = f"{taken:%Y-%m-%d.%H-%M-%S}" + f".{number}" * (number > 1)
        path = self.folder / f"{self.stem}.{stamp}{'.' * bool(why)}{why}{self.suffix}"
        write_file(path, data, _PRIVATE)
        self.copies.append(_Copy(path, taken, number, why))
        self.copies.sort(key=_in_order, reverse=True)
        return path

    def thin(self, now: dt.datetime) -> None:
        for number in to_drop([(one.taken, one.why) for one in self.copies], _on_the_wall(now)):
            with suppress(OSError):  # it is looked at again in a minute
                self.copies[number].path.unlink()


def _on_the_wall(now: dt.datetime) -> dt.datetime:
    return now.replace(microsecond=0, tzinfo=None)


def _meanwhile(
    workspace: Workspace, path: Path, theirs: bytes | None, ours: bytes, now: dt.datetime
) -> ChangedMeanwhile:
    row, kept = _Row(workspace, path), ""
    with suppress(CannotWrite):  # the window still holds the words
        copy = row.keep(ours, now, Why.UNSAVED) or next(one.path for one in row.copies if one.why is Why.UNSAVED)
        kept = workspace.relative(copy)
    return ChangedMeanwhile(workspace.relative(path), theirs, kept)
