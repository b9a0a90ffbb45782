"""Spaces that do not belong there: two in a row, one before a comma, those that a browser or a word processor left."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import BLANK, Prose, mending, prose

NAME = "spaces"
_TWO = re.compile(r"(?<=\S)[ ](?P<spare>[ ]+)(?=\S)")
_MARKER = re.compile(r"[ >]*(?:[-+*>]|#{1,6}|\d+[.)])$")  # of a list or a heading, after which the text may hang
_BEFORE = r"(?<=[\w)”»\"’])(?P<spare>[ \u00a0]+)(?=[{marks}](?:[\s”»\"’)]|$))(?!:[()])"
_BEFORE_MARK = re.compile(_BEFORE.format(marks=",.;:!?"))
_BEFORE_MARK_IN_FRENCH = re.compile(_BEFORE.format(marks=",."))  # the others have a space of their own there
_UNSEEN = re.compile("(?<=\\w)(?P<spare>[\u200b\u2060\ufeff\u00ad]+)(?=\\w)")
_NO_BREAK = re.compile("(?<=[^\\W\\d]{3})(?P<spare>[\u00a0\u202f\u2002-\u200a\u3000\t])(?=[^\\W\\d]{3})")
Kind = tuple[re.Pattern[str], Severity, str, str, str]
"""What is looked for, how much it matters, what is said, the way on, and what is to stand there."""
TWO = (_TWO, Severity.NOTE, "Two spaces stand together", "One is enough, also after a full stop.", "")
BEFORE = (_BEFORE_MARK, Severity.WARNING, "A space stands before a punctuation mark", "Take the space out.", "")
UNSEEN = (
    _UNSEEN,
    Severity.NOTE,
    "A character that nobody sees parts a word",
    "Take it out, or type the word anew.",
    "",
)
NO_BREAK = (_NO_BREAK, Severity.NOTE, "A space at which no line can break, or an odd one, stands between two words", "It often comes along when one copies from a web page. Type an ordinary space.", " ")  # fmt: skip


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for a space before a mark (in French only before a comma and a full stop), a note for the others; once a text."""
    return [
        problem
        for edition in dossier.editions
        for one in prose(edition)
        for kind in _kinds(edition.language)
        for problem in _look_at(edition, one, kind)
    ]


def _kinds(language: str) -> tuple[Kind, ...]:
    if not language.startswith("fr"):
        return TWO, BEFORE, UNSEEN, NO_BREAK
    return TWO, (_BEFORE_MARK_IN_FRENCH, *BEFORE[1:]), UNSEEN


def _look_at(edition: Edition, one: Prose, kind: Kind) -> Iterator[Problem]:
    pattern, severity, what, hint, new = kind
    found = [hit for hit in pattern.finditer(one.text) if not _within(one, hit)]
    if not found:
        return
    fixes = [mending(edition, one, hit.start("spare"), hit["spare"], new) for hit in found]
    more = {1: "here.", 2: "here, and once more in this text."}
    where = more.get(len(found), f"here, and {len(found) - 1} times more in this text.")
    fix = tuple(edit for some in fixes for edit in some) if all(fixes) else ()
    place = edition.place(one.path, found[0].start("spare"))
    yield Problem(place, severity, NAME, f"{what} {where}", hint, fix)


def _within(one: Prose, hit: re.Match[str]) -> bool:
    """Whether it stands in code or an address, whose spaces are nobody's business; after a list's mark; before three dots."""
    start = one.text.rfind("\n", 0, hit.start()) + 1
    code = one.plain[hit.start()] == BLANK
    return code or one.text.startswith("..", hit.end()) or bool(_MARKER.match(one.text, start, hit.start()))
