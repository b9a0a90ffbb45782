"""A text -> what stands between quotation marks in it, each with its place; and what makes two quotations the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_PAIRS = {"“": "”", "«": "»", "„": "“”", '"': '"', "‹": "›", "‘": "’"}
FEWEST_WORDS = 3
"""Fewer are a word used at a distance ("humanitarian"), not somebody's sentence."""
LONGEST = 1500  # characters: a mark without its fellow is not looked for through a whole book
_STRAIGHT = str.maketrans(dict.fromkeys("“”„«»‟", '"') | dict.fromkeys("‘’‚‛ʼ`´", "'") | dict.fromkeys("‐‑–—", "-"))
_LEFT_OUT = re.compile(r"\[[^\[\]]*\]|\(\s*(?:…|\.\.\.)\s*\)")
"""What is changed in a quotation stands in square brackets: ``[…]`` for words left out, ``[the bill]`` for words put in."""
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two marks, and where they begin."""

    words: str
    offset: int


def quotations(text: str) -> Iterator[Quotation]:
    """Every quotation of at least three words; what stands within another belongs to it."""
    at = 0
    while at < len(text):
        closing = _PAIRS.get(text[at])
        end = _closed(text, at, closing) if closing else -1
        if end < 0:
            at += 1
            continue
        words = text[at + 1 : end].strip()
        if len(re.findall(r"\w+", words)) >= FEWEST_WORDS:
            yield Quotation(words, text.index(words, at + 1))
        at = end + 1


def _closed(text: str, at: int, closing: str) -> int:
    """Where a quotation ends, -1 where it is none: an apostrophe, an inch, a mark without its fellow."""
    if text[at] in '"‘' and at and _LETTER.match(text[at - 1]):
        return -1
    paragraph = text.find("\n\n", at, at + LONGEST)
    stop = min(len(text), at + LONGEST) if paragraph < 0 else paragraph
    for found in re.compile(f"[{closing}]").finditer(text, at + 1, stop):
        inside_word = found[0] in '’"' and _LETTER.match(text, found.end())
        if not inside_word:
            return found.start()
    return -1


def letters(text: str) -> str:
    """A text as it is compared letter for letter: its marks straight, its white space single, its dots as dots."""
    plain = unicodedata.normalize("NFC", text).replace("…", "...").translate(_STRAIGHT)
    return re.sub(r"\s+", " ", plain).strip()


def parts(words: str) -> list[str]:
    """The stretches of a quotation that must be another's own words; its last comma or full stop may be ours."""
    pieces = (letters(piece).strip(" ,.;:") for piece in _LEFT_OUT.split(words))
    return [piece for piece in pieces if _LETTER.search(piece)]


def holds(source: str, words: str) -> bool:
    """Whether a text (see `letters`) holds a quotation, with what its author marked as left out or put in."""
    at = 0
    for piece in parts(words):
        found = source.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True
