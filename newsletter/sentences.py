"""What we say of problems, in English -> the same in another language, by ``templates/words/problems/<language>.yaml``.

A file has two lists. ``sentences``: each as the program says it, with a name in braces where something is put in, and
what it is in the other language. ``parts``: words of ours that are put into sentences. A gap takes over what stands
there as it is; written ``{name:ours}``, it is said in the other language too where it is one of ours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from newsletter.phrases import FIRST, FOLDER, BrokenWords, nearest, strings
from newsletter.workspace import Workspace, stamp

FAMILY = "problems"
LISTS = ("sentences", "parts")
KEPT = 4096  # sentences said before, so that a page that comes again costs nothing

_GAP = re.compile(r"\{(\w+)(?::(ours))?\}")
_WORD = re.compile(r"\w+")
_AHEAD = re.compile(r"([\w./:@-]+):")
_ENDS = re.compile(r"(?<=[.?!:])[”»\"')]? +")
_TWO = re.compile(r"[.?!:;][”»\"')]?(?: |$)")


class Spoken(Protocol):
    """A problem or an exception of ours: what is wrong, and what to do next."""

    @property
    def message(self) -> str: ...  # noqa: D102 - the class says it
    @property
    def hint(self) -> str: ...  # noqa: D102 - the class says it


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the language that it is in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Told:
    """A problem's two sentences, each in the reader's language, or in English where there is no translation yet."""

    message: Said
    hint: Said


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with gaps: what stands between them, and what it becomes."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]
    said: str
    pieces: tuple[
        tuple[str, str, bool], ...
    ]  # of what it becomes: the words before each gap, its name, whether it is ours
    weight: int
    frame: bool  # without a word of its own: it says only what its gaps say

    def fits(self, text: str) -> dict[str, str] | None:
        """What stands in the gaps, each as short as can be; None where this is another sentence."""
        first, *middle = self.words
        if not middle:
            return {} if text == first else None
        last = middle.pop()
        end = len(text) - len(last)
        if not text.startswith(first) or not text.endswith(last) or end < len(first):
            return None
        found, at = {}, len(first)
        for gap, word in zip(self.gaps, middle, strict=False):
            there = text.find(word, at, end)
            if there < 0:
                return None
            found[gap], at = text[at:there], there + len(word)
        found[self.gaps[-1]] = text[at:end]
        return found


@dataclass(frozen=True, slots=True)
class _Match:
    """A text that a template fits, said in the other language."""

    text: str
    weight: int
    doubtful: bool  # a gap holds what looks like another sentence


class Sentences:
    """Every sentence that one language has; the program's own are in English, and need none."""

    def __init__(
        self,
        language: str,
        sentences: Mapping[str, str],
        parts: Mapping[str, str],
        left_out: tuple[BrokenWords, ...] = (),
    ) -> None:
        self.language = language
        self.left_out = left_out  # files of the workspace that cannot be read
        self._sentences, self._parts = _by_word(sentences), _by_word(parts)
        self._kept = lru_cache(KEPT)(self._say)

    def told(self, problem: Spoken) -> Told:
        """A problem, or an exception of ours, in this language."""
        return Told(self.said(problem.message), self.said(problem.hint))

    def said(self, text: str) -> Said:
        """A sentence in this language, or as it is, in English."""
        found = text if self.language == FIRST else self.say(text)
        return Said(text, FIRST) if found is None else Said(found, self.language)

    def say(self, text: str) -> str | None:
        """A sentence or several in this language; None where one of them has no translation."""
        return self._kept(text)

    def _say(self, text: str) -> str | None:
        if not text.strip():
            return ""
        whole = self._match(text, self._sentences) or self._match(text.strip(), self._sentences)
        if whole and not whole.doubtful:
            return whole.text
        if "\n" in text and (lines := self._line_by_line(text)):
            return lines
        several = self._one_by_one(text.strip())
        if several and (not whole or several.weight >= whole.weight):
            return several.text
        return whole.text if whole else None

    def _line_by_line(self, text: str) -> str | None:
        """A sentence that announces others, and those, each in a line of its own."""
        said = []
        for line in text.split("\n"):
            found = self.say(line)
            if found is None:
                return None
            said.append(line[: len(line) - len(line.lstrip())] + found)
        return "\n".join(said)

    def _match(self, text: str, among: Mapping[str, tuple[Template, ...]]) -> _Match | None:
        """By the template that has most words of its own in the text; its first letter may be a capital here only."""
        lower = text[:1].lower() + text[1:]
        words = dict.fromkeys(["", *_WORD.findall(text), *_WORD.findall(lower)[:1]])  # in order: each time the same
        fitting = {id(one): one for word in words for one in among.get(word, ())}
        for one in sorted(fitting.values(), key=lambda template: -template.weight):
            for way in (text, lower) if text != lower else (text,):
                gaps = one.fits(way)
                if gaps is not None and (said := self._filled(one, gaps)) is not None:
                    opens = way != text and among is self._sentences
                    doubtful = any(_TWO.search(value) for value in gaps.values())
                    return _Match(_capital(said) if opens else said, one.weight, doubtful)
        return None

    def _one_by_one(self, text: str) -> _Match | None:
        """A text of several sentences, parted where most of it is known."""
        cuts = [0, *(found.end() for found in _ENDS.finditer(text)), len(text)]
        best: dict[int, _Match] = {0: _Match("", 0, doubtful=False)}
        for number, end in enumerate(cuts[1:], 1):
            for start in (one for one in cuts[:number] if one in best):
                piece = self._piece(text[start:end].strip(), first=start == 0)
                if piece is None:
                    continue
                weight = best[start].weight + piece.weight
                if end not in best or weight >= best[end].weight:
                    best[end] = _Match(f"{best[start].text} {piece.text}".strip(), weight, doubtful=False)
        return best.get(len(text))

    def _piece(self, text: str, *, first: bool) -> _Match | None:
        if found := _AHEAD.fullmatch(text):  # the name of a field or a place, and then what is wrong there
            named = self._match(found[1], self._parts)
            said = named.text if named else found[1]
            return _Match(f"{_capital(said) if named and first else said}:", 0, doubtful=False)
        return self._match(text, self._sentences)

    def _filled(self, template: Template, gaps: Mapping[str, str]) -> str | None:
        """The template with its gaps filled; None where it is a frame, and what stands in it is not ours."""
        said = ""
        for before, name, ours in template.pieces:
            said += before
            value = gaps.get(name, "")
            found = self._ours(value) if ours else value
            if found is None and template.frame:
                return None
            other = value if found is None else found
            said += _capital(other) if value[:1].isupper() and not said else other
        return said

    def _ours(self, text: str) -> str | None:
        """Words of ours that stand in a gap, in this language; None for others."""
        listed = [(one, self._ours(one)) for one in text.split(", ")] if ", " in text else []
        if listed and all(said for _, said in listed):
            return ", ".join(said or one for one, said in listed)
        part, sentence = self._match(text, self._parts), self._match(text, self._sentences)
        if part and (not sentence or part.weight >= sentence.weight):
            return part.text
        if said := self.say(text):
            return said
        return ", ".join(said or one for one, said in listed) if any(said for _, said in listed) else None


