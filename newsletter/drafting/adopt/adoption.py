"""Adoption: what became of a page: its issues, the text for the profile, every line of it, and what there is to mend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from newsletter.drafting.adopt.write_issue import PictureFile
from newsletter.nouns.draft import IssueName
from newsletter.nouns.problem import Place, Problem


class State(StrEnum):
    """What is to be done with an issue's file."""

    NEW = "written"
    LEFT = "left as it is"
    MENDED = "links mended"


@dataclass(frozen=True, slots=True)
class AdoptedIssue:
    """An issue of the page. ``text`` is what its file is to hold; ``links`` those that were mended in what it held before."""

    name: IssueName
    file: str
    state: State
    text: str
    sections: int
    words: int
    pictures: tuple[PictureFile, ...] = ()
    links: tuple[tuple[Place, str], ...] = ()
    before: bytes = b""


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the page, what became of it, and what was unsure."""

    place: Place
    words: str
    became: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """The words of a page and where they are now; ``lost`` and ``added`` are empty, or something is wrong with us."""

    read: int
    in_issues: int
    standing: int
    headings: int
    lost: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adoption:
    """All of it. ``standing`` is Markdown for the profile, ``country`` the key under which it would stand there."""

    kind: str
    unit: str
    language: str
    issues: tuple[AdoptedIssue, ...]
    standing: str
    country: str
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    count: Count
