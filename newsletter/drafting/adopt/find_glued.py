"""A block -> words that stick together: “billapproved”, “theCongress”, “ended.The”."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from newsletter.drafting.adopt.page import Block

_WORD = re.compile(r"(?<![\w@./:#&=?%-])[^\W\d_]{4,}(?![\w@/]|\.\w)")
_CAMEL = re.compile(r"(?<![\w@./:#-])(?P<one>[^\W\d_]*[^\W\d_A-ZÁÉÍÓÚÑ]{2})(?P<two>[A-ZÁÉÍÓÚÑ][^\W\d_]+)(?![@.]\w)")
_STOP = re.compile(r"(?P<one>[^\W\d_]{2,}[.,;:!?])(?P<two>[A-ZÁÉÍÓÚÑ¿¡][^\W\d_]+)(?![@.]\w)")
_NAMES_WRITTEN_SO = re.compile(
    r"(?:Mac|Mc|Le|La|De|Di|Du|Van|Fitz|O|You|Face|Whats|Linked|Tik|Git|Sound|Pay|Open|Word)$"
)
_LANGUAGES = frozenset({"en", "es", "fr", "pt", "it"})
"""Languages that do not make one word of two as German does, and that the dictionaries hold."""
_LITTLE_WRITTEN = """
a de en el la of in to on by at is as an y un al le il lo du da do os si
"""
_LITTLE = frozenset(_LITTLE_WRITTEN.split())
_MADE_OF_TWO = re.compile(
    r"(?:building|being|making|keeping|holders?|wide|work|workers?|based|ship|like|less|ness|land|lands|able|man|men"
    r"|woman|women|person|people|house|back|down|out|up|over|off|time|days?|wise|friendly|blowers?)$"
)
"""How English goes on a word: “peacebuilding” is one, though few dictionaries hold it."""
_TOKEN = re.compile(r"\S{4,}")
_LONGEST = 80  # characters between two spaces; what is longer is no word
_SHORTEST, _OFTEN = 3, 5e-7


@dataclass(frozen=True, slots=True)
class Glued:
    """Words without the space between them, and where they begin in the block's text."""

    words: str
    apart: str
    offset: int


def find_glued(block: Block, language: str, known: frozenset[str]) -> Iterator[Glued]:
    """The glued words of a block. ``known`` are words that stand elsewhere, in small letters: a name that is its own."""
    for token in _TOKEN.finditer(block.text):
        yield from _within(block.text, token.span(), language, known)


def _within(text: str, span: tuple[int, int], language: str, known: frozenset[str]) -> Iterator[Glued]:
    if span[1] - span[0] > _LONGEST:
        return
    seen: set[int] = set()
    for pattern in (_STOP, _CAMEL):
        for found in pattern.finditer(text, *span):
            if not _NAMES_WRITTEN_SO.search(found["one"]) and found.start() not in seen:
                seen.add(found.start())
                yield Glued(found[0], f"{found['one']} {found['two']}", found.start())
    for found in _WORD.finditer(text, *span):
        if found.start() not in seen and found[0].islower() and (apart := _parted(found[0], language, known)):
            yield Glued(found[0], apart, found.start())


@lru_cache(maxsize=20_000)
def _parted(word: str, language: str, known: frozenset[str]) -> str:
    """Two words that one is made of, where it is none of the language; "" where it is one, or nobody can tell."""
    often = _dictionary(language)
    if often is None or often(word) or word in known or (language == "en" and _MADE_OF_TWO.search(word)):
        return ""
    best, apart = 0.0, ""
    for cut in range(1, len(word)):
        one, two = word[:cut], word[cut:]
        if all(len(part) >= _SHORTEST or part in _LITTLE for part in (one, two)):
            weight = min(often(one), often(two))
            if weight > max(best, _OFTEN):
                best, apart = weight, f"{one} {two}"
    return apart


@lru_cache(maxsize=8)
def _dictionary(language: str) -> Callable[[str], float] | None:
    """How often a word of the language is used, 0 where there is no such word; None where no dictionary is at hand."""
    if language not in _LANGUAGES:
        return None
    from spellchecker import SpellChecker

    return SpellChecker(language=language, distance=1).word_usage_frequency
