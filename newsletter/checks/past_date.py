"""Dates that have passed where the text speaks of what is to come: “will take place on 12 June”, in July."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import BLANK, Prose, prose, sentences
from newsletter.texts.facts import Day, Fact, facts, nearest_date

NAME = "past-date"
HINT = "Mend the date, or say how it went."
NEAR = 150  # days: a date without its year that lies further back may be next year's
TO_COME = {
    "en": r"will(?! have)|shall|(?:is|are) (?:going to|to (?:take|be|meet|speak|start|begin))|takes? place|join us|come (?:to|along)",
    "es": r"(?-i:\w+r(?:á|án|emos))|(?:va|van|vamos) a \w+r|tiene lugar|acompáñenos|participe|venga",
    "fr": r"\w+r(?:a|ont|ons)(?= (?:lieu|le|la|les|à|au|en|un|une|du|des|organisé\w*|présenté\w*))|se tiendra|aura|sera|aura lieu|rejoignez",
    "pt": r"\w+r(?:á|ão|emos)|(?:vai|vão|vamos) \w+r|participe",
    "de": r"wird|werden|findet|finden|kommen Sie",
    "it": r"\w+r(?:à|anno|emo)|si tiene|partecipate|venite",
    "ar": r"سوف|س[يت]\w+",
}
_PATTERNS = {language: re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE) for language, said in TO_COME.items()}
_OF = re.compile(
    r"(?:\b(?:of|since|from|dated|after|until|del|desde|du|depuis|vom|seit|dal|do|desde o)\s+(?:\w+\s+)?)$"
)
"""“the bill of 12 June”: such a date belongs to what stands before it."""
_PAUSE = re.compile(r"[,;:()–—]|\b(?:that|which|who|what|where|que|cual|dass?|die|qui|che)\b")
_FAR = 70  # characters from the verb to its date


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each, at its date; a date without a year is the one nearest to ``send_on``."""
    return [problem for edition in dossier.editions for one in prose(edition) for problem in _look_at(edition, one)]


def _look_at(edition: Edition, one: Prose) -> Iterator[Problem]:
    pattern = _PATTERNS.get(edition.language[:2])
    text = one.own.replace(BLANK, " ")
    if not pattern or not pattern.search(text):
        return
    for fact in facts(text, edition.language):
        when = _passed(fact, edition.send_on)
        if when and _to_come(pattern, text, fact.offset):
            message = f"“{fact.words.rstrip('.')}” has passed when the letter goes out on {edition.send_on}, and the text speaks of it as to come."
            yield Problem(edition.place(one.path, fact.offset), Severity.WARNING, NAME, message, HINT)


def _passed(fact: Fact, send_on: dt.date) -> dt.date | None:
    """The last of the days that a date may mean, if all of them lie before the day of sending."""
    days = [_date(mean, send_on) for mean in fact.means if isinstance(mean, tuple) and mean[1] and mean[2]]
    known = [day for day in days if day]
    return max(known) if known and max(known) < send_on else None


def _date(day: Day, send_on: dt.date) -> dt.date | None:
    """The date; one without its year only where it is not far from the day of sending."""
    found = nearest_date(day, send_on)
    return found if found and (day[0] or abs((found - send_on).days) <= NEAR) else None


def _to_come(pattern: re.Pattern[str], text: str, offset: int) -> bool:
    """Whether a verb of what is to come stands before the date, in its sentence and without a pause between."""
    start = next((start for start, end in sentences(text) if start <= offset < end), 0)
    before = text[max(start, offset - _FAR) : offset]
    verbs = list(pattern.finditer(before))
    return bool(verbs) and not _PAUSE.search(before, verbs[-1].end()) and not _OF.search(before)
