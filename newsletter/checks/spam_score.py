"""What SpamAssassin, where it runs on this machine, holds against the letter: asked by ``newsletter check --spam``.

Many mail servers run it. The letter is judged as it would arrive at one reader's, without what only a server on the way
can know. Nothing of it leaves the machine, but SpamAssassin itself may ask name servers about the links.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier, SpamRule, SpamScore
from newsletter.nouns.problem import Place, Problem, Severity
from newsletter.reading.passages import passages

NAME = "spam-score"
COUNTS = 0.5  # points from which a rule is worth a sentence
HINT = "Write it otherwise, and ask again: newsletter check --spam"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning where the letter would be held for spam; a note for each rule that counts against it."""
    return [
        problem
        for edition in dossier.editions
        if edition.language in dossier.spam
        for problem in _told(edition, dossier.spam[edition.language])
    ]


def _told(edition: Edition, score: SpamScore) -> Iterator[Problem]:
    against = sorted((rule for rule in score.rules if rule.points >= COUNTS), key=lambda rule: -rule.points)
    if score.points >= score.limit:
        message = (
            f"SpamAssassin holds the letter for spam: {score.points:.1f} points, and {score.limit:.1f} are the limit."
        )
        named = ", ".join(f"{rule.name} ({rule.points:.1f})" for rule in against[:3])
        yield Problem(
            edition.place(), Severity.WARNING, NAME, message, f"Most of it comes from {named}." if named else HINT
        )
    for rule in against:
        message = f"SpamAssassin counts {rule.points:.1f} of {score.limit:.1f} points against it, by its rule {rule.name}: “{rule.words}”"
        yield Problem(_where(edition, rule), Severity.NOTE, NAME, message, HINT)


def _where(edition: Edition, rule: SpamRule) -> Place:
    """The subject for what is said of it, the salutation for what is said of that; else the issue."""
    if "SUBJ" in rule.name:
        return edition.place(("subject",))
    if rule.name.startswith("DEAR_"):
        for passage in passages(edition):
            if (at := passage.text.casefold().find("dear ")) >= 0:
                return edition.place(passage.path, at)
    return edition.place()
