"""Two texts -> what was taken out of the first and put into the second, word by word: by paragraphs, or line by line."""

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


@dataclass(frozen=True, slots=True)
class Row:
    """A line of two texts side by side: its number in the first and in the second, 0 where it is not there; its words."""

    before: int
    after: int
    words: Paragraph

    @property
    def same(self) -> bool:
        """Whether it stands in both as it is."""
        return all(stretch.what is What.SAME for stretch in self.words)


def changes(old: str, new: str) -> list[Paragraph]:
    """The paragraphs that differ, in order, with their words; how lines are folded makes no difference."""
    before, after = _paragraphs(old), _paragraphs(new)
    found: list[Paragraph] = []
    for what, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            found += _paired(before[low:high], after[start:end])
    return found


def lines(old: str, new: str) -> list[Row]:
    """Both texts, every line of them once, for a page that shows one beside the other."""
    before, after = old.splitlines(), new.splitlines()
    start = _alike_at_start(before, after)
    end = _alike_at_start(before[start:][::-1], after[start:][::-1])
    rows = [_same(before, number, number) for number in range(start)]
    middle = before[start : len(before) - end], after[start : len(after) - end]
    for what, low, high, first, last in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        if what == "equal":
            rows += [_same(before, start + low + step, start + first + step) for step in range(high - low)]
        else:
            rows += _beside(before, after, (start + low, start + high), (start + first, start + last))
    return rows + [_same(before, len(before) - step, len(after) - step) for step in range(end, 0, -1)]


def _alike_at_start(one: list[str], other: list[str]) -> int:
    """How many lines are the same before the first that differs: most of a file that was saved twice."""
    return next(
        (number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _same(before: list[str], at: int, there: int) -> Row:
    return Row(at + 1, there + 1, (Stretch(What.SAME, before[at]),))


def _beside(before: list[str], after: list[str], gone: tuple[int, int], put: tuple[int, int]) -> Iterator[Row]:
    """Lines that were put for others: those that are alike beside each other, in order."""
    at, there = gone[0], put[0]
    while at < gone[1] or there < put[1]:
        if at < gone[1] and there < put[1] and _alike(before[at], after[there]) >= ALIKE:
            yield Row(at + 1, there + 1, words(before[at], after[there]))
            at, there = at + 1, there + 1
        elif at < gone[1] and (there == put[1] or not _comes(before[at], after[there : put[1]])):
            yield Row(at + 1, 0, (Stretch(What.GONE, before[at]),))
            at += 1
        else:
            yield Row(0, there + 1, (Stretch(What.NEW, after[there]),))
            there += 1


_AHEAD = 50  # lines in which one that is alike is looked for


def _comes(line: str, others: list[str]) -> bool:
    return any(_alike(line, other) >= ALIKE for other in others[:_AHEAD])


def words(old: str, new: str) -> Paragraph:
    """One text turned into another, word by word; words changed one after another are one change."""
    one, other = _WORDS.findall(old), _WORDS.findall(new)
    if len(one) + len(other) > MOST_WORDS:
        return Stretch(What.GONE, old), Stretch(What.NEW, new)
    found: list[Stretch] = []
    gone = put = ""
    for what, low, high, start, end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        before, after = "".join(one[low:high]), "".join(other[start:end])
        if what != "equal" or ((gone or put) and not before.strip()):
            gone, put = gone + before, put + after
            continue
        found += [*_changed(gone, put), Stretch(What.SAME, before)]
        gone = put = ""
    return (*found, *_changed(gone, put))


def _changed(gone: str, put: str) -> list[Stretch]:
    return [Stretch(what, text) for what, text in ((What.GONE, gone), (What.NEW, put)) if text]


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
