"""What a file says and a step -> what it says afterwards: what the changed file is held against."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy, deepcopy

from newsletter.editing.changes import AddItem, Duplicate, Move, Remove
from newsletter.editing.steps import AddPair, DropPair, Empty, Put, Step, worded
from newsletter.nouns.draft import Path
from newsletter.yaml_tree.data import value_at
from newsletter.yaml_tree.tree import Data


def meant(data: Data, step: Step, *, stays: bool = False) -> Data:  # noqa: PLR0911 - one for each kind of step
    """The data after a step; ``stays`` says of an emptied list that it stays. What is not touched is shared."""
    match step:
        case Put(path, value):
            return _within(data, path, lambda old: worded(old, value))
        case AddPair(path, value):
            return _within(data, path[:-1], lambda old: {**_names(old), str(path[-1]): worded(None, value)})
        case DropPair(path):
            return _without(data, path)
        case Empty(path):
            return _within(data, path, lambda _: []) if stays else _without(data, path)
        case AddItem(path, value):
            return _list(data, path, lambda held, number: held.insert(number, worded(None, value)))
        case Duplicate(path):
            return _list(data, path, lambda held, number: held.insert(number + 1, deepcopy(held[number])))
        case Remove(path):
            return _list(data, path, lambda held, number: held.__delitem__(number))
        case Move(path, to):
            return _list(data, path, lambda held, number: held.insert(to, held.pop(number)))


def _within(data: Data, path: Path, changed: Callable[[Data], Data]) -> Data:
    if not path:
        return changed(data)
    new = copy(data)
    new[path[0]] = _within(value_at(data, path[:1]) or "", path[1:], changed)  # type: ignore[index]  # a list has numbers, names have texts
    return new


def _names(data: Data) -> dict[str, Data]:
    return data if isinstance(data, dict) else {}


def _without(data: Data, path: Path) -> Data:
    return _within(data, path[:-1], lambda old: {name: one for name, one in _names(old).items() if name != path[-1]})


def _list(data: Data, path: Path, done: Callable[[list[Data], int], object]) -> Data:
    def changed(old: Data) -> Data:
        held = list(old) if isinstance(old, list) else []
        done(held, int(path[-1]))
        return held

    return _within(data, path[:-1], changed)
