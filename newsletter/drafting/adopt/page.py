"""Page: what was read, whatever it was before, as blocks of runs; and what was left out of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from newsletter.nouns.problem import Place, Stretches, place_within


class Form(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item of a list"
    CAPTION = "caption"
    PICTURE = "picture"
    RULE = "line across"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike. ``lost`` says that they were a link whose address cannot be told."""

    text: str
    strong: bool = False
    em: bool = False
    link: str = ""
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the page: where it was, what stood in its place for who cannot see it, and its bytes if at hand."""

    source: str
    alt: str | None = None
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or whatever else stands by itself; a line feed in its text is a line break that was meant.

    ``level`` is that of a heading (1 to 6, 0 where nobody said it), ``number`` what stands before an item of a list,
    ``order`` the block's number on the page, by which it is known whatever is made of it. ``depth`` is how many lists
    an item stands in, ``goes_on`` says that it is one more paragraph of the item before it, and ``quoted`` in how many
    quotations it stands.
    """

    form: Form
    place: Place
    runs: tuple[Run, ...] = ()
    level: int = 0
    number: int = 0
    picture: Shown | None = None
    stretches: Stretches = ()
    order: int = 0
    depth: int = 0
    goes_on: bool = False
    quoted: int = 0

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)

    def place_of(self, offset: int) -> Place:
        """Where a character of its text stands in what was read, as nearly as can be told."""
        return place_within(self.stretches, offset, self.place)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that were there and are no content, and what they were."""

    place: Place
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """What was read. ``unit`` is what the lines of its places count: lines of a text, or paragraphs."""

    file: str
    kind: str
    blocks: tuple[Block, ...]
    unit: str = "line"
    title: str = ""
    sent: dt.date | None = None
    left_out: tuple[LeftOut, ...] = ()
    tables: int = 0  # whose rows became lines
