"""Blocks -> where a year or a month begins: headings such as “Significant Events 2025”, “July 2025”, “julio de 2025”."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from newsletter.drafting.adopt.page import Block, Form
from newsletter.drafting.adopt.tidy import squeezed
from newsletter.languages import locale

LANGUAGES = ("en", "es", "fr", "pt", "de", "it", "ar")
_REGIONAL = {"ar": ("ar", "ar-SY"), "de": ("de", "de-AT"), "pt": ("pt",)}
_SPELT_TOO = {"es": {"setiembre": 9}}
"""Names that the calendar data lacks: in Peru the ninth month is written so."""
_PUBLICATION = re.compile(
    r"newsletters?|updates?|bulletins?|news|events?|boletín|boletines|noticias|acontecimientos|novedades|lettre"
    r"|nouvelles|boletim|notícias|rundbrief|nachrichten|notiziario|notizie|نشرة",
    re.IGNORECASE,
)
_SIGNIFICANT = re.compile(
    r"significant|major events|key events|significativ|acontecimientos|hechos|destacad|marquant|événements"
    r"|importantes|bedeutend|wichtig|ereignisse|rilevanti|eventi|أحداث",
    re.IGNORECASE,
)
_OF = r"(?:\s+(?:de|del|of|di|do)\s+|\s*d['’]|[\s,./–-]+)"
_AROUND = " \u00a0:.,;-–—*#•|()[]·"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_LONGEST_HEADING, _LONGEST_LINE = 12, 150  # words, characters


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a month or a year begins: a line of a block. ``month`` is 0 for a year alone.

    ``more`` are further months that the same heading names, ``guessed`` says that nobody wrote the year.
    """

    block: int
    words: str
    year: int
    month: int = 0
    language: str = ""
    more: tuple[int, ...] = ()
    guessed: bool = False
    significant: bool = False


def split_at_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks; where a line of one names a month, it stands by itself. Each gets its order on the page."""
    parts = (part for block in blocks for part in _split(block))
    return tuple(replace(part, order=number) for number, part in enumerate(parts))


def find_months(blocks: Sequence[Block]) -> tuple[Mark, ...]:
    """The years and months that head what follows them, in the order of the page; blocks as `split_at_headings` has them."""
    found: list[Mark] = []
    for index, block in enumerate(blocks):
        if block.form not in {Form.RULE, Form.PICTURE, Form.CAPTION}:
            found += _month(index, block) or []
    found += _years(blocks, {mark.block for mark in found})
    marks = _with_years(sorted(found, key=lambda mark: mark.block))
    return _of_one_language(marks)


def is_significant(words: str) -> bool:
    """Whether a heading speaks of significant events."""
    return bool(_SIGNIFICANT.search(words))


def month_in(text: str) -> tuple[int, int] | None:
    """The year and the month that a subject or a title names, if it names one."""
    found = {(int(one["year"]), _names()[one["month"].lower()][0].number) for one in _among().finditer(squeezed(text))}
    return found.pop() if len(found) == 1 else None


def _split(block: Block) -> Iterator[Block]:
    lines = block.text.split("\n")
    if len(lines) == 1 or not any(_heads(line) for line in lines):
        yield block
        return
    start = 0
    gathered: list[tuple[int, int]] = []
    for line in lines:
        end = start + len(line)
        if _heads(line):
            yield from _piece(block, gathered)
            yield from _piece(block, [(start, end)])
            gathered = []
        else:
            gathered.append((start, end))
        start = end + 1
    yield from _piece(block, gathered)


def _piece(block: Block, spans: Sequence[tuple[int, int]]) -> Iterator[Block]:
    """The part of a block from the first span to the last."""
    if not spans or not block.text[spans[0][0] : spans[-1][1]].strip():
        return
    start, end = spans[0][0], spans[-1][1]
    runs, at = [], 0
    for run in block.runs:
        text = run.text[max(start - at, 0) : max(end - at, 0)]
        at += len(run.text)
        runs += [replace(run, text=text)] if text else []
    moved = tuple((offset - start, line, column) for offset, line, column in block.stretches if start <= offset < end)
    yield replace(block, runs=tuple(runs), place=block.place_of(start), stretches=moved)


def _heads(line: str) -> bool:
    return bool(_read(squeezed(line)))


def _month(index: int, block: Block) -> list[Mark]:
    line = squeezed(block.text)
    found = _read(line)
    if not found:
        return []
    year, months, language = found
    if not year and block.form not in {Form.HEADING, Form.PARAGRAPH}:
        return []
    return [Mark(index, line, year, months[0], language, months[1:], significant=is_significant(line))]


def _read(line: str) -> tuple[int, tuple[int, ...], str] | None:
    """Year (0 where it is not said), months and language of a heading."""
    bare = line.strip(_AROUND)
    if len(bare) > _LONGEST_LINE:
        return None
    found = _whole().fullmatch(bare)
    if not found and len(bare.split()) <= _LONGEST_HEADING and _PUBLICATION.search(bare):
        found = _among().search(bare)
    if not found:
        return None
    parts = found.groupdict()
    named = [_names()[name.lower()][0] for name in (parts["month"], parts.get("second")) if name]
    year = int(parts.get("year") or parts.get("before") or 0)
    if not year and any(name.short for name in named):
        return None
    return year, tuple(name.number for name in named), named[0].language


class _Name(NamedTuple):
    """A month's name: whose, which month, and whether it is an abbreviation."""

    language: str
    number: int
    short: bool