def read_sentences(workspace: Workspace, language: str) -> Sentences:
    """The sentences of a language, a workspace's own before ours; of English, and of an unknown one, none are needed."""
    code = nearest(workspace, FAMILY, language)
    files = tuple(folder / FOLDER / FAMILY / f"{code}.yaml" for folder in reversed(workspace.template_folders))
    return _sentences(workspace, code, tuple((path, found) for path in files if (found := stamp(path))))


@lru_cache(maxsize=8)
def _sentences(workspace: Workspace, language: str, files: tuple[tuple[Path, Hashable], ...]) -> Sentences:
    """What these files say, as they are at these stamps."""
    found: dict[str, dict[str, str]] = {name: {} for name in LISTS}
    left_out = []
    for path, _ in files:
        try:
            own = _lists(path)
        except (ValueError, OSError) as error:
            left_out.append(BrokenWords(workspace.relative(path), str(error).replace("\n", " ")))
            continue
        for name, words in own.items():
            found[name] |= words
    return Sentences(language, found["sentences"], found["parts"], tuple(left_out))


def _lists(path: Path) -> dict[str, dict[str, str]]:
    """The two lists of a file. Raises ValueError."""
    found = strings(path.read_text("utf-8"))
    lists: dict[str, dict[str, str]] = {}
    for name, words in found.items():
        if name not in LISTS or not isinstance(words, dict):
            raise ValueError(f"there are two lists, {' and '.join(LISTS)}; {name} is none")
        for english, said in words.items():
            if not isinstance(said, str) or not _gaps(said) <= _gaps(english):
                raise ValueError(f"the words after “{english}” have another gap")
        lists[name] = dict(words)
    return lists


def _pieces(said: str) -> Iterator[tuple[str, str, bool]]:
    """What stands before each gap, the gap's name, and whether it holds words of ours; at last what stands after all."""
    at = 0
    for gap in _GAP.finditer(said):
        yield said[at : gap.start()], gap[1], bool(gap[2])
        at = gap.end()
    yield said[at:], "", False


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _gaps(text: str) -> set[str]:
    return {found[1] for found in _GAP.finditer(text)}


def _by_word(said: Mapping[str, str]) -> dict[str, tuple[Template, ...]]:
    """The templates, each under the rarest of its words; under "" those that have none of their own."""
    templates = [one for english, other in said.items() if (one := _template(english, other)).weight]
    times = Counter(word for one in templates for word in set(_own_words(one)))
    found: dict[str, list[Template]] = {}
    for one in templates:
        rarest = min(_own_words(one), key=lambda word: (times[word], word), default="")
        found.setdefault(rarest, []).append(one)
    return {word: tuple(ones) for word, ones in found.items()}


def _template(english: str, said: str) -> Template:
    words = tuple(_GAP.split(english)[::3])
    gaps = tuple(found[1] for found in _GAP.finditer(english))
    weight = sum(len(one.replace(" ", "")) for one in words)
    return Template(words, gaps, said, tuple(_pieces(said)), weight, frame=not any(map(_WORD.search, words)))


def _own_words(template: Template) -> Iterator[str]:
    """The words that stand whole between the gaps: what fills a gap may go on a word that touches it."""
    last = len(template.words) - 1
    for number, words in enumerate(template.words):
        for found in _WORD.finditer(words):
            touches = (number and not found.start()) or (number < last and found.end() == len(words))
            if not touches:
                yield found[0]
