"""Subjects and preheaders that inboxes cut off, and those that pretend to be an answer."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "subject-length"
SUBJECT = 60  # characters that inboxes on a desk show; a phone shows about 40
PREHEADER = (40, 100)  # less leaves room for stray words of the letter, more is cut off
_SLOT = re.compile(r"\{[a-z_]+\|([^{}]*)\}")
_REPLY = re.compile(r"(re|fwd?|rv|tr|aw|wg)\s*:", re.IGNORECASE)
_JOINER = "\u200d"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning each; lengths are counted in characters as people see them."""
    return [
        Problem(edition.place((field,)), Severity.WARNING, NAME, message, hint)
        for edition in dossier.editions
        for field, message, hint in _look_at(edition)
    ]


def _look_at(edition: Edition) -> Iterator[tuple[str, str, str]]:
    subject, preheader = length(edition.subject), length(edition.preheader)
    if subject > SUBJECT:
        yield "subject", f"The subject has {subject} characters; inboxes show about {SUBJECT}.", "Shorten it."
    shortest, longest = PREHEADER
    if preheader < shortest:
        message = f"The preheader has {preheader} characters; with fewer than {shortest}, inboxes fill up the line."
        yield "preheader", message, "Say one thing more that makes one want to read on."
    if preheader > longest:
        message = f"The preheader has {preheader} characters; inboxes show at most {longest}."
        yield "preheader", message, "Shorten it; the weightiest words come first."
    if edition.subject.strip().casefold() == edition.preheader.strip().casefold():
        yield "preheader", "The preheader repeats the subject.", "Say something more instead."
    for field, text in (("subject", edition.subject), ("preheader", edition.preheader)):
        if _REPLY.match(text.strip()):
            yield field, f"The {field} begins like an answer to a letter that nobody wrote.", "Take that off."


def length(text: str) -> int:
    """How many characters a reader sees: an accent, an emoji's parts, a flag's two letters count as one."""
    count, joined, flag = 0, False, False
    for character in _SLOT.sub(r"\1", text):
        regional = "\U0001f1e6" <= character <= "\U0001f1ff"
        extends = unicodedata.category(character) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= character <= "\U0001f3ff"
        if not (extends or joined or (regional and flag)):
            count += 1
        flag = regional and not flag
        joined = character == _JOINER
    return count
