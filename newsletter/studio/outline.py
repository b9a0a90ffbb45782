"""The sections of a file -> how a list names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsletter.nouns.draft import SectionType
from newsletter.studio.form import START
from newsletter.yaml_tree.tree import Data

LONGEST = 56
TITLES = ("title", "number", "text", "body")  # what names a section, the first of these that says something
_MARKS = re.compile(r"[*#>`\[\]]|\((?:https?|mailto):[^)]*\)|^\s*[-+]\s", re.MULTILINE)
_NAME = re.compile(r"\{\w+\|([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Line:
    """A section as the list has it. ``at`` counts from 0."""

    at: int
    type: str
    title: str
    to_mend: int
    chosen: bool

    @property
    def number(self) -> int:
        """Its number as people count, as it stands in the page's address; 0 for the start."""
        return self.at + 1


def outline(
    sections: Sequence[Data], types: Mapping[str, SectionType], language: str, counts: Mapping[int, int], chosen: int
) -> list[Line]:
    """Every section of an edition. ``counts`` tells how many problems each has to mend."""
    return [
        Line(at, _type(one, types, language), title_of(one), counts.get(at, 0), at == chosen)
        for at, one in enumerate(sections)
    ]


def start_line(type_: str, title: str, counts: Mapping[int, int], chosen: int) -> Line:
    """What stands above the sections."""
    return Line(START, type_, title, counts.get(START, 0), chosen == START)


def _type(data: Data, types: Mapping[str, SectionType], language: str) -> str:
    name = data.get("type") if isinstance(data, dict) else None
    if not isinstance(name, str):
        return "…"
    kind = types.get(name)
    return kind.label.into(language) if kind else name


def title_of(data: Data) -> str:
    """A section's title, or its first words; "" where it says nothing yet."""
    line = next(_lines(data), "")
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} …"


def _lines(data: Data) -> Iterator[str]:
    """The first lines of what says something in it, what names it first."""
    if isinstance(data, str):
        yield from (line.strip() for line in _NAME.sub(r"\1", _MARKS.sub("", data)).split("\n") if line.strip())
    elif isinstance(data, list):
        for one in data:
            yield from _lines(one)
    else:
        first = [one for one in TITLES if one in data]
        for name in dict.fromkeys((*first, *data)):
            if name not in {"type", "id"}:
                yield from _lines(data[name])
