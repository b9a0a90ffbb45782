"""One figure given in two ways on the same case: 50 civilians killed in one issue, 49 in another."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsletter.nouns.draft import Edition, Path
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import BLANK, Prose, prose, sentences
from newsletter.texts.facts import Fact, facts

NAME = "case-figures"
HINT = "If both count the same, look the figure up and mend the wrong one; if it has grown, say since when."
_NOUN = re.compile(r"[ \t\n\u00a0]+(?P<noun>[^\W\d_]{3,})")
_PLURAL = {"en": r"s$|^(?:people|men|women|children|policemen|policewomen)$", "es": r"s$", "fr": r"[sx]$", "pt": r"s$"}
GENERAL = {
    "en": "people persons men women children cases families victims others members killings deaths incidents",
    "es": "personas hombres mujeres casos familias víctimas otros otras miembros niños niñas muertes hechos",
    "fr": "personnes hommes femmes cas familles victimes autres membres enfants morts",
    "pt": "pessoas homens mulheres casos famílias vítimas outros outras membros crianças mortes",
}
"""Words that count many things: the same is meant only where the same happened to them."""
MEASURES = {
    "en": "days weeks months years hours minutes metres meters miles kilometres kilometers soles dollars pounds euros hectares pages times points per words letters signatures readers",
    "es": "días semanas meses años horas minutos metros kilómetros soles dólares libras euros hectáreas páginas veces puntos palabras cartas firmas lectores",
    "fr": "jours semaines mois ans années heures minutes mètres kilomètres soles dollars livres euros hectares pages fois points mots lettres signatures",
    "pt": "dias semanas meses anos horas minutos metros quilômetros soles dólares libras euros hectares páginas vezes pontos palavras cartas assinaturas",
}
"""What is measured is another each time."""
HAPPENED = {
    "dead": r"kill\w*|died|dead|deaths?|murder\w*|shot|muert[oa]s?|murieron|fallec\w+|asesin\w+|mat(?:aron|ad[oa]s)|tué\w*|mort\w*|mata\w+|assassin\w+",
    "hurt": r"injur\w+|hurt|wound\w+|herid[oa]s|lesion\w+|bless\w+|ferid[oa]s",
    "held": r"arrest\w+|detain\w+|imprison\w+|jailed|deten\w+|arrêt\w+|déten\w+|pres[oa]s",
    "lost": r"disappear\w*|missing|desapareci\w+|disparu\w*",
    "moved": r"displaced|evicted|desplazad[oa]s|desaloj(?:ad[oa]s|aron)|expuls(?:ad[oa]s|aron|és|ées)|déplacée?s|deslocad\w+",
}
_HAPPENED = {what: re.compile(rf"\b(?:{said})\b", re.IGNORECASE) for what, said in HAPPENED.items()}
_NUMBERED = re.compile(r"(?:bill|law|act|article|decree|resolution|case|number|no|ley|proyecto|artículo|decreto|resolución|expediente|caso|número|loi|article|décret|lei|decreto)(?:\s+(?:de\s+ley|no|n|núm))?[.ºo°]*\s*$", re.IGNORECASE)  # fmt: skip
NEAR = 1.25  # times the smaller number; what lies further apart counts something else
REACH = 300  # characters in which it is said what happened to those who are counted
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Statement:
    """A number of something on a case, where it stands."""

    case: str
    noun: str
    happened: str
    fact: Fact
    edition: Edition
    path: Path

    @property
    def general(self) -> bool:
        """Whether its noun counts many things: within one issue often a part of the others."""
        return self.noun.lower() in GENERAL[self.edition.language[:2]].split()

    @property
    def of(self) -> tuple[str, str, str]:
        """What it counts."""
        return self.case, self.noun.lower(), self.happened


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning where no earlier mention agrees, in this issue or in those before it in the same language, and the number is near the other, or has its figures in another order."""
    return [problem for edition in dossier.editions for problem in _look_at(edition, dossier)]


