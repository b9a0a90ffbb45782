"""``issues/clippings/*.txt`` -> the kept sources, each a head of names and values and a text, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Hashable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Annotated

from pydantic import Field

from newsletter.drafting import values
from newsletter.drafting.messages import validate
from newsletter.drafting.models import LANGUAGE, SCHEMAS, Reads, Strict
from newsletter.nouns.clipping import Clipping
from newsletter.nouns.draft import IssueName, Kind, PartialDate
from newsletter.nouns.problem import Place, Problem, Severity
from newsletter.workspace import Workspace, stamp
from newsletter.yaml_tree.text import decode
from newsletter.yaml_tree.tree import Tree, read_tree

CHECK = "clippings"
FOLDER = "clippings"
LARGEST = 2_000_000  # bytes; a report of 500 pages is smaller
RULE = "---"
_HINT = f"It begins with a line {RULE}, then lines such as  title: A vote in Lima, then a line {RULE}, then the text."

Line = Annotated[str, Reads(values.line, SCHEMAS[Kind.TEXT])]
Url = Annotated[str, Reads(values.url, SCHEMAS[Kind.URL])]
Published = Annotated[PartialDate | None, Reads(values.partial_date, SCHEMAS[Kind.PARTIAL_DATE])]
Day = Annotated[dt.date | None, Reads(values.day, SCHEMAS[Kind.DATE])]
Flag = Annotated[bool, Reads(values.flag, SCHEMAS[Kind.FLAG])]
Tag = Annotated[str, Reads(values.tag, LANGUAGE)]


def _issue_names(value: object) -> tuple[IssueName, ...]:
    try:
        return tuple(
            IssueName.parse(values.written(one).strip()) for one in (value if isinstance(value, list) else [value])
        )
    except ValueError:
        raise values.Unfit("This is not a list of issues.", "Such as  issues: [2025-06, 2025-07]") from None


Issues = Annotated[tuple[IssueName, ...], Reads(_issue_names, {"type": "array", "items": {"type": "string"}})]


class Head(Strict):
    """What is known of a kept source: the lines at the head of its file."""

    title: Line = Field(description="Its title.", examples=["Assembly votes for an amnesty"])
    publisher: Line = Field("", description="Who published it.", examples=["Example Times"])
    address: Url = Field("", description="Where it stood on the web.", examples=["https://www.example.org/article"])
    date: Published = Field(None, description="When it was published, as far as it is known.", examples=["2025-06-13"])
    place: Line = Field("", description="From where it reports.", examples=["Lima"])
    language: Tag = Field("", description="The language of its text.", examples=["en"])
    kept: Day = Field(None, description="The day on which it was kept.", examples=["2025-06-20"])
    sha256: Line = Field("", description="A check sum of the text; by it a later change is noticed.")
    own: Flag = Field(
        default=False,
        description="Whether it is a note that you wrote yourselves, from what you know.",
        examples=["yes"],
    )
    issues: Issues = Field(
        (),
        description="The issues behind which it stands, beside those whose sources name its address.",
        examples=["[2025-06, 2025-07]"],
    )


def read_clippings(workspace: Workspace) -> tuple[tuple[Clipping, ...], list[Problem]]:
    """Every kept source that can be read, by its file's name, and a warning for each that cannot."""
    found: list[Clipping] = []
    problems: list[Problem] = []
    for path in sorted((workspace.issues / FOLDER).glob("[!.]*.txt")):
        clipping, more = _read(path, workspace.relative(path), stamp(path))
        found += [clipping] if clipping else []
        problems += more
    return tuple(found), problems


def digest(text: str) -> str:
    """The check sum of a text; white space around it and the way its lines end do not count."""
    return hashlib.sha256(text.replace("\r\n", "\n").strip().encode()).hexdigest()


@lru_cache(maxsize=1024)
def _read(path: FilePath, file: str, _: Hashable) -> tuple[Clipping | None, tuple[Problem, ...]]:
    """One file as it was at this stamp."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, (
            _warning(Place(file), f"This source cannot be read: {error.strerror}.", "Look whether you may open it."),
        )
    if len(data) > LARGEST:
        return None, (
            _warning(
                Place(file), f"This source is larger than {LARGEST // 1_000_000} MB.", "Keep the part that matters."
            ),
        )
    text, problems = decode(data, file)
    if text is None:
        return None, _softly(problems)
    head, body = _parted(text)
    if not head.strip():
        return None, _softly([*problems, _warning(Place(file), "This source does not say what it is.", _HINT)])
    tree, more = read_tree(head, file)
    problems += more
    if tree is None:
        return None, _softly(problems)
    clipping, more = _filled(tree, body, file)
    return clipping, _softly([*problems, *more])


def _parted(text: str) -> tuple[str, str]:
    """The head, with an empty line in place of the first rule so that lines keep their numbers; and the text."""
    first, *lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    rules = [number for number, line in enumerate(lines) if line.rstrip() == RULE]
    if first.rstrip() != RULE or not rules:
        return "", text
    return "\n".join(["", *lines[: rules[0]]]), "\n".join(lines[rules[0] + 1 :]).strip()


def _filled(tree: Tree, text: str, file: str) -> tuple[Clipping | None, list[Problem]]:
    if not isinstance(tree.data, dict):
        return None, [_warning(Place(file, 2), "This source does not say what it is.", _HINT)]
    head, problems = validate(Head, tree)
    if head is None:
        return None, problems
    known = {name: getattr(head, name) for name in Head.model_fields}
    if head.sha256 and head.sha256 != digest(text):
        message = "The text of this source is no longer as it was kept."
        hint = "If you changed it, mark it with  own: yes  and take the line sha256 out; or clip the article anew."
        problems.append(Problem(tree.place(("sha256",)), Severity.NOTE, CHECK, message, hint))
    if not text:
        problems.append(
            _warning(Place(file), "This source holds no text.", "Put the text below the second line of dashes.")
        )
    return Clipping(file=file, text=text, **known), problems


def _warning(place: Place, message: str, hint: str) -> Problem:
    return Problem(place, Severity.WARNING, CHECK, message, hint)


def _softly(problems: list[Problem]) -> tuple[Problem, ...]:
    """As warnings at the most: a source that cannot be read holds no letter back."""
    return tuple(
        replace(one, severity=Severity.WARNING if one.severity is Severity.ERROR else one.severity) for one in problems
    )
