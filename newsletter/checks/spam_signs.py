"""What makes a letter look like spam: a subject in capitals, rows of exclamation marks or emoji, phrases that filters count."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import Prose, prose

NAME = "spam-signs"
HEADLINES = ("subject", "preheader")
LEAST = 10  # letters of a subject of which it can be said that it is in capitals
_MARKS = re.compile(r"[!¡]{2,}|[!?¡¿]*[!][!?]+|\?[!]+|\?{2,}(?!\?)")
_PICTURES = "[\u2600-\u27bf\u2b50\U0001f300-\U0001faff]"
_EMOJI = re.compile(rf"(?:{_PICTURES}[\ufe0f\u200d\U0001f3fb-\U0001f3ff\s]*){{2,}}")
PHRASES = {
    "en": r"100% guaranteed|money[ -]back guarantee|act now|click here now|urgent (?:reply|response|notice|business|proposal)|join (?:millions|thousands)|(?:risk|obligation)[ -]free|no obligation|to be removed from (?:our|this|these|future) mailings?|this is not spam|limited time(?: only)?|you have (?:won|been selected)|as seen on|dear sirs?(?: or madam)?",
    "es": r"100 ?% garantizad[oa]s?|garantía de devolución|actúe ahora(?: mismo)?|haga clic aquí ahora|respuesta urgente|únase a (?:millones|miles)|sin (?:riesgo|compromiso)|para darse de baja de nuestros? envíos?|esto no es spam|por tiempo limitado|(?:usted )?ha (?:ganado|sido seleccionad[oa])|como se vio en|últim[oa] (?:aviso|oportunidad)|gratis",
}
"""The English ones after SpamAssassin 4's own rules (20_phrases.cf, 20_head_tests.cf) and its neighbours, the Spanish ones
their counterparts: it ships none."""
_PHRASES = {language: re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE) for language, said in PHRASES.items()}
Found = tuple[int, Severity, str, str]


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning in the subject and the preheader, a note in the letter; a single one seldom sends a letter to the spam, several do."""
    return [
        Problem(edition.place(one.path, offset), severity, NAME, message, hint)
        for edition in dossier.editions
        for one in prose(edition)
        for offset, severity, message, hint in _look_at(edition, one)
    ]


def _look_at(edition: Edition, one: Prose) -> Iterator[Found]:
    headline = one.path[-1] in HEADLINES and len(one.path) == 1
    severity = Severity.WARNING if headline else Severity.NOTE
    if headline:
        yield from _of_headline(one, str(one.path[0]))
    elif marks := _MARKS.search(one.own):
        yield marks.start(), severity, f"“{marks[0]}” shouts.", "One mark is enough."
    pattern = _PHRASES.get(edition.language[:2])
    for found in pattern.finditer(one.own) if pattern else ():
        message = f"Spam filters count “{found[0]}” against a letter."
        yield found.start(), severity, message, "Say it in words of your own."


def _of_headline(one: Prose, which: str) -> Iterator[Found]:
    letters = [letter for letter in one.plain if letter.isalpha()]
    text = "".join(letters)
    if len(letters) >= LEAST and text.isupper():
        message = f"The {which} is all in capitals: filters count that, and it is hard to read."
        yield 0, Severity.WARNING, message, "Type it in small letters."
    marks = _MARKS.search(one.plain)
    if marks or one.plain.count("!") > 1:
        offset = marks.start() if marks else one.plain.index("!")
        yield offset, Severity.WARNING, f"The {which} shouts with its punctuation marks.", "At most one of them."
    if row := _EMOJI.search(one.text):
        message = (
            f"Emoji stand in a row in the {which}: filters count that, and screen readers read out each one's name."
        )
        yield row.start(), Severity.WARNING, message, "Keep one, or none."
