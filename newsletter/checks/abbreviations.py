"""Abbreviations that stand for two bodies (IACHR: the Commission, or the Court?), and those that nobody spells out."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from newsletter.nouns.draft import Edition, Path
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import BLANK, Prose, prose

NAME = "abbreviations"
KNOWN = (
    "AIDS BBC BST CET CEST CNN COVID DNA FIFA GMT HIV LGBT LGBTI LGBTIQ LGBTQ LGBTQI NATO NGO PDF SMS UNESCO UNICEF USA "
    "UTC ADN EEUU ONG ONU OTAN SIDA VIH OMS WHO OEA OAS"
)
"""What readers of a human-rights letter know without being told."""
LEFT_FOR_LATER = "FIXME TBA TBC TBD TODO REWRITE PENDIENTE XXX XXXX"
_UNTOLD = frozenset(f"{KNOWN} {LEFT_FOR_LATER}".split())
_SHORT = re.compile(r"(?<![\w.&/-])(?P<name>[A-ZÁÉÍÓÚÑ]{3,7})s?(?![\w&/-])")
_ROMAN = re.compile(r"[IVXLCDM]+")
_SHOUTED = re.compile(r"[A-ZÁÉÍÓÚÑ]{2,}[\s\0,]+[A-ZÁÉÍÓÚÑ]{2,}")
_IN_BRACKETS = re.compile(r"(?<=[\w*_\0”»\"] )[*_\0]*\([\0]*(?P<name>[A-ZÁÉÍÓÚÑ]{3,7})[\0]*(?:[,;][^()]*)?\)")
_BEFORE = re.compile(r"(?:[^\W\d_][\w'’.-]*[ \n\0]+){1,11}$")
_ROOM = 140  # characters in which the whole name stands before its short form
_SHORT_FIRST = re.compile(r"(?<!\w)(?P<name>[A-ZÁÉÍÓÚÑ]{3,7})[\0 ]+\((?P<long>[^\W\d_][^()\d]{8,90})\)")
_SAID = re.compile(
    r"(?<!\w)(?P<name>[A-ZÁÉÍÓÚÑ]{3,7})(?:,| is| es| son las siglas| stands for) (?:the|el|la|los|las|de)\b"
)
_SAME = 0.93  # of the characters: Organisation and Organization
MOST = 3  # notes on what is not spelt out: more help nobody
_LINKS = ("de", "del", "la", "las", "los", "el", "of", "the", "for", "on", "and", "in", "y", "e", "a", "to", "para", "por", "en", "du", "des", "et", "le")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """An abbreviation that is spelt out, with where that is."""

    name: str
    long: str
    edition: Edition
    path: Path
    offset: int


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning at the second meaning, compared with earlier issues too; a note where one that few readers know is nowhere spelt out, for three at most."""
    problems = []
    for edition in dossier.editions:
        earlier = [one for one in dossier.earlier if one.language == edition.language]
        problems += [*_two_bodies(edition, earlier), *_never_spelt_out(edition)]
    return problems


def _two_bodies(edition: Edition, earlier: list[Edition]) -> Iterator[Problem]:
    known: dict[str, Meaning] = {}
    for one in earlier:
        known |= {meaning.name: meaning for meaning in _meanings(one)}
    for meaning in _meanings(edition):
        other = known.get(meaning.name)
        if other and not _same(meaning.long, other.long):
            place, there = (one.edition.place(one.path, one.offset) for one in (meaning, other))
            where = f"line {there.line}" if place.file == there.file else f"{there.file}, line {there.line}"
            message = f"“{meaning.name}” is the {meaning.long} here, and the {other.long} in {where}."
            yield Problem(place, Severity.WARNING, NAME, message, "Keep the short form for one of them, and spell out the other.")  # fmt: skip
        known.setdefault(meaning.name, meaning)


def _never_spelt_out(edition: Edition) -> Iterator[Problem]:
    texts = [(one, one.plain) for one in prose(edition)]
    whole = "\n\n".join(text.replace(BLANK, " ") for _, text in texts)
    said = {found["name"] for pattern in (_IN_BRACKETS, _SHORT_FIRST, _SAID) for found in pattern.finditer(whole)}
    initials = _initials(whole)
    told: set[str] = set()
    for one, text in texts:
        for found in _SHORT.finditer(text):
            name = found["name"]
            if name in _UNTOLD | said | told or _ROMAN.fullmatch(name) or name in initials or _loud(one, found):
                continue
            told.add(name)
            if len(told) <= MOST:
                message = f"“{name}” is nowhere spelt out in this issue."
                hint = f"At its first mention write the whole name, with ({name}) after it; or the name alone."
                yield Problem(edition.place(one.path, found.start()), Severity.NOTE, NAME, message, hint)


def _loud(one: Prose, found: re.Match[str]) -> bool:
    """Whether it is a word among words in capitals, or a gap in brackets."""
    near = one.plain[max(0, found.start() - 20) : found.end() + 20]
    gap = one.text[: found.start()].endswith("[") and re.match(r"\](?!\()", one.text[found.end() :])
    return bool(gap or _SHOUTED.search(near)) or one.plain.strip(BLANK + " .!?") == found["name"]


def _initials(text: str) -> str:
    """The first letters of names, each name's apart: “Peru Support Group” is there as PSG."""
    found = re.finditer(r"(?:[A-ZÁÉÍÓÚÑ][\w'’]*-?(?:[ \n]+(?:[a-zé]{1,4}[ \n]+){0,2})?){2,}", text)
    return " ".join("".join(re.findall(r"(?<![^\W_])[A-ZÁÉÍÓÚÑ]", one[0])) for one in found)


def _meanings(edition: Edition) -> Iterator[Meaning]:
    for one in prose(edition):
        if "(" in one.plain:
            for offset, name, words in _pairs(one.plain):
                long = _spelt(words.replace(BLANK, " ").split(), name)
                if long:
                    yield Meaning(name, long, edition, one.path, offset)


@lru_cache(maxsize=512)
def _pairs(text: str) -> tuple[tuple[int, str, str], ...]:
    """Every abbreviation in brackets after words, or before words in brackets: its offset, itself, the words."""
    found = [(one.start("name"), one["name"], one["long"]) for one in _SHORT_FIRST.finditer(text)]
    for one in _IN_BRACKETS.finditer(text):
        before = _BEFORE.search(text[max(0, one.start() - _ROOM) : one.start()])
        if before:
            found.append((one.start("name"), one["name"], before[0]))
    return tuple(sorted(found))


def _spelt(words: list[str], name: str) -> str:
    """The last of the words whose initials make up the name; "" where they do not."""
    for start in range(len(words) - 2, -1, -1):
        some = words[start:]
        if not words[start][0].isupper():
            continue
        letters = Counter(part[0].upper() for word in some for part in re.split("[-’']", word) if part)
        if not Counter(name) - letters:
            first = start
            while first and words[first - 1][0].isupper() and words[first - 1].lower() not in _LINKS:
                first -= 1
            return " ".join(words[first:])
    return ""


def _same(one: str, other: str) -> bool:
    mine, theirs = one.lower(), other.lower()
    return mine.endswith(theirs) or theirs.endswith(mine) or SequenceMatcher(None, mine, theirs).ratio() >= _SAME
