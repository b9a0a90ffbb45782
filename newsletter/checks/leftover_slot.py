"""Marks in braces that no reader should see: unknown slots, slots without an end or a fallback, other programs' marks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from difflib import get_close_matches

from newsletter.nouns.draft import Edition, Kind
from newsletter.nouns.letter import Dossier, Rendered
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import Passage, passages
from newsletter.rendering.slots import FIRST_NAME

NAME = "leftover-slot"
OURS = "first_name"
RIGHT = "{first_name|friends}"
_MARK = re.compile(
    r"(?P<foreign>\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\*\|[^|\n]+\|\*|\[\[[A-Za-z_][\w .-]*\]\](?!\()"
    r"|%%[A-Za-z_][\w ]*%%|%[A-Z_]{3,}%|<<[A-Za-z_][\w ]*>>)"
    r"|(?P<slot>\{ *(?P<name>[A-Za-z_][\w-]*) *(?:\|(?P<fallback>[^{}|\n]*))?\})"
    r"|(?P<spaced>\{[^{}|\n]*\|[^{}\n]*\})"
    r"|(?P<open>\{ *[A-Za-z_][\w-]* *\|[^{}\n]*)"
    r"|(?P<bare>[\[(<]?\bfirst_name\b(?:\|[^\])>\n]*(?=[\])>]))?[\])>]?)",
    re.MULTILINE,
)

_UNANSWERED = re.compile(rf"(?:\{{|%7B|&#123;){OURS}\b", re.IGNORECASE)


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error for each, at its place inside the text."""
    found = []
    for edition in dossier.editions:
        here = [problem for passage in passages(edition) for problem in _in(edition, passage)]
        found += here or list(_hidden(edition, dossier.renderings.get(edition.language)))
    return found


def _hidden(edition: Edition, rendered: Rendered | None) -> Iterator[Problem]:
    """A slot where nothing answers it, such as in the address of a link: it stands in the letter as it was written."""
    pieces = (*rendered.html, *rendered.text) if rendered else ()
    if any(_UNANSWERED.search(piece) for piece in pieces if isinstance(piece, str)):
        message = f"{{{OURS}}} stands in the address of a link or between ` and `: readers would see it just so."
        yield Problem(edition.place(), Severity.ERROR, NAME, message, "Take it out there; names stand in running text.")


def _in(edition: Edition, passage: Passage) -> Iterator[Problem]:
    for mark in _MARK.finditer(passage.text):
        said = _wrong(mark, answered=passage.kind is Kind.MARKDOWN or passage.path == ("subject",))
        if said:
            yield Problem(edition.place(passage.path, mark.start()), Severity.ERROR, NAME, *said)


def _wrong(mark: re.Match[str], *, answered: bool) -> tuple[str, str] | None:
    text = mark[0].strip()
    if mark["foreign"]:
        return f"{text} is another program's mark: readers would see it just so.", _way_on(answered)
    if mark["open"]:
        return f"{text} has no end.", f"Close it with a brace: {RIGHT}"
    if mark["bare"]:
        return f"{text} stands without its braces: readers would see it just so.", _way_on(answered)
    if mark["name"] != OURS:
        near = get_close_matches(
            (mark["name"] or text[1:].partition("|")[0]).lower().strip().replace("-", "_").replace(" ", "_"),
            [OURS, "firstname", "name"],
            n=1,
        )
        hint = f"Did you mean {RIGHT}?" if near and answered else _way_on(answered)
        return f"{text} is not known: readers would see it just so.", hint
    if not answered:
        return f"{text} is not answered here: readers would see it just so.", _way_on(answered)
    return _wrong_slot(text, mark["fallback"])


def _wrong_slot(text: str, fallback: str | None) -> tuple[str, str] | None:
    if not FIRST_NAME.fullmatch(text):
        return f"{text} is not written as it should be: readers would see it just so.", f"Write {RIGHT}"
    if fallback is not None and not fallback.strip():
        return f"{text} does not say what readers are called whose name is not known.", f"Add it: {RIGHT}"
    return None


def _way_on(answered: bool) -> str:  # noqa: FBT001 - one question, one answer
    if answered:
        return f"The reader's first name is written {RIGHT}; anything else: take it out."
    return "Take it out. The reader's first name can stand in texts and in the subject."
