"""``templates/sections/<type>/fields.yaml`` -> the section types, the workspace's own before the shipped ones."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Annotated

from pydantic import Field as ModelField

from newsletter.drafting import values
from newsletter.drafting.fields import ASK, COMMON
from newsletter.drafting.meant import did_you_mean
from newsletter.drafting.messages import at, problem, validate
from newsletter.drafting.models import Reads, Strict
from newsletter.drafting.source import read_source
from newsletter.nouns.draft import NOTHING_SAID, Field, Kind, Path, SectionType, Translated
from newsletter.nouns.problem import Place, Problem, Severity
from newsletter.workspace import MissingTemplate, Workspace, stamp
from newsletter.yaml_tree.tree import Tree

FOLDER = "sections"
FILE = "fields.yaml"
NAME = re.compile(r"[a-z][a-z0-9_-]*")
TAKEN = ("type", *(one.name for one in (*COMMON, *ASK)))

Phrase = Annotated[Translated, Reads(values.phrase, {})]
Line = Annotated[str, Reads(values.line, {})]
Lines = Annotated[str, Reads(values.markdown, {})]
Flag = Annotated[bool, Reads(values.flag, {})]
KindName = Annotated[str, Reads(values.choice(tuple(kind.value for kind in Kind)), {})]


class _FieldFile(Strict):
    """One field, as fields.yaml describes it."""

    kind: KindName
    label: Phrase = NOTHING_SAID
    help: Phrase = NOTHING_SAID
    example: Lines = ""
    required: Flag = False
    choices: list[Line] = ModelField(default_factory=list)
    fields: dict[str, _FieldFile] = ModelField(default_factory=dict)


class _TypeFile(Strict):
    """A whole fields.yaml."""

    label: Phrase = NOTHING_SAID
    about: Phrase = NOTHING_SAID
    also: dict[str, Lines] = ModelField(default_factory=dict)
    ask: Flag = False
    closes: Line = ""
    calendar: Flag = False
    fields: dict[str, _FieldFile]


def read_types(workspace: Workspace) -> tuple[dict[str, SectionType], list[Problem]]:
    """Every section type by name. A broken one is left out, with its problems. Raises UnreadableFile."""
    types: dict[str, SectionType] = {}
    problems: list[Problem] = []
    for name, folder in workspace.template_members(FOLDER).items():
        if not folder.is_dir():
            continue
        found, more = _of(workspace, name)
        problems += more
        if found is not None:
            types[name] = found
    return types, problems


def _of(workspace: Workspace, name: str) -> tuple[SectionType | None, list[Problem]]:
    try:
        path = workspace.template(f"{FOLDER}/{name}/{FILE}")
    except MissingTemplate as error:
        return None, [Problem(Place(f"templates/{FOLDER}/{name}"), Severity.ERROR, "fields", error.message, error.hint)]
    found, problems = _kept(path, workspace.relative(path), name, stamp(path))
    return found, list(problems)


@lru_cache(maxsize=256)
def _kept(path: FilePath, file: str, name: str, _: Hashable) -> tuple[SectionType | None, tuple[Problem, ...]]:
    """What the file held at this stamp. Raises UnreadableFile."""
    found, problems = _read(path, file, name)
    return found, tuple(problems)


def _read(path: FilePath, file: str, name: str) -> tuple[SectionType | None, list[Problem]]:
    tree, problems = read_source(path, file)
    if tree is None:
        return None, problems
    found, more = validate(_TypeFile, tree)
    problems += more
    if found is None or _wrong(problems):
        return None, problems
    problems += _inconsistent(tree, found)
    if _wrong(problems):
        return None, problems
    return _section_type(name, found), problems


def _wrong(problems: list[Problem]) -> bool:
    return any(one.severity is Severity.ERROR for one in problems)


def _section_type(name: str, found: _TypeFile) -> SectionType:
    fields = _fields(found.fields)
    label = found.label or Translated({"": name.replace("-", " ").capitalize()})
    return SectionType(
        name,
        label,
        (*fields, *(ASK if found.ask else ()), *COMMON),
        about=found.about,
        also={key: text.strip() for key, text in found.also.items()},
        ask=found.ask,
        closes=found.closes,
        calendar=found.calendar,
    )


def _fields(found: Mapping[str, _FieldFile]) -> tuple[Field, ...]:
    return tuple(_field(name, one) for name, one in found.items())


def _field(name: str, found: _FieldFile) -> Field:
    label = found.label or Translated({"": name.replace("_", " ").capitalize()})
    choices, fields = tuple(found.choices), _fields(found.fields)
    example = found.example.strip()
    return Field(name, Kind(found.kind), label, found.help, example, found.required, choices, fields)


def _inconsistent(tree: Tree, found: _TypeFile) -> list[Problem]:
    problems = [*_strange(tree, ("fields",), found.fields, TAKEN), *_uncommon(tree, found)]
    closing = found.fields.get(found.closes)
    if found.closes and (closing is None or closing.kind != Kind.DATE):
        dates = tuple(name for name, one in found.fields.items() if one.kind == Kind.DATE)
        hint = did_you_mean(found.closes, dates) or "Add a field with kind: date."
        problems.append(problem(tree, ("closes",), f"“{found.closes}” is not a field that holds a date.", hint))
    happens = found.fields.get("date")
    if found.calendar and (happens is None or happens.kind != Kind.DATE):
        hint = "Add a field  date  with kind: date, the day it takes place; or take the line out."
        problems.append(problem(tree, ("calendar",), "A calendar needs the day on which it takes place.", hint))
    if not at(tree, ("fields",)):
        problems.append(problem(tree, ("fields",), "A section type needs at least one field.", ""))
    return problems


def _uncommon(tree: Tree, found: _TypeFile) -> Iterator[Problem]:
    """Examples of fields that not every section has."""
    common = tuple(one.name for one in (*COMMON, *(ASK if found.ask else ())))
    for name in found.also:
        if name not in common:
            message = f"“{name}” is not a field that every section has."
            yield problem(tree, ("also", name), message, did_you_mean(name, common), key=True)


def _strange(tree: Tree, path: Path, fields: Mapping[str, _FieldFile], taken: tuple[str, ...]) -> Iterator[Problem]:
    for name, one in fields.items():
        here = (*path, name)
        if not NAME.fullmatch(name):
            hint = "A name is made of small letters, digits and _, such as first_day."
            yield problem(tree, here, f"“{name}” cannot be a field's name.", hint, key=True)
        if name in taken:
            hint = f"Give it another name; every section has these: {', '.join(taken)}."
            yield problem(tree, here, f"“{name}” is a field that every section has already.", hint, key=True)
        if one.kind == Kind.CHOICE and not one.choices:
            yield problem(
                tree, here, f"“{name}” lets one choose, but from nothing.", "Add choices: [one, another].", key=True
            )
        if one.kind == Kind.ROWS and not one.fields:
            yield problem(
                tree, here, f"“{name}” has rows without fields.", "Add the rows' own fields under it.", key=True
            )
        yield from _strange(tree, (*here, "fields"), one.fields, ())
