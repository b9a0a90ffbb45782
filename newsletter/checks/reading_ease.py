"""A letter that is hard or long to read, told at its hardest passage."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.nouns.draft import Edition, Kind
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import Prose, prose, sentences, words

NAME = "reading-ease"
LEAST = 50  # words of a passage that is measured: of less the formulas say little
LONGEST = 45  # words of a sentence
LONG = 1800  # words of a letter
A_MINUTE = 238  # words that people read silently (Brysbaert 2019, a review of 190 studies)
HARD = {"en": 30.0, "es": 40.0}
"""Flesch 1948 calls what lies below 30 very difficult; so does the INFLESZ scale (Barrio-Cantalejo and others 2008) below 40."""
NAMED = {"en": "Flesch", "es": "INFLESZ"}
_SILENT = re.compile(r"(?:[^laeiouy]e|[^dt]ed|[^aeiouy]es)$")
_ENGLISH = re.compile(r"[aeiouy]+")
_MUTE_U = re.compile(r"(?<=[gq])u(?=[eéií])")
_SPANISH = re.compile(r"[iuüy]?[aeoáéó][iuüy]?(?![aeoáéóíú])|[iuüy]?[aeoáéó]|[íú]|[iuü]+|^y$")
HINT = "Make two sentences of one, and put a short word for a long one."


@dataclass(frozen=True, slots=True)
class Measured:
    """A passage: how easily it reads (0 to 100), and its longest sentence."""

    one: Prose
    start: int
    ease: float
    words: int
    longest: int
    longest_at: int


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """One note an edition. Flesch's formula (1948) in English, Szigriszt-Pazos' with the INFLESZ scale in Spanish, the length of sentences in all languages; and how many minutes the letter takes."""
    return [problem for edition in dossier.editions for problem in _look_at(edition)]


def _look_at(edition: Edition) -> Iterator[Problem]:
    texts = list(prose(edition))
    language = edition.language[:2]
    measured = [found for one in texts if one.kind is Kind.MARKDOWN for found in _passages(one, language)]
    count = sum(len(words(one.plain)) for one in texts)
    minutes = f"The letter has {count} words: about {round(count / A_MINUTE)} minutes." if count > LONG else ""
    hardest = min(measured, key=lambda one: one.ease, default=None)
    longest = max(measured, key=lambda one: one.longest, default=None)
    if hardest and hardest.ease < HARD.get(language, 0.0):
        message = f"This passage is very hard to read ({NAMED[language]} {max(0.0, hardest.ease):.0f}; below {HARD[language]:.0f} is very difficult)."
        place = edition.place(hardest.one.path, hardest.start)
    elif longest and longest.longest > LONGEST:
        message = f"This sentence has {longest.longest} words: who reads on a phone is lost before its end."
        place = edition.place(longest.one.path, longest.longest_at)
    elif minutes:
        yield Problem(edition.place(("sections",)), Severity.NOTE, NAME, minutes, "Leave something for next month, or for a special.")  # fmt: skip
        return
    else:
        return
    yield Problem(place, Severity.NOTE, NAME, f"{message} {minutes}".strip(), HINT)


def _passages(one: Prose, language: str) -> Iterator[Measured]:
    """The paragraphs of a text, the short ones together with the next."""
    some: list[tuple[int, int]] = []
    count = 0
    for begin, end in sentences(one.plain):
        some.append((begin, end))
        count += len(words(one.plain[begin:end]))
        if count >= LEAST and one.plain[begin:end].rstrip(" ").endswith("\n"):
            yield _measured(one, some, language)
            some, count = [], 0
    if some:
        yield _measured(one, some, language)


def _measured(one: Prose, spans: list[tuple[int, int]], language: str) -> Measured:
    inside = [(begin, words(one.plain[begin:end])) for begin, end in spans]
    inside = [(begin + found[0][1], found) for begin, found in inside if found]
    if not inside:
        return Measured(one, 0, 100.0, 0, 0, 0)
    every = [word.lower() for _, found in inside for word, _ in found]
    longest_at, longest = max(inside, key=lambda pair: len(pair[1]))
    ease = _ease(every, len(inside), language) if len(every) >= LEAST else 100.0
    return Measured(one, inside[0][0], ease, len(every), len(longest), longest_at)


def _ease(every: list[str], count: int, language: str) -> float:
    a_sentence = len(every) / count
    if language == "en":
        return 206.835 - 84.6 * sum(map(_syllables_english, every)) / len(every) - 1.015 * a_sentence
    if language == "es":
        return 206.835 - 62.3 * sum(map(_syllables_spanish, every)) / len(every) - a_sentence
    return 100.0


def _syllables_english(word: str) -> int:
    """As they are heard, nearly: groups of vowels, without a silent e at the end."""
    return max(1, len(_ENGLISH.findall(word)) - bool(_SILENT.search(word)))


def _syllables_spanish(word: str) -> int:
    """Each strong vowel is one, with a weak one beside it; í and ú stand alone."""
    return max(1, len(_SPANISH.findall(_MUTE_U.sub("", word))))
