"""A change and what stands in the file -> the single steps that it is made of: only what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from newsletter.editing.changes import (
    SECTIONS,
    AddItem,
    AddSection,
    Change,
    Duplicate,
    Move,
    Order,
    Remove,
    SetValue,
    Unset,
)
from newsletter.editing.not_safe import NotSafe
from newsletter.nouns.draft import Path
from newsletter.yaml_tree.data import value_at
from newsletter.yaml_tree.tree import Data
from newsletter.yaml_tree.write import Value, as_data


@dataclass(frozen=True, slots=True)
class Put:
    """Another value where one stands."""

    path: Path
    value: Value


@dataclass(frozen=True, slots=True)
class AddPair:
    """A name that is not there yet."""

    path: Path
    value: Value


@dataclass(frozen=True, slots=True)
class DropPair:
    """A name less; it is not the only one."""

    path: Path


@dataclass(frozen=True, slots=True)
class Empty:
    """The only member of a list goes, and the list stays."""

    path: Path


Step = Put | AddPair | DropPair | Empty | AddItem | Duplicate | Move | Remove
TRUE, FALSE = frozenset({"yes", "true"}), frozenset({"no", "false"})


def steps(data: Data, change: Change, order: Order) -> list[Step]:
    """What is to be done for a change, one after another. Raises NotSafe where there is nothing at its path."""
    if isinstance(change, SetValue):
        value = tidied(change.value, change.path, order, kind_of(data, change.path))
        is_none = _is_none(value) and change.path != SECTIONS
        return list(_unset(data, change.path) if is_none else _set(data, change.path, value))
    if isinstance(change, Unset):
        return list(_unset(data, change.path))
    if isinstance(change, AddSection):
        change = AddItem((*SECTIONS, change.at), {"type": change.type, **change.values})
    if isinstance(change, AddItem):
        return list(_add(data, change.at, tidied(change.value, change.at, order, kind_of(data, change.at))))
    return list(_member(data, change))


def kind_of(data: Data, path: Path) -> str:
    """The type of the section that a path leads into; "" outside of them."""
    kind = value_at(data, (*path[:2], "type")) if path[:1] == SECTIONS else None
    return kind if isinstance(kind, str) else ""


def tidied(value: Value, path: Path, order: Order, kind: str = "") -> Value:
    """A value with its names in their order, without empty lists in it; line ends of a text are line feeds."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, Mapping):
        kind = str(value.get("type", kind)) if path[:-1] == SECTIONS else kind
        inside = {name: tidied(one, (*path, name), order, kind) for name, one in value.items()}
        there = {name: one for name, one in inside.items() if not _is_none(one)}
        names = list(order(path, kind))
        ranked = sorted(there, key=lambda name: names.index(name) if name in names else len(names))
        return {name: there[name] for name in ranked}
    if isinstance(value, Sequence):
        return [tidied(one, (*path, number), order, kind) for number, one in enumerate(value)]
    return value


def _is_none(value: Value) -> bool:
    return isinstance(value, Mapping | Sequence) and not isinstance(value, str) and not value


def is_same(old: Data, new: Value) -> bool:
    """Whether a value says what stands there already; ``true`` is ``yes``."""
    if isinstance(new, bool):
        return isinstance(old, str) and old.strip().lower() in (TRUE if new else FALSE)
    if isinstance(new, Mapping):
        return isinstance(old, dict) and old.keys() == new.keys() and all(is_same(old[name], new[name]) for name in new)
    if isinstance(new, Sequence) and not isinstance(new, str):
        return isinstance(old, list) and len(old) == len(new) and all(map(is_same, old, new))
    return old == as_data(new)


def worded(old: Data | None, new: Value) -> Data:
    """What a value says in a file; a flag that was ``true`` becomes ``false``, not ``no``."""
    if isinstance(new, bool) and isinstance(old, str) and old.strip().lower() in {"true", "false"}:
        return "true" if new else "false"
    return as_data(new)


def _set(data: Data, path: Path, value: Value) -> Iterator[Step]:
    old = value_at(data, path)
    if old is None:
        yield from _new(data, path, value)
    elif is_same(old, value):
        return
    elif isinstance(old, dict) and old and isinstance(value, Mapping):
        yield from _names(data, path, old, value)
    elif isinstance(old, list) and old and isinstance(value, Sequence) and not isinstance(value, str) and value:
        yield from _members(path, old, value)
    else:
        yield Put(path, value)