@lru_cache(maxsize=1)
def _names() -> dict[str, list[_Name]]:
    """The names of the months in small letters, each with the languages that have it."""
    names: dict[str, list[_Name]] = {}
    for short, language in product((False, True), LANGUAGES):
        for name, number in _own(language, "abbreviated" if short else "wide").items():
            known = names.setdefault(name, [])
            if not any(one.language == language or (short and not one.short) for one in known):
                known.append(_Name(language, number, short))
    return names


def _own(language: str, width: str) -> dict[str, int]:
    found = dict(_SPELT_TOO.get(language, {})) if width == "wide" else {}
    for tag, use in product(_REGIONAL.get(language, (language,)), ("format", "stand-alone")):
        for number, name in locale(tag).months[use][width].items():
            plain = squeezed(name).lower().rstrip(".")
            if len(plain) > 2 and not plain.isdigit():  # noqa: PLR2004 - no month has a name of two letters
                found.setdefault(plain, number)
    return found


@lru_cache(maxsize=1)
def _one_of_them() -> str:
    return "|".join(sorted(map(re.escape, _names()), key=len, reverse=True))


@lru_cache(maxsize=1)
def _whole() -> re.Pattern[str]:
    """A line that is a month and nothing else; two months where a letter was that of both."""
    names = _one_of_them()
    second = rf"(?:\s*(?:[/&+–-]|\b(?:and|y|et|und|e|و)\b)\s*(?P<second>{names})\b\.?)?"
    before = r"(?:(?P<before>(?:19|20)\d\d)[\s,./–-]+)?"
    return re.compile(rf"{before}(?P<month>{names})\b\.?{second}(?:{_OF}{_YEAR})?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _among() -> re.Pattern[str]:
    """A month and its year among other words, without a day before it."""
    no_day = r"(?<!\d )(?<!\d\. )(?<!\d de )(?<!\dst )(?<!\dnd )(?<!\drd )(?<!\dth )"
    return re.compile(rf"{no_day}\b(?P<month>{_one_of_them()})\b\.?{_OF}{_YEAR}(?!\d)", re.IGNORECASE)


def _years(blocks: Sequence[Block], months: set[int]) -> Iterator[Mark]:
    """Short lines with a year that a month follows, or that are set as headings."""
    whole = re.compile(rf"(?:.*?[^\w/-])?{_YEAR}(?:[^\w/-].*)?")
    for index, block in enumerate(blocks):
        line = squeezed(block.text).strip(_AROUND)
        short = index not in months and len(line) < _LONGEST_LINE and len(line.split()) <= _LONGEST_HEADING
        found = whole.fullmatch(line) if short else None
        if not found:
            continue
        alone = line == found["year"]
        if (index + 1 in months or alone or block.form is Form.HEADING) and (
            alone or _PUBLICATION.search(line) or is_significant(line)
        ):
            yield Mark(index, line, int(found["year"]), significant=is_significant(line))


def _with_years(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Each month with its year: its own, that of the heading above it, or the one that the order of months tells."""
    falling = _newest_first(marks)
    year, last, said = 0, 0, True
    for mark in marks:
        if mark.year:
            year, said = mark.year, not mark.month
        elif not said and falling and mark.month > last:
            year -= 1
        elif not said and not falling and mark.month < last:
            year += 1
        last = mark.month
        yield replace(mark, year=year, guessed=not mark.year and not said)


def _newest_first(marks: Sequence[Mark]) -> bool:
    """Whether most months come before the one above them, New Year or not."""
    steps = [(after.month - before.month) % 12 for before, after in pairwise(marks) if before.month and after.month]
    return sum(step > 6 for step in steps) >= sum(0 < step < 6 for step in steps)  # noqa: PLR2004 - half a year


def _of_one_language(marks: Iterator[Mark]) -> tuple[Mark, ...]:
    """The marks, each month in the language that most of them can be in: “abril” is Spanish and Portuguese."""
    kept = tuple(marks)
    votes = Counter(
        name.language
        for mark in kept
        for word in re.findall(r"[^\W\d]+", mark.words.lower())
        for name in _names().get(word, ())
        if name.number in {mark.month, *mark.more}
    )
    best = max(votes, key=lambda one: (votes[one], -LANGUAGES.index(one)), default="")
    return tuple(replace(mark, language=best) if mark.month else mark for mark in kept)
