"""One name spelt in two ways: Yovana and Yovanna, Huarancca and Huaranca, with its accent and without."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations

from newsletter.languages import locale
from newsletter.nouns.draft import Edition, NamedPerson, Path
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import BLANK, plain, prose, vocabulary, words
from newsletter.texts.names import everyday

NAME = "name-spelling"
HINT = "If it is the same name, look up which is right, and mend the other."
LEAST = 4  # letters: shorter names that differ by one are others
SURE = 5  # letters of a word that may differ by any one letter from one beside the same name
MANY = 40  # words in one place that are compared
TITLES = (
    *(
        "baroness",
        "doctor",
        "doctora",
        "dr",
        "dra",
        "lady",
        "lord",
        "minister",
        "ministra",
        "ministro",
        "mr",
        "mrs",
        "ms",
    ),
    *("president", "presidenta", "presidente", "senator", "señor", "señora", "sir", "sr", "sra", "srta"),
)
"""What stands before a name and is no part of it."""
PARTICLES = ("da", "de", "del", "dos", "la", "las", "los", "van", "von", "y")
_SOFT = re.compile(r"c(?=[ei])|z|x|ss")
_SAME_SOUND = (("ph", "f"), ("qu", "k"), ("h", ""), ("c", "k"), ("q", "k"), ("y", "i"), ("v", "b"), ("w", "u"))
"""Letters that are taken for each other when a name is written as it is heard."""
_DOUBLE = re.compile(r"(.)\1+")
_OWN = re.compile(r"['’]s$")
_START = re.compile(r"(?:^|[.!?:…¿¡\n])[\s\0“”\"«»(¿¡-]*$")
_ENDINGS = ("s", "es", "n", "a", "o", "e", "i", "")
"""What a word takes on without being another name: of several, of a woman or a man."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A word of a name where it stands, with the words before and after it in the same name, "" where there is none."""

    word: str
    before: str
    after: str
    edition: Edition
    path: Path
    offset: int
    within: bool  # a sentence: its capital is a name's


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning where the rarer spelling stands first in this issue; earlier issues in its language are compared too."""
    return [
        _problem(*pair)
        for edition in dossier.editions
        for pair in _look_at(edition, [one for one in dossier.earlier if one.language == edition.language])
    ]


def _problem(one: Mention, other: Mention) -> Problem:
    place, there = (mention.edition.place(mention.path, mention.offset) for mention in (one, other))
    where = f"line {there.line}" if place.file == there.file else f"{there.file}, line {there.line}"
    message = f"“{one.word}” here, “{other.word}” in {where}: one name, spelt in two ways?"
    return Problem(place, Severity.WARNING, NAME, message, HINT)


def _look_at(edition: Edition, earlier: list[Edition]) -> Iterator[tuple[Mention, Mention]]:
    """The first mention in this edition of each doubtful spelling, with one of the other."""
    editions = [*earlier, edition]
    known = vocabulary(editions, edition.language)
    mentions = [mention for one in editions for mention in _mentions(one, known)]
    count = Counter(mention.word for mention in mentions)
    told = set()
    for one, other in chain(_doubtful(mentions), _with_letters_swapped(mentions)):
        alike = count[one[0].word] == count[other[0].word]
        usual, rare = (one, other) if count[one[0].word] >= count[other[0].word] else (other, one)
        here = _first_in(edition, rare)
        if here is None and alike:
            usual, rare = rare, usual
            here = _first_in(edition, rare)
        if here and here.word not in told:
            told.add(here.word)
            yield here, _first_in(edition, usual) or usual[-1]


def _first_in(edition: Edition, mentions: list[Mention]) -> Mention | None:
    return next((mention for mention in mentions if mention.edition is edition), None)


def _doubtful(mentions: Iterable[Mention]) -> Iterator[tuple[list[Mention], list[Mention]]]:
    """Pairs of spellings, each with its mentions, that are most likely of one name."""
    by_sound: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    by_neighbour: dict[tuple[str, bool], dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for one in mentions:
        by_sound[_sound(one.word)][one.word].append(one)
        for neighbour, after in ((one.before, False), (one.after, True)):
            if len(neighbour) >= LEAST and len(one.word) >= SURE:
                by_neighbour[neighbour, after][one.word].append(one)
    for group in filter(_few, by_sound.values()):
        for some, others in combinations(group.values(), 2):
            if any(mention.within for mention in (*some, *others)) and _may_be_one(some, others):
                yield some, others
    for group in filter(_few, by_neighbour.values()):
        for some, others in combinations(group.values(), 2):
            if _one_letter_apart(some[0].word.lower(), others[0].word.lower()):
                yield some, others


def _few(group: Mapping[str, list[Mention]]) -> bool:
    """Whether words are compared each with each: so many beside one name are a list of people, not slips."""
    return len(group) <= MANY


def _may_be_one(one: list[Mention], other: list[Mention]) -> bool:
    """Whether some mention of each has no neighbour that speaks against it: Sara Cook is not Sarah Hale."""
    ways = [{(_sound(mention.before), _sound(mention.after)) for mention in some} for some in (one, other)]
    return any(
        all(not a or not b or a == b for a, b in zip(mine, theirs, strict=True))
        for mine in ways[0]
        for theirs in ways[1]
    )


def _with_letters_swapped(mentions: Iterable[Mention]) -> Iterator[tuple[list[Mention], list[Mention]]]:
    """Pairs of longer words that have the same letters, two of them the other way round."""
    by_letters: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for one in mentions:
        if len(one.word) >= SURE and one.within:
            by_letters["".join(sorted(one.word.lower()))][one.word].append(one)
    for group in by_letters.values():
        for some, others in combinations(group.values(), 2):
            if _swapped(some[0].word.lower(), others[0].word.lower()) and _may_be_one(some, others):
                yield some, others


def _swapped(one: str, other: str) -> bool:
    """Whether two letters beside each other, within the word, have changed places: Nauta and Nuata."""
    apart = [index for index, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(apart) == len("ab") and apart[0] > 0 and apart[1] == apart[0] + 1 and apart[1] < len(one) - 1


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether a letter is another, is lacking, or has changed places; not at the end, where words are inflected."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((index for index, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if at == 0 or (short[at:] in _ENDINGS and long[at:] in _ENDINGS):
        return False
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    """A word as it is heard: small letters without accents, those alike in sound made the same, none twice in a row."""
    bare = "".join(one for one in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(one))
    bare = _SOFT.sub("s", bare)
    for letters, heard in _SAME_SOUND:
        bare = bare.replace(letters, heard)
    return _DOUBLE.sub(r"\1", bare)


def _mentions(edition: Edition, known: Mapping[str, int]) -> Iterator[Mention]:
    """The words of names in an edition; left out are months and days, and countries, spelt otherwise in every language."""
    texts = [(one.plain, one.path) for one in prose(edition)]
    for section in edition.sections:
        people = section.values.get("people")
        for number, person in enumerate(people if isinstance(people, tuple) else ()):
            if isinstance(person, NamedPerson):
                texts.append((plain(person.name), (*section.path, "people", number, "name")))
    others = _countries(edition.language) | everyday(edition.language)
    for text, path in texts:
        for name in _names(text):
            some = [one for one in name if one[2] or not known.get(one[0].lower())]
            around = ["", *(word for word, _, _ in some), ""]
            for index, (word, offset, within) in enumerate(some):
                if len(word) >= LEAST and word.lower() not in others:
                    yield Mention(word, around[index], around[index + 2], edition, path, offset, within)


@lru_cache(maxsize=4096)
def _names(text: str) -> tuple[tuple[tuple[str, int, bool], ...], ...]:
    """Words with capitals that follow each other, each with its offset and whether its sentence began before it."""
    found: list[list[tuple[str, int, bool]]] = []
    end = -1  # of the last word, where the name may go on
    for whole, offset in words(text):
        word = _OWN.sub("", whole)
        joined = (
            end >= 0
            and not text[end:offset].strip(f" \n\t\u00a0{BLANK}")
            and text[end:offset].count("\n") < len("\n\n")
        )
        if word.lower() in TITLES:
            end = -1
        elif word[0].isupper() and not word.isupper():
            said = (word, offset, not _START.search(text[max(0, offset - 12) : offset]) and offset > 0)
            if joined:
                found[-1].append(said)
            else:
                found.append([said])
            end = offset + len(whole) if whole == word else -1
        elif not (joined and word in PARTICLES):
            end = -1
        else:
            end = offset + len(word)
    return tuple(map(tuple, found))


@lru_cache(maxsize=16)
def _countries(language: str) -> frozenset[str]:
    names = (name for one in {"en", "es", language} for name in locale(one).territories.values())
    return frozenset(word.lower() for name in names for word in name.split())
