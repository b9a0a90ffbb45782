"""An issue's file -> its edition and warnings, or errors; whatever stands in the file, nothing is raised for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic import Field as ModelField

from newsletter.drafting import values
from newsletter.drafting.fields import EDITION
from newsletter.drafting.meant import closest, did_you_mean, plain
from newsletter.drafting.messages import LIKE, at, problem, validate
from newsletter.drafting.models import Languages, Strict, filled, languages_of, model
from newsletter.drafting.source import file_name, read_bytes, read_source
from newsletter.drafting.too_long import too_long
from newsletter.nouns.draft import Edition, Field, IssueName, Kind, Path, Section, SectionType, entries
from newsletter.nouns.problem import Place, Problem, Severity, Stretches, worst_first
from newsletter.yaml_tree.places import moved
from newsletter.yaml_tree.tree import Tree

NEAR = dt.timedelta(days=15)  # an issue may leave a little before its month or after it


def read(
    path: FilePath, types: Mapping[str, SectionType], *, root: FilePath, language: str, data: bytes | None = None
) -> tuple[Edition | None, list[Problem]]:
    """Read one edition. Either an edition and perhaps warnings, or errors and None. Raises UnreadableFile.

    ``data`` is what is to stand in the file, where it is not to be read from there.
    """
    file = file_name(path, root)
    source = read_source(path, file) if data is None else read_bytes(data, file)
    edition, problems = _read(path, types, file, language, source)
    return edition, sorted(problems, key=worst_first)


def _read(
    path: FilePath,
    types: Mapping[str, SectionType],
    file: str,
    language: str,
    source: tuple[Tree | None, list[Problem]],
) -> tuple[Edition | None, list[Problem]]:
    issue, problems = _issue_name(path, file)
    tree, more = source
    problems += more
    if tree is None:
        return None, problems
    if not isinstance(tree.data, dict):
        message = "This is not an issue: it has no names with texts after them."
        return None, [*problems, Problem(Place(file), Severity.ERROR, "yaml", message, LIKE)]
    if long := list(too_long(tree)):
        return None, [*problems, *long]
    head, more = _head(tree)
    problems += more
    sections, more = _sections(tree, types)
    problems += more
    if head is not None and issue is not None:
        problems += _against_file_name(tree, head, issue, language)
    if issue is None or head is None or any(one.severity is Severity.ERROR for one in problems):
        return None, problems
    places = {**tree.keys, **tree.places}
    edition = Edition(
        issue,
        language,
        head["subject"],
        head["preheader"],
        head["send_on"],
        sections,
        file,
        places,
        tree.stretches,
        embargo=head.get("embargo"),
        corrects=head.get("corrects"),
    )
    return _with_stretches(edition, tree), problems


def _issue_name(path: FilePath, file: str) -> tuple[IssueName | None, list[Problem]]:
    try:
        return IssueName.parse(path.name.split(".")[0]), []
    except ValueError:
        hint = "Call it by its month, such as 2025-07.yaml, or 2025-07-14-apci.yaml for a special."
        message = f"The file's name “{path.name}” is not that of an issue."
        return None, [Problem(Place(file), Severity.ERROR, "fields", message, hint)]


def _sections_list(value: object) -> object:
    if isinstance(value, list) and value:
        return value
    raise values.Unfit("A list of sections belongs here.", "Start each section with a dash, such as  - type: letter")


_SECTIONS = ModelField(description="The parts of the issue, in their order.", examples=["- type: letter"])
_Head: type[Strict] = model(
    "Edition", EDITION, sections=(Annotated[list[Any], BeforeValidator(_sections_list)], _SECTIONS)
)


def _head(tree: Tree) -> tuple[dict[str, Any] | None, list[Problem]]:
    found, problems = validate(_Head, tree, called=_called(EDITION))
    return (None if found is None else filled(found)), problems


def _sections(tree: Tree, types: Mapping[str, SectionType]) -> tuple[tuple[Section, ...], list[Problem]]:
    data = tree.data.get("sections") if isinstance(tree.data, dict) else None
    if not isinstance(data, list):
        return (), []
    sections: list[Section] = []
    problems: list[Problem] = []
    for number in range(len(data)):
        section, more = _section(tree, ("sections", number), types)
        problems += more
        sections += [section] if section is not None else []
    return tuple(sections), problems + list(_same_ids(tree, sections))


def _section(tree: Tree, path: Path, types: Mapping[str, SectionType]) -> tuple[Section | None, list[Problem]]:
    data = at(tree, path)
    if not isinstance(data, dict):
        hint = "A section starts with its type, such as  - type: letter"
        return None, [problem(tree, path, "This is not a section: it has no names with values.", hint)]
    name = data.get("type")
    if name is None or tree.left_out((*path, "type")):
        return None, [_without_type(tree, path, data, types)]
    kind = types.get(name) if isinstance(name, str) else None
    if kind is None:
        labels = {plain(text): one.name for one in types.values() for text in one.label.texts.values()}
        hint = did_you_mean(str(name), types, labels)
        return None, [problem(tree, (*path, "type"), f"There is no section type “{name}”.", hint)]
    known = _known(kind, types)
    found, problems = validate(
        known.model(languages_of(data)),
        tree,
        path,
        beside=("type",),
        elsewhere=known.elsewhere,
        called=known.called,
    )
    return (Section(kind, filled(found), path) if found is not None else None), problems


def _without_type(tree: Tree, path: Path, data: Mapping[str, Any], types: Mapping[str, SectionType]) -> Problem:
    meant = next((key for key in data if closest(key, ("type",), {"tipo": "type"})), "")
    if meant and meant != "type":
        return problem(tree, (*path, meant), f"“{meant}” is not known here.", "Did you mean “type”?", key=True)
    hint = f"Start it with  - type: and one of: {', '.join(types)}."
    if path[-1] != 0:
        hint += " Or, if this still belongs to the section above, put two spaces in place of its dash."
    return problem(tree, path, "The section does not say of which type it is.", hint)


def _called(fields: Iterable[Field]) -> dict[str, str]:
    """The fields' names by their labels, in any language: who writes ``título`` means ``title``."""
    return {plain(text): one.name for one in fields for text in one.label.texts.values()}


