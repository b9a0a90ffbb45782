"""The sections that a form was made of, and those in the file now -> where each of them stands now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from newsletter.nouns.draft import Path
from newsletter.yaml_tree.data import value_at
from newsletter.yaml_tree.tree import Data

DEEP = 2  # a section's own path


def path_now(path: Path, base: Sequence[Data], now: Sequence[Data]) -> Path | None:
    """A path of the file as it was, in the file as it is; None where that part is no longer there, or not for certain.

    A member of a list keeps its place only if it still says the same: two sources may share a publisher.
    """
    if path[:1] != ("sections",) or len(path) < DEEP:
        return path
    at = path[1]
    to = where_now(base, now).get(int(at))
    if to is None:
        return None
    for end, part in enumerate(path[DEEP:], DEEP):
        way = path[DEEP : end + 1]
        if isinstance(part, int) and value_at(base[int(at)], way) != value_at(now[to], way):
            return None
    return ("sections", to, *path[DEEP:])


def where_now(base: Sequence[Data], now: Sequence[Data]) -> dict[int, int]:
    """The numbers of sections as they were -> as they are: the same ones first, then those of the same type and title."""
    found: dict[int, int] = {}
    for names in (_whole, _called):
        left = [at for at in range(len(base)) if at not in found]
        free = [at for at in range(len(now)) if at not in found.values()]
        found.update(_pairs(names, base, now, left, free))
    left = [at for at in range(len(base)) if at not in found]
    free = [at for at in range(len(now)) if at not in found.values()]
    if len(base) == len(now):
        found.update({at: at for at in left if at in free and _kind(base[at]) == _kind(now[at])})
    return found


def _pairs(
    names: Callable[[Data], str], base: Sequence[Data], now: Sequence[Data], left: Sequence[int], free: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Those with the same name, in the order in which most of them stand; then, where a name is alone, moved ones."""
    one, other = [names(base[at]) for at in left], [names(now[at]) for at in free]
    matched: set[int] = set()
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            matched.add(block.a + step)
            yield left[block.a + step], free[block.b + step]
    for at, name in enumerate(one):
        if at not in matched and one.count(name) == other.count(name) == 1:
            yield left[at], free[other.index(name)]


def _whole(data: Data) -> str:
    return json.dumps(data)


def _called(data: Data) -> str:
    if not isinstance(data, dict):
        return json.dumps(data)
    return json.dumps([data.get(name) for name in ("type", "id", "title")])


def _kind(data: Data) -> Data | None:
    return data.get("type") if isinstance(data, dict) else None
