"""Words that run into each other: “billapproved”, “theCongress”, “word.Next”."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import Prose, mending, prose, vocabulary

NAME = "glued-words"
_WORD = re.compile(r"(?<![\w'’.-])[^\W\d_]{4,}(?![\w'’.-]*[@/])")
_AT_MARK = re.compile(
    r"(?<![\w.])(?:[^\W\d_]{2,}|\d{2,})(?P<mark>[.!?])(?=[A-ZÁÉÍÓÚÑÄÖÜ][^\W\d_]+\b(?![./]))|(?<=[^\W\d_]{2})(?P<comma>[,;])(?=[^\W\d_]{2})"
)
_FIGURE = re.compile(r"(?<![\w.,/-])(\d[\d.,]*)([a-záéíóúñ]{4,})(?![\w/@-])")
_CAPITAL = re.compile(r"^([^\W\d_]+?)([A-ZÁÉÍÓÚÑ][a-záéíóúüñ]{2,}.*)$")
SHORT = {
    "en": "a an and as at but by for from her his in is its of on or our that the their this to was were who with",
    "es": "a al ante como con de del desde el en es la las los no o para pero por que se sin son su sus un una y",
    "fr": "à au aux avec ce ces dans de des du elle en est et il la le les leur mais ou par pour que qui sa ses son sur un une",
    "pt": "a ao as com da das de do dos e em é na nas no nos o os ou para pela pelo por que se sem seu sua um uma",
    "it": "a al alla che con da dal del della di e è gli i il in la le lo nel non o per se un una",
    "de": "als am an auf aus bei das dem den der des die ein eine für im in ist mit nach und von vor zu zum zur",
}
"""Words to which others are glued most often."""
GLUED = {
    "en": "andthe asthe atthe bythe forthe fromthe inthe isthe ofthe onthe thatthe tothe wasthe withthe",
    "es": "alos alas conel conla conlas conlos conun conuna enun enuna porun poruna dela delas delos enel enla enlos porel porla quela quelos quese yel yla",
}
"""Two such words in one; each is no word of the language (“alas” and “porque” are)."""
BEGINNINGS = {
    "en": "back cross down fore hand home over self under well with broad counter fast hard inter super trans",
    "es": "ante auto contra entre extra inter medio radio sobre super tele trans para mal bien",
}
"""With these, words are made of two as a rule."""
REAL = {"es": ("alas",)}
_LEFT, _RIGHT = 4, 6  # letters; shorter halves are found in words that are whole
_PAST = re.compile(r"(?:ed|ado|ada|ados|adas|ido|ida|idos|idas|aron|ieron)$")


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each, at its place inside the text."""
    problems = []
    for edition in dossier.editions:
        known = vocabulary((*dossier.earlier, edition), edition.language)
        for one in prose(edition):
            problems += [*_at_marks(edition, one), *_in_words(edition, one, known)]
    return problems


def _at_marks(edition: Edition, one: Prose) -> Iterator[Problem]:
    for found in _AT_MARK.finditer(one.plain):
        name = found.lastgroup or "mark"
        start = found.start(name)
        mark, after = found[name], one.plain[start + 1]
        fix = mending(edition, one, start, mark + after, f"{mark} {after}")
        message = f"After “{mark}” a space is missing."
        place = edition.place(one.path, start)
        yield Problem(place, Severity.WARNING, NAME, message, "Type a space there.", fix)


def _in_words(edition: Edition, one: Prose, known: Mapping[str, int]) -> Iterator[Problem]:
    for found in _FIGURE.finditer(one.plain):
        fix = mending(edition, one, found.start(), found[0], f"{found[1]} {found[2]}")
        message = f"Between “{found[1]}” and “{found[2]}” a space is missing."
        yield Problem(
            edition.place(one.path, found.start()), Severity.WARNING, NAME, message, "Type a space there.", fix
        )
    for found in _WORD.finditer(one.plain):
        halves = _halves(found[0], edition.language[:2], known)
        if halves:
            message = f"“{found[0]}” looks like two words that run into each other."
            hint = f"Write “{' '.join(halves)}”, if that is meant."
            yield Problem(edition.place(one.path, found.start()), Severity.WARNING, NAME, message, hint)


def _halves(word: str, language: str, known: Mapping[str, int]) -> tuple[str, str] | None:
    """The two words of which it is made; None where it is one."""
    short = SHORT.get(language, "").split()
    if capital := _CAPITAL.match(word):
        left, right = capital.groups()
        return (left, right) if left.lower() in short and (left.islower() or left.istitle()) else None
    if not word.islower():
        return None
    if word in GLUED.get(language, "").split() and word not in REAL.get(language, ()):
        return next((word[:at], word[at:]) for at in range(1, len(word)) if word[:at] in short and word[at:] in short)
    return _of_known(word, language, known)


def _of_known(word: str, language: str, known: Mapping[str, int]) -> tuple[str, str] | None:
    """A verb glued to the word before it: both stand by themselves elsewhere in these letters, the whole does not."""
    if not _PAST.search(word) or known[word] > 1:
        return None
    made = BEGINNINGS.get(language, "").split()
    for at in range(_LEFT, len(word) - _RIGHT + 1):
        left, right = word[:at], word[at:]
        if left in known and right in known and left not in made:
            return left, right
    return None
