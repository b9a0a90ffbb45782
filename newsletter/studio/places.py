"""A place in a letter that is shown -> the field that its words come from; a section -> where it stands in the letter.

Nothing in the letter says so: it is what readers get. What is counted is the letters and figures of the page's own
text, alone: blanks, quotation marks, hyphens and signs may differ between what was written and what is read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from itertools import pairwise

from newsletter.letters.fill import join
from newsletter.nouns.draft import Edition, Kind, Path, Picture, entries
from newsletter.nouns.letter import Answer, Rendered, SlotName
from newsletter.reading.passages import NAMES_THINGS, Passage, blocks, passages
from newsletter.rendering.slots import FIRST_NAME

UNREAD = ("style", "script", "title")
LEAST = 3  # letters and figures that must be alike


@dataclass(frozen=True, slots=True)
class Spot:
    """A field, and how far into its text; ``path`` is () where no file of the issue says it."""

    path: Path = ()
    offset: int = 0


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or a short text of an edition: its letters and figures, and where it stands."""

    bare: str
    spot: Spot


def bare(text: str) -> str:
    """The letters and figures of a text, alone."""
    return "".join(one for one in text if unicodedata.category(one)[0] in "LN")


@dataclass(frozen=True)
class Shown:
    """A letter as one reader has it before her."""

    edition: Edition
    rendered: Rendered
    answer: Answer

    def field_at(self, text: str, at: int) -> Spot:
        """The field of a paragraph with these words, which ``at`` letters and figures of the page stand before."""
        words, number = bare(text), self._section(at)
        if number is None:
            return self._around(words)
        start = self._starts[number]
        nth = self._text[start:at].count(words) if words else 0
        found = _matching(words, self._blocks(number))
        return found[min(nth, len(found) - 1)].spot if found else Spot(("sections", number))

    def field_of_picture(self, alt: str, name: str, nth: int) -> Spot:
        """The field of the nth picture with this description and file name."""
        found = [
            one
            for one in entries(self.edition)
            if isinstance(one.value, Picture) and (one.value.alt or "") == alt and _is_of(name, one.value)
        ]
        return Spot(found[min(nth, len(found) - 1)].path) if found else Spot()

    def stretch(self, number: int) -> tuple[int, int] | None:
        """Where a section's words begin on the page and how many letters and figures they are; None without words."""
        if not 0 <= number < len(self.rendered.sections):
            return None
        length = self._starts[number + 1] - self._starts[number]
        own = len(_of_page(join(self.rendered.sections[number], self.answer)))
        return (self._starts[number], min(own, length)) if own else None

    def _section(self, at: int) -> int | None:
        """The section that stands there; None before the first and after the last."""
        for number, _ in enumerate(self.rendered.sections):
            found = self.stretch(number)
            if found and found[0] <= at < sum(found):
                return number
        return None

    def _around(self, words: str) -> Spot:
        """What stands above or below the sections: their titles in a list, or the line beside the subject."""
        inside = [one for number in range(len(self.edition.sections)) for one in self._blocks(number)]
        head = [_Block(bare(getattr(self.edition, name)), Spot((name,))) for name in ("preheader", "subject")]
        found = _matching(words, [*head, *inside])
        return found[0].spot if found else Spot()

    def _blocks(self, number: int) -> list[_Block]:
        return [one for one in self._said if one.spot.path[:2] == ("sections", number)]

    @cached_property
    def _said(self) -> list[_Block]:
        return [
            _Block(bare(self._filled(words)), Spot(passage.path, offset))
            for passage in passages(self.edition)
            if passage.kind is not Kind.URL and passage.path[-1] not in NAMES_THINGS
            for words, offset in _parts(passage)
        ]

    def _filled(self, words: str) -> str:
        """A text with the reader's name where the author has left a gap for it."""
        name = next(
            (one for one in self.rendered.html if not isinstance(one, str) and one.name is SlotName.FIRST_NAME), None
        )
        said = self.answer(name) if name else ""
        return FIRST_NAME.sub(lambda _: said, words)

    @cached_property
    def _text(self) -> str:
        return _of_page(join(self.rendered.html, self.answer))

    @cached_property
    def _starts(self) -> list[int]:
        """Before which letter or figure of the page each section begins, and the page's own end."""
        page, at, places = join(self.rendered.html, self.answer), 0, [0]
        for pieces in self.rendered.sections:
            section = join(pieces, self.answer)
            at = max(at, page.find(section, at))
            places.append(at)
            at += len(section)
        reader, starts = _Page(), []
        for before, place in pairwise(places):
            reader.feed(page[before:place])
            starts.append(len(bare(reader.text)))
        return [*starts, len(self._text)]


def _parts(passage: Passage) -> Iterable[tuple[str, int]]:
    return blocks(passage.text) if passage.kind is Kind.MARKDOWN else [(passage.text, 0)]


def _matching(words: str, among: Iterable[_Block]) -> list[_Block]:
    """The blocks with just these words; else the one that shares most with them, as a line of several fields does."""
    among = [one for one in among if one.bare]
    same = [one for one in among if one.bare == words]
    if same or len(words) < LEAST:
        return same
    inside = [one for one in among if len(one.bare) >= LEAST and (one.bare in words or words in one.bare)]
    return sorted(inside, key=lambda one: -min(len(one.bare), len(words)))[:1]


def _is_of(name: str, picture: Picture) -> bool:
    """Whether a picture made ready bears this one's name: its stem stands before its digest."""
    stem = picture.file.rpartition("/")[2].rpartition(".")[0]
    return not name or bare(name).startswith(bare(stem))


class _Page(HTMLParser):
    """The text of a page as a browser has it in its text nodes."""

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []
        self._unread = 0

    @property
    def text(self) -> str:
        """What was read so far."""
        return "".join(self._words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where what is no text begins."""
        del attrs
        self._unread += tag in UNREAD

    def handle_endtag(self, tag: str) -> None:
        """Note where it ends."""
        self._unread -= tag in UNREAD

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        if not self._unread:
            self._words.append(data)


def _of_page(html: str) -> str:
    reader = _Page()
    reader.feed(html)
    return bare(reader.text)
