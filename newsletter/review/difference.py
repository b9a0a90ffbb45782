"""Two texts -> what was taken out of the first and put into the second, word by word, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|[^\s]+")
_BREAK = re.compile(r"\n\s*\n")
MOST_WORDS = 4000  # of a pair of paragraphs that are compared word by word; longer ones are shown whole
ALIKE = 0.35  # of two paragraphs, as parts of a whole; under it they are two others


class What(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words one after another that fared alike."""

    what: What
    text: str


Paragraph = tuple[Stretch, ...]


def changes(old: str, new: str) -> list[Paragraph]:
    """The paragraphs that differ, in order, with their words; how lines are folded makes no difference."""
    before, after = _paragraphs(old), _paragraphs(new)
    found: list[Paragraph] = []
    for what, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            found += _paired(before[low:high], after[start:end])
    return found


def words(old: str, new: str) -> Paragraph:
    """One text turned into another, word by word."""
    one, other = _WORDS.findall(old), _WORDS.findall(new)
    if len(one) + len(other) > MOST_WORDS:
        return Stretch(What.GONE, old), Stretch(What.NEW, new)
    found: list[Stretch] = []
    for what, low, high, start, end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Stretch(What.SAME, "".join(one[low:high])))
            continue
        gone, put = "".join(one[low:high]), "".join(other[start:end])
        found += [Stretch(kind, text) for kind, text in ((What.GONE, gone), (What.NEW, put)) if text]
    return tuple(found)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in _BREAK.split(text) if part.strip()]


def _paired(before: list[str], after: list[str]) -> Iterator[Paragraph]:
    """Each new paragraph beside the old one that it is most like; the others are gone, or new."""
    left = list(before)
    for new in after:
        best = max(left, key=lambda old: _alike(old, new), default=None)
        if best is None or _alike(best, new) < ALIKE:
            yield (Stretch(What.NEW, new),)
            continue
        while left[0] != best and _alike(left[0], new) < ALIKE:
            yield (Stretch(What.GONE, left.pop(0)),)
        left.remove(best)
        yield words(best, new)
    yield from ((Stretch(What.GONE, old),) for old in left)


def _alike(old: str, new: str) -> float:
    one, other = set(old.split()), set(new.split())
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)
