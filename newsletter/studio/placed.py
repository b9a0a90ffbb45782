"""Problems and the files they stand in -> for each the field to open, how many characters in, and the place in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from newsletter.editing.field_at import field_at
from newsletter.nouns.draft import Path, SectionType
from newsletter.nouns.problem import Problem
from newsletter.studio.form import START
from newsletter.studio.outline import title_of
from newsletter.studio.written import Written
from newsletter.yaml_tree.data import value_at
from newsletter.yaml_tree.tree import Tree

SECTION_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A problem with its field. ``language`` is that of its edition, "" where it stands in another file.

    ``at`` is the section's number from 0, START where it is in none; ``offset`` counts characters of the text.
    """

    number: int
    problem: Problem
    language: str = ""
    at: int = START
    path: Path = ()
    offset: int = 0
    missing: bool = False  # nothing stands there yet
    title: str = ""

    @property
    def field(self) -> str:
        """The name of its field."""
        return next((str(part) for part in reversed(self.path) if isinstance(part, str) and part != "sections"), "")


def placed(
    problems: tuple[Problem, ...], editions: Mapping[str, Written], types: Mapping[str, SectionType]
) -> list[Placed]:
    """Every problem, in their order. ``editions`` are the files of an issue by language."""
    by_file = {one.file: one for one in editions.values()}
    return [_placed(number, one, by_file.get(one.place.file), types) for number, one in enumerate(problems)]


def _placed(number: int, problem: Problem, found: Written | None, types: Mapping[str, SectionType]) -> Placed:
    if found is None or found.tree is None:
        return Placed(number, problem, found.language if found else "")
    tree = found.tree
    path = field_at(tree, problem.place.line, problem.place.column)
    is_section = path[:1] == ("sections",) and len(path) >= SECTION_DEPTH
    at = int(path[1]) if is_section else START
    title = title_of(found.sections[at]) if is_section else ""
    if is_section and len(path) == SECTION_DEPTH:
        path = _missing(problem, path, tree, types)
    here = value_at(tree.data, path)
    return Placed(number, problem, found.language, at, path, _offset(tree, path, problem), not here, title)


def _missing(problem: Problem, path: Path, tree: Tree, types: Mapping[str, SectionType]) -> Path:
    """The field that a problem of a whole section speaks of: a required one that is not there."""
    data = value_at(tree.data, path)
    kind = types.get(str(data.get("type"))) if isinstance(data, dict) else None
    names = [one.name for one in kind.fields if isinstance(data, dict) and one.name not in data] if kind else []
    said = [name for name in names if f"“{name}”" in problem.message or f"{name}:" in problem.message]
    return (*path, said[0]) if said else path


def _offset(tree: Tree, path: Path, problem: Problem) -> int:
    """How many characters of the value stand before the place."""
    place, found = problem.place, 0
    for offset, line, column in tree.stretches.get(path, ()):
        if line == place.line and column <= place.column:
            found = offset + place.column - column
    return found


def counted(found: list[Placed], language: str, is_to_mend: Callable[[Problem], bool]) -> dict[int, int]:
    """How many problems each section of an edition has to mend."""
    counts: dict[int, int] = {}
    for one in found:
        if one.language == language and is_to_mend(one.problem):
            counts[one.at] = counts.get(one.at, 0) + 1
    return counts
