"""What a page asks to have changed -> the file with only these lines changed; or what stands against it, and nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsletter.drafting.order import order
from newsletter.editing.change import change
from newsletter.editing.changes import AddSection, Change, Duplicate, Move, Remove, SetValue, Unset
from newsletter.editing.not_safe import NotSafe
from newsletter.errors import StoppedForSafety
from newsletter.nouns.draft import Kind, Path
from newsletter.snapshots import save
from newsletter.studio.asking import Asking, Wanted
from newsletter.studio.form import BLANK, RAW, Box, Form, Forms, flat
from newsletter.studio.meanwhile import path_now
from newsletter.studio.soft_lines import is_wrapped, wrapped_like
from newsletter.studio.states import States, Step, digest_of
from newsletter.studio.typed import Asked, typed
from newsletter.studio.written import Written, written
from newsletter.workspace import Workspace
from newsletter.yaml_tree.data import value_at
from newsletter.yaml_tree.tree import Data
from newsletter.yaml_tree.write import Value

DEEP = 2


class FileGone(StoppedForSafety):
    """The file that a form was made of is not there any more."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} is not there any more: it was deleted or renamed.",
            "Write it again from here, or bring it back where you know it to be.",
        )


class NotTheSame(StoppedForSafety):
    """A section that was to be moved, doubled or removed has changed in another place."""

    def __init__(self) -> None:
        super().__init__(
            "This section was changed in another place meanwhile; nothing was done.", "Look at it as it is now."
        )


