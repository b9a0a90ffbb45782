"""Words that somebody meant to replace later: TO WRITE, TO REWRITE, lorem ipsum, TBC, XXX."""

from __future__ import annotations

import datetime as dt
import re

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading import passages

NAME = "placeholder"
# Not TODO: in Spanish it is a word ("TODO el Perú").
_LATER = re.compile(
    r"\b(?P<begun>TO (?:RE)?WRITE|POR (?:RE)?ESCRIBIR)\b|\blorem ipsum\b"
    r"|\b(?:FIXME|TBC|TBD|XXX+|POR CONFIRMAR|PENDIENTE DE)\b|\?\?\?+|\bTODO:"
)


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error for TO WRITE and TO REWRITE (POR ESCRIBIR in Spanish), a warning for each of the others, at its place inside the text."""
    return [
        Problem(
            edition.place(passage.path, found.start()),
            Severity.ERROR if found["begun"] else Severity.WARNING,
            NAME,
            f"“{found[0]}” looks like something that was to be written later.",
            "Write it in place of these words and of what they ask for."
            if found["begun"]
            else "Write it, or take it out.",
        )
        for edition in dossier.editions
        for passage in passages(edition)
        for found in _LATER.finditer(passage.text)
    ]