def _new(data: Data, path: Path, value: Value) -> Iterator[Step]:
    """What is not there: a member at a list's end, or a name; what holds it is made where it is missing too."""
    holder = value_at(data, path[:-1])
    last = path[-1]
    if isinstance(holder, list) and last == len(holder):
        yield from _add(data, path, value)
    elif isinstance(holder, dict) and holder and isinstance(last, str):
        yield AddPair(path, value)
    elif len(path) > 1 and not holder and (last == 0 or isinstance(last, str)):
        yield from _set(data, path[:-1], [value] if isinstance(last, int) else {last: value})
    else:
        raise _gone(path)


def _names(data: Data, path: Path, old: Mapping[str, Data], value: Mapping[str, Value]) -> Iterator[Step]:
    for name, one in value.items():
        yield from _set(data, (*path, name), one)
    yield from (DropPair((*path, name)) for name in old if name not in value)


def _members(path: Path, old: Sequence[Data], new: Sequence[Value]) -> Iterator[Step]:
    """Members that say the same are kept as they are; of the others those that begin alike are changed in their place."""
    shift = 0
    for was, number in _aligned(old, new):
        if number is None:
            yield Remove((*path, (was or 0) + shift))
            shift -= 1
        elif was is None:
            yield AddItem((*path, number), new[number])
            shift += 1
        else:
            inside = _set({"": old[was]}, ("",), new[number])
            yield from (_at(step, (*path, number, *_path(step)[1:])) for step in inside)


def _aligned(old: Sequence[Data], new: Sequence[Value]) -> Iterator[tuple[int | None, int | None]]:
    """Which member becomes which; None where one goes, or comes. Those that stay as they are are left out."""
    for tag, i, k, j, m in _opcodes([repr(one) for one in old], [repr(as_data(one)) for one in new]):
        if tag == "equal":
            continue
        if k - i == m - j:
            yield from zip(range(i, k), range(j, m), strict=True)
            continue
        alike = _opcodes([_first(one) for one in old[i:k]], [_first(as_data(one)) for one in new[j:m]])
        for _, i_, k_, j_, m_ in alike:
            yield from zip_longest(range(i + i_, i + k_), range(j + j_, j + m_))


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def _first(one: Data) -> str:
    """By what a member is known: its first name's value, a source's title."""
    return str(next(iter(one.values()), "")) if isinstance(one, dict) else str(one)


def _path(step: Step) -> Path:
    return step.path if isinstance(step, Put | AddPair | DropPair | Empty) else step.at


def _at(step: Step, path: Path) -> Step:
    name = "path" if isinstance(step, Put | AddPair | DropPair | Empty) else "at"
    return replace(step, **{name: path})  # type: ignore[arg-type]  # its own field, by name


def _unset(data: Data, path: Path) -> Iterator[Step]:
    if value_at(data, path) is None:
        return
    if not path or isinstance(path[-1], int):
        raise _gone(path)
    holder = value_at(data, path[:-1])
    if isinstance(holder, dict) and len(holder) > 1:
        yield DropPair(path)
    elif len(path) == 1 or isinstance(path[-2], int):
        raise NotSafe(f"“{path[-1]}” is the only name here.", "Remove the whole part instead.")
    else:
        yield from _unset(data, path[:-1])


def _add(data: Data, path: Path, value: Value) -> Iterator[Step]:
    held, number = value_at(data, path[:-1]), path[-1]
    if not isinstance(number, int):
        raise _gone(path)
    if isinstance(held, list) and held:
        yield AddItem((*path[:-1], min(max(number, 0), len(held))), value)
    elif held == [] and path[:-1] != SECTIONS:
        yield AddItem((*path[:-1], 0), value)
    elif not held:
        yield from _set(data, path[:-1], [value])
    else:
        raise _gone(path)


def _member(data: Data, change: Duplicate | Move | Remove) -> Iterator[Step]:
    held = value_at(data, change.at[:-1])
    if not isinstance(held, list) or value_at(data, change.at) is None:
        raise _gone(change.at)
    if isinstance(change, Move):
        to = min(max(change.to, 0), len(held) - 1)
        if to != change.at[-1]:
            yield Move(change.at, to)
    elif isinstance(change, Remove) and len(held) == 1:
        yield Empty(change.at[:-1])
    else:
        yield change


def _gone(path: Path) -> NotSafe:
    way = " ".join(str(step + 1) if isinstance(step, int) else step for step in path)
    return NotSafe(f"What was to be changed ({way}) is no longer there.", "Look at the file as it is now.")