@dataclass(frozen=True, slots=True)
class Both:
    """A field that was changed here and in another place. ``theirs`` is None where its section is not there any more."""

    path: Path
    label: str
    mine: str
    theirs: str | None
    was: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a change: the file's state now, the values that stand there, and what she has to choose.

    Where there are ``both``, nothing was written; a day in ``asked`` alone was not.
    """

    digest: str
    at: dt.datetime
    boxes: tuple[Box, ...] = ()
    both: tuple[Both, ...] = ()
    asked: tuple[tuple[Path, Asked], ...] = ()
    wrote: bool = False
    paths: tuple[Path, ...] = ()  # as they were asked for, beside ``boxes``


@dataclass
class _Work:
    """What is gathered while the changes are looked at."""

    changes: list[Change] = field(default_factory=list)
    paths: list[tuple[Path, Path]] = field(default_factory=list)
    both: list[Both] = field(default_factory=list)
    asked: list[tuple[Path, Asked]] = field(default_factory=list)


@dataclass(frozen=True)
class Saving:
    """Saves what is asked for in one edition."""

    workspace: Workspace
    states: States
    forms: Forms
    year: int
    now: dt.datetime

    def __call__(self, file: Written, asked: Asking) -> Answer:
        """Make the changes, if nothing stands against it. Raises what ``snapshots.save`` and ``change`` raise, FileGone."""
        before = file.data
        if file.data is None:
            file = self._gone(file, asked)
        work = _Work()
        base = file if asked.digest == file.digest else self._base(file, asked.digest)
        for one in asked.wanted:
            self._gather(work, file, base, one)
        if work.both or file.data is None:
            return Answer(file.digest, file.changed or self.now, both=tuple(work.both), asked=tuple(work.asked))
        after = self._changed(file, work.changes)
        if after != before:
            save(self.workspace, file.path, before, after, self.now)
            self.states.keep(after)
            self.states.steps(file.path).add(Step(file.data, after, _kind(asked)))
        return self._answer(file, after, work, wrote=after != before)

    def _gone(self, file: Written, asked: Asking) -> Written:
        """The file as a form was made of it, where she wants it written again. Raises FileGone."""
        data = self.states.find(asked.digest)
        if not asked.again or data is None:
            raise FileGone(file.file)
        return written(self.workspace, file.path, file.language, data)

    def _base(self, file: Written, digest: str) -> Written | None:
        data = self.states.find(digest)
        return written(self.workspace, file.path, file.language, data) if data is not None else None

    def _changed(self, file: Written, changes: Sequence[Change]) -> bytes:
        if not changes:
            return file.data or b""
        if not file.readable:
            problem = next(iter(file.problems), None)
            why = (
                f"{file.file} cannot be read as it is: {problem.message}" if problem else f"{file.file} cannot be read."
            )
            raise NotSafe(why, "Mend it there first, or bring back an earlier state under History.", problem)
        return change(file.text, changes, order(self.forms.types), file.file).encode()

    def _answer(self, file: Written, after: bytes, work: _Work, *, wrote: bool) -> Answer:
        new = written(self.workspace, file.path, file.language, after)
        boxes = [(asked, box) for asked, path in work.paths if (box := self._find(new, path))]
        return Answer(
            digest_of(after),
            self.now,
            tuple(box for _, box in boxes),
            asked=tuple(work.asked),
            wrote=wrote,
            paths=tuple(asked for asked, _ in boxes),
        )

    def _gather(self, work: _Work, file: Written, base: Written | None, one: Wanted) -> None:
        """Turn what is asked for into a change of the file as it is now, or into what she has to choose."""
        sections = base.sections if base else file.sections
        if one.act == "add":
            kind = self.forms.types.get(one.type)
            if kind:
                work.changes.append(AddSection(one.to, kind.name, self.forms.blank(kind)))
            return
        path = path_now(one.path, sections, file.sections)
        if one.act == "set":
            self._set(work, file, one, path)
            return
        if path is None or (base is None and one.act != "set"):
            raise NotTheSame
        work.changes.append(_member(one, path))

    def _set(self, work: _Work, file: Written, one: Wanted, path: Path | None) -> None:
        box = self._find(file, path) if path is not None else None
        if path is None or box is None or (box.was != one.was and box.value != one.now):
            label, theirs = (box.label, box.value) if box else (str(one.path[-1] if one.path else ""), None)
            work.both.append(Both(one.path, label, one.now, theirs, box.was if box else ""))
            return
        work.paths.append((one.path, path))
        if box.kind == Kind.PICTURE and not one.now:
            work.changes.append(Unset(path))
        is_no = box.kind == Kind.FLAG and not box.there and one.now == "no"  # what is left out is no already
        if box.value == one.now or is_no or box.kind in {RAW, Kind.PICTURE}:
            return
        value = typed(Kind(box.kind), one.now, self.year) if box.kind in set(Kind) else one.now
        if isinstance(value, Asked):
            work.asked.append((one.path, value))
            work.paths.pop()
            return
        old = _data(file, path)
        work.changes.append(
            _set_or_unset(path, box, old, value, alone=_is_alone(file, path), wraps=_wraps(file.sections))
        )

    def _find(self, file: Written, path: Path) -> Box | None:
        """The field at a path of a file, also one of a member that is not there yet."""
        form = self._form(file, path)
        if form is None:
            return None
        there = next((one for one in form.all if one.path == path), None)
        return there or _in_blank(form, path)

    def _form(self, file: Written, path: Path) -> Form | None:
        if path[:1] != ("sections",):
            return self.forms.start(file.tree.data if file.tree else None)
        number = path[1] if len(path) > DEEP else None
        if not isinstance(number, int) or number >= len(file.sections):
            return None
        return self.forms.section(number, file.sections[number])


def _in_blank(form: Form, path: Path) -> Box | None:
    """A field of a member that is not there yet: the one after the last."""
    for holder in form.all:
        depth = len(holder.path)
        if holder.blank and path[:depth] == holder.path and path[depth : depth + 1] == (len(holder.boxes),):
            for one in flat(holder.blank.boxes):
                if one.path == (*holder.path, BLANK, *path[depth + 1 :]):
                    return one
    return None


def _member(one: Wanted, path: Path) -> Change:
    if one.act == "move":
        return Move(path, one.to)
    return Duplicate(path) if one.act == "duplicate" else Remove(path)


def _set_or_unset(path: Path, box: Box, old: Data | None, value: Value, *, alone: bool, wraps: bool) -> Change:
    if value == "":
        return SetValue(path, "") if box.required or alone else Unset(path)
    if isinstance(value, str):
        ends = isinstance(old, str) and old.endswith("\n")
        if box.kind == Kind.MARKDOWN:
            value = wrapped_like(old.rstrip("\n") if isinstance(old, str) else "", value, usual=wraps)
        if ends or (box.kind == Kind.MARKDOWN and (not old or "\n" in value)):
            value = value.rstrip("\n") + "\n"
    return SetValue(path, value)


def _data(file: Written, path: Path) -> Data | None:
    return value_at(file.tree.data, path) if file.tree else None


def _is_alone(file: Written, path: Path) -> bool:
    """Whether nothing else stands in what holds it: then it stays, empty."""
    holder = _data(file, path[:-1])
    return len(path) > 1 and isinstance(path[-2], int) and isinstance(holder, dict) and len(holder) == 1


def _wraps(data: Data) -> bool:
    """Whether a text of the file is wrapped by hand."""
    if isinstance(data, str):
        return "\n" in data and is_wrapped(data)
    return any(_wraps(one) for one in (data.values() if isinstance(data, dict) else data))


def _kind(asked: Asking) -> str:
    """What typing on in one field has in common."""
    one = asked.wanted[0] if len(asked.wanted) == 1 else None
    return repr(one.path) if one and one.act == "set" else ""
