"""``mjml_tags.yaml`` -> Tag by name: where each may stand, what it holds, and the kind of each attribute's value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

FILE = Path(__file__).with_suffix(".yaml")
TAGS = "tags"  # what a tag holds where nothing else is said: other tags of MJML
CONTENT = ("html", "text", "css")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something of MJML is not used here, and what to do instead."""

    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A component of MJML. ``attributes`` are the kinds of values by name; ``original`` as MJML itself has them."""

    name: str
    inside: tuple[str, ...]
    holds: str
    original: Mapping[str, str]
    attributes: Mapping[str, str]
    required: Mapping[str, str]
    useless: Mapping[str, Reason]
    refused: Reason | None


@dataclass(frozen=True, slots=True)
class Table:
    """All of MJML. ``everywhere`` are the attributes that any tag may have; ``kinds`` all kinds that a name has."""

    tags: Mapping[str, Tag]
    everywhere: frozenset[str]
    kinds: Mapping[str, frozenset[str]]


@cache
def table() -> Table:
    """Read it, once."""
    data = yaml.load(FILE.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - knows strings, lists and mappings only
    narrower = {name: kind for kind, names in data["narrower"].items() for name in names.split()}
    tags = {name: _tag(name, one, data, narrower) for name, one in data["tags"].items()}
    kinds: dict[str, set[str]] = {}
    for tag in tags.values():
        for name, kind in tag.attributes.items():
            kinds.setdefault(name, set()).add(kind)
    everywhere = frozenset(data["everywhere"]["string"].split())
    return Table(tags, everywhere, MappingProxyType({name: frozenset(found) for name, found in kinds.items()}))


def _tag(
    name: str, one: Mapping[str, object], data: Mapping[str, dict[str, dict[str, str]]], narrower: Mapping[str, str]
) -> Tag:
    said = one.get("attributes") or {}
    original = {each: kind for kind, names in said.items() for each in names.split()} if isinstance(said, dict) else {}
    mine = {key.split()[1]: Reason(**reason) for key, reason in data["useless"].items() if key.split()[0] == name}
    refused = data["refused"].get(name)
    return Tag(
        name=name,
        inside=tuple(str(one["inside"]).split()),
        holds=str(one.get("holds", TAGS)),
        original=original,
        attributes={each: narrower.get(each, kind) if kind == "string" else kind for each, kind in original.items()},
        required=data["required"].get(name, {}),
        useless=mine,
        refused=Reason(**refused) if refused else None,
    )
