"""A workspace and words -> every text that holds them, in issues, drafts, clippings and the profile, newest first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from newsletter.finding.written import Text, WrittenFile, texts, written_files
from newsletter.texts.folding import Folded, fold
from newsletter.workspace import Workspace

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_QUOTED = re.compile(r'["“”«»„]([^"“”«»„]*)["“”«»„]')
_AROUND = 70  # characters shown before the first word found and after the last in a long line
LONGEST = 240  # characters of a line that is shown whole
SHORTEST = 4  # letters of a word for which a near spelling is looked for
NEAR = 0.75


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. ``words`` all have to stand in one text; the others say in which sections."""

    words: tuple[str, ...] = ()
    case: str = ""
    country: str = ""
    name: str = ""
    ask: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A text that holds all the words: where the first stands, and its line with the stretches that matched."""

    file: str
    line: int
    column: int
    issue: str
    section: str
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing was found: for each word that stands nowhere, the nearest that does, "" where none is near."""

    nearest: dict[str, str]


def find(workspace: Workspace, wanted: Wanted) -> list[Found]:
    """Look through everything. A word is found where one begins with it; words given in quotes, as they stand there."""
    patterns = [_pattern(one) for one in _asked(wanted.words)]
    found: list[tuple[str, int, Found]] = []
    for number, written in enumerate(written_files(workspace)):
        if not _may_hold(written, wanted):
            continue
        for it in texts(written):
            one = _held(it, patterns) if _belongs(it, wanted) else None
            found += [(written.day, -number, one)] if one else []
    if not patterns:
        found = _one_a_section(found)
    return [one for _, _, one in sorted(found, key=lambda each: each[:2], reverse=True)]


def nearest(workspace: Workspace, wanted: Wanted) -> Nothing:
    """For words that were not found: what stands there that is nearly the same."""
    there: Counter[str] = Counter()
    for written in written_files(workspace):
        there.update(found[0] for found in _WORD.finditer(written.text))
    known = {fold(word).text: word for word, _ in reversed(there.most_common())}
    asked = (*(one.text for one in _asked(wanted.words)), wanted.case, wanted.country, wanted.name, wanted.ask)
    missing = [word for one in asked for word in _WORD.findall(one)]
    starts = sorted(known)
    return Nothing({word: _near(word, known) for word in missing if not _begins(fold(word).text, starts)})


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    exact: bool


def _asked(words: Iterable[str]) -> Iterator[_Asked]:
    """Each word alone; what came with spaces inside, or with quotation marks, is one phrase."""
    for one in words:
        phrases = _QUOTED.findall(one)
        rest = _QUOTED.sub(" ", one).strip()
        yield from (_Asked(phrase, exact=True) for phrase in phrases if phrase.strip())
        if rest:
            yield _Asked(rest, exact=" " in rest)


def _pattern(one: _Asked) -> re.Pattern[str]:
    parts = [re.escape(fold(part).text) for part in one.text.split()]
    whole = r"\s+".join(part for part in parts if part)
    start = r"(?<!\w)" if fold(one.text).text.strip()[:1].isalnum() else ""
    return re.compile(f"{start}{whole}" + (r"(?!\w)" if one.exact else ""))


def _may_hold(written: WrittenFile, wanted: Wanted) -> bool:
    """Whether it is worth while to take a file apart: each word stands in it somewhere, in whatever order."""
    if wanted.language and written.language != wanted.language:
        return False
    if written.escaped:
        return True
    words = [part for one in _asked(wanted.words) for part in one.text.split()]
    narrowed = [one for one in (wanted.case, wanted.ask, *wanted.name.split()) if one]
    return all(fold(one).text in written.folded for one in (*words, *narrowed))


def _belongs(it: Text, wanted: Wanted) -> bool:
    """Whether the text stands in a section that was asked for."""
    if wanted.case and fold(it.case).text != fold(wanted.case).text:
        return False
    if wanted.ask and it.ask != wanted.ask:
        return False
    if wanted.country and fold(wanted.country).text not in it.countries:
        return False
    return not wanted.name or all(_pattern(_Asked(one, exact=False)).search(it.people) for one in wanted.name.split())


def _held(it: Text, patterns: list[re.Pattern[str]]) -> Found | None:
    folded = fold(it.text)
    spans = [_spans(pattern, folded) for pattern in patterns]
    if not all(spans):
        return None
    every = _on_the_fullest_line(it.text, spans) or [(0, 0)]
    place = it.place(every[0][0])
    text, marks = _line(it.text, every)
    return Found(place.file, place.line, place.column, it.issue, it.section, text, marks)


def _on_the_fullest_line(text: str, spans: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The stretches from the line on that holds the most of the words; of several such lines, the first."""
    lines: dict[int, set[int]] = {}
    for word, some in enumerate(spans):
        for start, _ in some:
            lines.setdefault(text.rfind("\n", 0, start) + 1, set()).add(word)
    best = max(sorted(lines), key=lambda line: len(lines[line]), default=0)
    return sorted({span for some in spans for span in some if span[0] >= best})


def _spans(pattern: re.Pattern[str], folded: Folded) -> list[tuple[int, int]]:
    return [(folded.at(found.start()), folded.end(found.end())) for found in pattern.finditer(folded.text)]


def _line(text: str, spans: list[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The line on which the first of the words stands, cut where it is long, and the stretches within it."""
    start = text.rfind("\n", 0, spans[0][0]) + 1
    end = text.find("\n", spans[0][1])
    end = len(text) if end < 0 else end
    inside = [span for span in spans if start <= span[0] and span[1] <= end]
    low, high = start, end
    if end - start > LONGEST:
        last = max(one[1] for one in inside if one[1] - spans[0][0] <= LONGEST)
        low = (
            start
            if spans[0][0] - start <= _AROUND
            else text.find(" ", spans[0][0] - _AROUND, spans[0][0]) + 1 or spans[0][0]
        )
        high = end if end - last <= _AROUND else max(last, text.rfind(" ", last, last + _AROUND))
    low += len(text[low:high]) - len(text[low:high].lstrip())
    before, after = ("… " if low > start and text[start:low].strip() else ""), ("…" if high < end else "")
    marks = [
        (one - low + len(before), other - low + len(before)) for one, other in inside if low <= one and other <= high
    ]
    return f"{before}{text[low:high].rstrip()}{after}", tuple(one for one in marks if one[1] > one[0])


def _one_a_section(found: list[tuple[str, int, Found]]) -> list[tuple[str, int, Found]]:
    """Where no words were given, a section is named once: by the first of its texts."""
    once: dict[tuple[str, str], tuple[str, int, Found]] = {}
    for one in found:
        once.setdefault((one[2].file, one[2].section), one)
    return list(once.values())


def _begins(word: str, starts: list[str]) -> bool:
    index = bisect_left(starts, word)
    return index < len(starts) and starts[index].startswith(word)


def _near(word: str, known: dict[str, str]) -> str:
    folded = fold(word).text
    if len(folded) < SHORTEST:
        return ""
    alike = [one for one in known if abs(len(one) - len(folded)) <= 2]  # noqa: PLR2004 - letters more or fewer
    close = get_close_matches(folded, alike, 1, NEAR)
    return known[close[0]] if close else ""
