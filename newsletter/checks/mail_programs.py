"""Tags and styles of one's own templates that some mail programs do not know, so that their readers lose something.

What is known comes from Can I email. The letters of the program use nothing of which a reader would lose a word, a
picture or a link; docs/manual/mail-programs.md tells what they use.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from newsletter.mail_programs.support import PROGRAMS, Feature, belongs, features, instead
from newsletter.mail_programs.used import used
from newsletter.nouns.letter import Dossier, Pieces
from newsletter.nouns.problem import Problem, Severity
from newsletter.seen.page import FRAME, joined
from newsletter.seen.told import Found, Sheet, told

NAME = "mail-programs"
MANY = 5  # programs without it, from which a warning is due
NAMED = 3
READ_OTHERWISE = ("html-accessibility", "html-aria", "html-role", "html-semantics", "html-lang", "html-dir")
"""What only changes how a page is read aloud: worth having wherever it works."""


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning where five or more programs of our twenty-one do not know it, else a note; the most widely lacking first."""
    return told(dossier, NAME, _look)


def _look(sheet: Sheet) -> Iterator[Found]:
    sections = [_features(piece) for piece in sheet.rendered.sections]
    for feature in sorted(map(features().__getitem__, _features(sheet.rendered.html)), key=_lost_by, reverse=True):
        without = [PROGRAMS[one.program] for one in feature.answers if one.word == "n"]
        section = next((number for number, some in enumerate(sections) if feature.slug in some), FRAME)
        severity = Severity.WARNING if len(without) >= MANY else Severity.NOTE
        more = f" and {len(without) - NAMED} more" if len(without) > NAMED else ""
        message = (
            f"“{feature.title.strip()}” does not work in {', '.join(without[:NAMED])}{more}: readers there lose it."
        )
        yield Found(section, message, "do without it, or see that nothing is missing where it is not known.", severity)


def _lost_by(feature: Feature) -> int:
    return sum(answer.word == "n" for answer in feature.answers)


@lru_cache(maxsize=512)  # sections stay the same from save to save
def _features(html: Pieces) -> frozenset[str]:
    """The features in a piece of a page that some program does not know, but for those of which nothing is lost."""
    try:
        keys = used(joined(html))
    except (ValueError, AssertionError):  # styles that cannot be read, or a declaration that is none
        return frozenset()
    slugs = {belongs()[key] for key in keys if key in belongs()} - instead().keys()
    return frozenset(one for one in slugs if not one.startswith(READ_OTHERWISE) and _lost_by(features()[one]))
