"""What a page asks to have changed (JSON) -> the changes of an issue file, as data; ValueError where it is no such thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newsletter.nouns.draft import Path

DEEPEST = 8
ACTS = frozenset({"set", "add", "duplicate", "move", "remove"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """One change that is asked for. ``was`` names the value that the form was made of, ``now`` is what was typed."""

    act: str
    path: Path = ()
    was: str = ""
    now: str = ""
    to: int = 0
    type: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Changes of one edition, made from a state of its file. ``again``: also if the file is not there any more."""

    language: str
    digest: str
    wanted: tuple[Wanted, ...]
    again: bool = False


def asking(content: object) -> Asking:
    """Read what a page sent."""
    if not isinstance(content, Mapping):
        raise ValueError("not an object")  # noqa: TRY004 - one kind for all that is wrong with it
    changes = content.get("changes", [])
    if not isinstance(changes, list):
        raise ValueError("no changes")  # noqa: TRY004 - as above
    language, digest = _text(content, "language"), _text(content, "digest")
    return Asking(language, digest, tuple(_wanted(one) for one in changes), content.get("again") is True)


def _wanted(one: object) -> Wanted:
    if not isinstance(one, Mapping) or one.get("act") not in ACTS:
        raise ValueError("no change")
    to = one.get("to", 0)
    if not isinstance(to, int) or isinstance(to, bool) or to < 0:
        raise ValueError("no number")
    words = {name: _text(one, name) for name in ("was", "now", "type")}
    return Wanted(one["act"], path_of(one.get("path", [])), to=to, **words)


def path_of(given: Any) -> Path:
    """The way to a value, as a page has it."""
    if not isinstance(given, list) or len(given) > DEEPEST:
        raise ValueError("no path")
    if not all(isinstance(part, str) or (type(part) is int and part >= 0) for part in given):
        raise ValueError("no path")
    return tuple(given)


def _text(content: Mapping[str, Any], name: str) -> str:
    found = content.get(name, "")
    if not isinstance(found, str):
        raise ValueError(name)  # noqa: TRY004 - as above
    return found