def _look_at(edition: Edition, dossier: Dossier) -> Iterator[Problem]:
    said: dict[tuple[str, str, str], list[Statement]] = {}
    for one in dossier.earlier:
        if one.language == edition.language:
            for statement in _statements(one):
                said.setdefault(statement.of, []).append(statement)
    for statement in _statements(edition):
        before = said.setdefault(statement.of, [])
        if any(statement.fact.agrees(one.fact) for one in before):
            continue
        others = [one for one in before if one.edition is not edition or not one.general]
        if others and _near(statement.fact, others[-1].fact):
            yield _problem(statement, others[-1])
        before.append(statement)


def _near(one: Fact, other: Fact) -> bool:
    """Whether one is easily the other gone wrong, or brought up to date: a little more, or its figures in another order."""
    mine, theirs = ("".join(filter(str.isdigit, fact.words)).lstrip("0") for fact in (one, other))
    less, more = sorted(map(int, (mine[:9] or "0", theirs[:9] or "0")))
    return sorted(mine.rstrip("0")) == sorted(theirs.rstrip("0")) or more <= NEAR * less


def _problem(one: Statement, other: Statement) -> Problem:
    place, there = (some.edition.place(some.path, some.fact.offset) for some in (one, other))
    where = f"line {there.line}" if place.file == there.file else f"{there.file}, line {there.line}"
    message = (
        f"On the case “{one.case}”: “{one.fact.words} {one.noun}” here, “{other.fact.words} {other.noun}” in {where}."
    )
    return Problem(place, Severity.WARNING, NAME, message, HINT)


def _statements(edition: Edition) -> Iterator[Statement]:
    language = edition.language[:2]
    if language not in _PLURAL:
        return
    for one in prose(edition):
        if one.section and one.section.case and any(map(str.isdigit, one.plain)):
            yield from _in_text(edition, one, one.section.case, language)


def _in_text(edition: Edition, one: Prose, case: str, language: str) -> Iterator[Statement]:
    text = one.plain.replace(BLANK, " ")
    for fact in facts(text, edition.language):
        found = _NOUN.match(text, fact.offset + len(fact.words))
        if not found or not _counts(text, fact, found["noun"].lower(), language):
            continue
        start, end = _around(sentences(one.plain), fact.offset, len(text))
        happened = _nearest(
            text, (max(start, fact.offset - REACH), fact.offset), (found.end(), min(end, found.end() + REACH))
        )
        statement = Statement(case, found["noun"], happened, fact, edition, one.path)
        if happened or not statement.general:
            yield statement


def _around(spans: Sequence[tuple[int, int]], offset: int, length: int) -> tuple[int, int]:
    """The sentence in which an offset lies; the whole text where it lies in none."""
    at = bisect_right(spans, (offset, length)) - 1
    return spans[at] if at >= 0 and offset < spans[at][1] else (0, length)


def _nearest(text: str, before: tuple[int, int], after: tuple[int, int]) -> str:
    """What happened to those who are counted: of all that is said around, what stands nearest; "" where nothing is."""
    said = _happenings(text)
    first, last = bisect_left(said, (after[0],)), bisect_left(said, (before[1],)) - 1
    while last >= 0 and said[last][1] > before[1]:
        last -= 1
    found = [(start - after[0], what) for start, end, what in said[first : first + 1] if end <= after[1]]
    found += [(before[1] - end, what) for start, end, what in said[last : last + 1] if last >= 0 and start >= before[0]]
    return min(found, default=(0, ""))[1]


@lru_cache(maxsize=256)
def _happenings(text: str) -> tuple[tuple[int, int, str], ...]:
    """Every word for what happened to people, from where to where, and which it means."""
    return tuple(sorted((*one.span(), what) for what, said in _HAPPENED.items() for one in said.finditer(text)))


def _counts(text: str, fact: Fact, noun: str, language: str) -> bool:
    """Whether a number says how many there are of the noun after it: no year, no date, no bill's number, no measure."""
    numbers = [mean for mean in fact.means if isinstance(mean, str) and ":" not in mean]
    if len(numbers) != len(fact.means) or (fact.words.isdigit() and int(fact.words[:6]) in _YEARS):
        return False
    if not re.search(_PLURAL[language], noun) or noun in MEASURES[language].split():
        return False
    return not _NUMBERED.search(text[max(0, fact.offset - 30) : fact.offset])