def _elsewhere(kind: SectionType, types: Mapping[str, SectionType]) -> dict[str, str]:
    """Where the fields belong that this type does not have."""
    own = {one.name for one in kind.fields}
    found: dict[str, list[str]] = {}
    for other in types.values():
        for one in other.fields:
            if one.name not in own:
                found.setdefault(one.name, []).append(other.name)
    said = {name: f"It is a field of {', '.join(others)}." for name, others in found.items()}
    whole = {one.name: "It belongs to the whole issue: start its line at the very left." for one in EDITION}
    return {**said, **{name: text for name, text in whole.items() if name not in own}}


@dataclass(frozen=True, slots=True)
class _Known:
    """What is made of a type once: making it takes longer than reading a whole issue."""

    kind: SectionType
    types: Mapping[str, SectionType]
    models: dict[Languages, type[Strict]]
    elsewhere: Mapping[str, str]
    called: Mapping[str, str]

    def model(self, languages: Languages) -> type[Strict]:
        """What reads a section of the type in which addresses stand in these languages too."""
        if languages not in self.models:
            self.models[languages] = model(self.kind.name, self.kind.fields, languages)
        return self.models[languages]


_KNOWN: dict[int, _Known] = {}


def _known(kind: SectionType, types: Mapping[str, SectionType]) -> _Known:
    known = _KNOWN.get(id(kind))
    if known is None or known.kind is not kind or known.types is not types:
        made = known.models if known and known.kind is kind else {}
        known = _KNOWN[id(kind)] = _Known(kind, types, made, _elsewhere(kind, types), _called(kind.fields))
    return known


def _same_ids(tree: Tree, sections: list[Section]) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for section in sections:
        path = (*section.path, "id")
        if section.id in seen:
            line = tree.place(seen[section.id]).line
            message = f"The id “{section.id}” stands twice in this issue; the first is in line {line}."
            yield problem(tree, path, message, "Each ask has an id of its own.", Severity.WARNING)
        elif section.id:
            seen[section.id] = path


def _against_file_name(tree: Tree, head: Mapping[str, Any], issue: IssueName, language: str) -> Iterator[Problem]:
    said = head.get("language")
    if said is not None and said != language:
        hint = f"Type  language: {language}  or leave the line out; or give the file another name."
        message = f"The language is “{said}” here, but “{language}” by the file's name."
        yield problem(tree, ("language",), message, hint)
    send_on: dt.date = head["send_on"]
    first = dt.date(issue.year, issue.month, 1)
    if not first - NEAR <= send_on <= first + dt.timedelta(days=30) + NEAR:
        message = (
            f"The issue is that of {issue.year}-{issue.month:02}, by its file's name, but is to be sent on {send_on}."
        )
        yield problem(tree, ("send_on",), message, "Mend the date, or the file's name.", Severity.WARNING)


def _with_stretches(edition: Edition, tree: Tree) -> Edition:
    """The edition with stretches that fit its values: texts of one line were tidied, Markdown was composed."""
    long = {entry.path for entry in entries(edition) if entry.field.kind is Kind.MARKDOWN}
    fitting: dict[Path, Stretches] = {}
    for path, found in tree.stretches.items():
        old = at(tree, path)
        read_by = values.markdown if path in long else values.line
        fitting[path] = moved(found, old, read_by(old)) if isinstance(old, str) else found
    return replace(edition, stretches=fitting)
