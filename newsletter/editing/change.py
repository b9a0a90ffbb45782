"""An issue file's text and changes -> the text with these made, every other byte as it was; or NotSafe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from newsletter.editing.changes import SECTIONS, AddItem, Change, Duplicate, Move, Order, Remove
from newsletter.editing.meant import meant
from newsletter.editing.members import add_member, copy_member, move_member, remove_member
from newsletter.editing.not_safe import NotSafe
from newsletter.editing.pairs import add_pair, drop_pair, empty, replace
from newsletter.editing.scalars import put_scalar
from newsletter.editing.source import Cut, Source, cut, read_source
from newsletter.editing.steps import AddPair, DropPair, Empty, Put, Step, kind_of, steps, worded
from newsletter.nouns.draft import Path
from newsletter.yaml_tree.data import value_at, without_ends
from newsletter.yaml_tree.text import FORBIDDEN, name_of
from newsletter.yaml_tree.tree import Data, Style
from newsletter.yaml_tree.write import Value


def no_order(_path: Path, _kind: str) -> Sequence[str]:
    """What is new comes last."""
    return ()


def change(text: str, changes: Iterable[Change], order: Order = no_order, file: str = "") -> str:
    """Make changes, each in what the one before has left; ``order`` tells where new names belong.

    The new text is read again: what was to be changed says what it should, all else what it said. Raises NotSafe where
    that is not so, where the file cannot be read, and where what was to be changed is not there.
    """
    source = read_source(text, file)
    for one in changes:
        waiting: list[Step] = []
        for step in steps(source.tree.data, one, order):
            if waiting and not (_is_text(source, step) and _is_text(source, waiting[-1])):
                source = _made(source, waiting, order)
                waiting = []
            waiting.append(step)
        source = _made(source, waiting, order)
    return source.text


def _is_text(source: Source, step: Step) -> bool:
    """Whether it is one text in place of another: several such are made at once."""
    return isinstance(step, Put) and isinstance(value_at(source.tree.data, step.path), str)


def _made(source: Source, steps: Sequence[Step], order: Order) -> Source:
    """The file after some steps, read again. Raises NotSafe where it does not say what it should."""
    if not steps:
        return source
    wanted = source.tree.data
    for step in steps:
        _refuse_controls(step)
        wanted = meant(wanted, step, stays=_stays(source, step))
    text = cut(source, chain.from_iterable(_cuts(source, step, order) for step in steps))
    try:
        return _as_wanted(source, read_source(text, source.tree.file), wanted, steps[-1])
    except NotSafe as error:
        raise _cannot(steps) from error


def _as_wanted(old: Source, new: Source, wanted: Data, step: Step) -> Source:
    """The new file, if it says what it should. Raises NotSafe where it does not.

    Without an end after the last line a text there has none either: what is new gets one; what is moved, copied or has
    come to stand there does without, for no reader sees it, and moved back it stands as it stood.
    """
    if new.tree.data == wanted:
        return new
    loose = not isinstance(step, Put) and not (old.is_ended and new.is_ended)
    enough = loose and without_ends(new.tree.data) == without_ends(wanted)
    if enough and not isinstance(step, AddPair | AddItem):
        return new
    if not new.is_ended:
        ended = read_source(new.text + new.end_of(new.count), new.tree.file)
        if ended.tree.data == wanted or (
            loose and not enough and without_ends(ended.tree.data) == without_ends(wanted)
        ):
            return ended
    if enough:
        return new
    raise NotSafe("It says something else.")


def _cannot(steps: Sequence[Step]) -> NotSafe:
    what = "this is" if len(steps) == 1 else "these are"
    return NotSafe(f"The file is written in a way in which {what} not safely changed from here.")


def _refuse_controls(step: Step) -> None:
    """What no file may hold is not written into one."""
    if not isinstance(step, Put | AddPair | AddItem):
        return
    for text in _texts(worded(None, step.value)):
        if found := FORBIDDEN.search(text):
            near = text[max(found.start() - 20, 0) : found.start()].split("\n")[-1]
            why = f"An invisible control character ({name_of(found[0])}) stands in the text after “{near}”."
            raise NotSafe(why, "Take it out: put the cursor after these words and press Delete once.")


def _texts(data: Data) -> Iterable[str]:
    if isinstance(data, str):
        return (data,)
    return chain.from_iterable(_texts(one) for one in (data.values() if isinstance(data, dict) else data))


def _stays(source: Source, step: Step) -> bool:
    """Whether a list from which the last member goes stays."""
    return isinstance(step, Empty) and (step.path == SECTIONS or source.tree.styles[step.path] is Style.FLOW)


def _cuts(source: Source, step: Step, order: Order) -> list[Cut]:  # noqa: PLR0911 - one for each kind of step
    match step:
        case Put(path, value):
            return _put(source, path, value)
        case AddPair(path, value):
            return add_pair(source, path, value, order(path[:-1], kind_of(source.tree.data, path)))
        case DropPair(path):
            return drop_pair(source, path)
        case Empty(path):
            if source.tree.styles[path] is Style.FLOW:
                return remove_member(source, path, 0)
            return empty(source, path) if path == SECTIONS else drop_pair(source, path)
        case AddItem(path, value):
            return add_member(source, path[:-1], int(path[-1]), value)
        case Duplicate(path):
            return copy_member(source, path[:-1], int(path[-1]))
        case Remove(path):
            return remove_member(source, path[:-1], int(path[-1]))
        case Move(path, to):
            return move_member(source, path[:-1], int(path[-1]), to)


def _put(source: Source, path: Path, value: Value) -> list[Cut]:
    old = value_at(source.tree.data, path)
    said = worded(old, value)
    if isinstance(old, str) and isinstance(said, str):
        return put_scalar(source, path, said, bare=not isinstance(value, str))
    return replace(source, path, value)
