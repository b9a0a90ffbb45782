"""Edition -> its running texts: what is words in them and what is not, their sentences, and how to mend a word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from newsletter.nouns.draft import Edition, Kind, Path, Section
from newsletter.nouns.problem import Edit, Fix
from newsletter.reading.passages import NAMES_THINGS, passages
from newsletter.texts.short_forms import ends_short

BLANK = "\0"
"""What stands in `Prose.plain` for each character that is no word of the text: nobody can type it."""
TO_WRITE = "TO (?:RE)?WRITE|POR (?:RE)?ESCRIBIR|A REESCRIBIR"
"""A pattern: what stands where somebody's own words are still to come."""
QUOTATIONS = ("quote",)  # types whose text is somebody's own words
_SPOKEN = (Kind.TEXT, Kind.MARKDOWN)
_NO_WORDS = re.compile(
    r"(?<!`)`{1,3}[^`\n]+`{1,3}"  # code
    r"|\[[^\[\]]*\]\{ *lang *=[^{}]*\}"  # a phrase in another language
    r"|\{\{[^{}\n]{0,80}\}\}|\{[^{}\n]*\}|\*\|[^|\n]*\|\*|%%?\w+%%?|<<[^<>\n]*>>"  # a slot, or another program's
    r"|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?: \"[^\"]*\")?\)|<(?:https?:|mailto:)[^<>]*>"  # where links lead
    r"|(?:https?://|www\.|mailto:)\S+|(?<![^\s<>()@])[^\s@<>()]{1,64}@[^\s@<>()]{1,250}\.\w{2,20}"
    r"|(?<![\w/.-])(?:[a-z0-9-]{1,63}\.){1,9}(?:org|com|net|info|edu|gob|gov|int|pe|uk|es)\b(?:/\S*)?"  # a host
    r"|[@#][^\W\d]\w+|&#?\w+;"
)
_MARKS = re.compile(r"^[ ]*(?:[-+*>]|#{1,6}|\d+[.)])(?=\s)|[*_~\\\[\]]+", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_QUOTED = re.compile(r"“[^“”\n]*”|«[^«»\n]*»|„[^„“”\n]*[“”]|‘[^‘’\n]*’(?!\w)|(?<!\w)\"[^\"\n]*\"(?!\w)")
_BREAK = re.compile(r"[.!?…؟](?:[\0\"”»’)\]]*)\s+|\n\s*\n|\n(?=\0)|:\s*\n")


@dataclass(frozen=True, slots=True)
class Prose:
    """One text of an edition. ``plain`` is as long as ``text``, with `BLANK` where no word of it stands."""

    text: str
    plain: str
    kind: Kind
    path: Path
    section: Section | None = None

    @property
    def quoted(self) -> bool:
        """Whether the whole of it is somebody's own words, which nobody may change."""
        return bool(self.section and self.section.type.name in QUOTATIONS and self.path[-1] == "text")

    @property
    def own(self) -> str:
        """``plain`` with what stands between quotation marks blank too; blank as a whole where it is a quotation."""
        return BLANK * len(self.plain) if self.quoted else _unquoted(self.plain)


def prose(edition: Edition) -> Iterator[Prose]:
    """Every text in which readers read words of this language, in the order of the file."""
    sections = {section.path: section for section in edition.sections}
    foreign = {
        (*section.path, "sources", number)
        for section in edition.sections
        for number, source in enumerate(_sources(section))
        if getattr(source, "language", "")
    }
    for one in passages(edition):
        if one.kind in _SPOKEN and one.path[-1] not in NAMES_THINGS and one.text and one.path[:-1] not in foreign:
            yield Prose(one.text, plain(one.text), one.kind, one.path, sections.get(one.path[:2]))


def _sources(section: Section) -> tuple[object, ...]:
    value = section.values.get("sources")
    return value if isinstance(value, tuple) else ()


@lru_cache(maxsize=4096)  # most checks of words look at the same texts
def plain(text: str) -> str:
    """A text with its addresses, slots, code and marks blank; every word keeps its place."""
    return _MARKS.sub(_blank, _NO_WORDS.sub(_blank, text.replace(BLANK, " ")))


@lru_cache(maxsize=1024)
def _unquoted(text: str) -> str:
    return _QUOTED.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    return BLANK * len(found[0])


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a `Prose.plain` begin and end; a heading, a row of a list is one of its own."""
    found, start = [], 0
    for one in _BREAK.finditer(text):
        if one[0][0] == "." and ends_short(text, start, one.start() + 1):
            continue
        found.append((start, one.end()))
        start = one.end()
    found.append((start, len(text)))
    return tuple((start, end) for start, end in found if text[start:end].strip(" \n\0"))


@lru_cache(maxsize=4096)  # earlier issues are looked at too
def words(text: str) -> tuple[tuple[str, int], ...]:
    """The words of a `Prose.plain`, each with its offset; what a hyphen or an apostrophe joins is one."""
    return tuple((found[0], found.start()) for found in _WORD.finditer(text))


def vocabulary(editions: Iterable[Edition], language: str) -> Mapping[str, int]:
    """How often each word stands in the editions of a language, as it is written."""
    count: Counter[str] = Counter()
    for edition in editions:
        if edition.language == language:
            count.update(_counted(tuple(one.plain for one in prose(edition))))
    return count


@lru_cache(maxsize=128)
def _counted(texts: tuple[str, ...]) -> Counter[str]:
    return Counter(word for text in texts for word, _ in words(text))


def mending(edition: Edition, one: Prose, start: int, old: str, new: str) -> Fix:
    """The fix that puts ``new`` for ``old`` at this offset; none where its characters do not stand side by side in the file."""
    first, last = edition.place(one.path, start), edition.place(one.path, start + len(old) - 1)
    beside = first.line == last.line and last.column - first.column == len(old) - 1
    return (Edit(first, old, new),) if beside and "\n" not in old else ()
