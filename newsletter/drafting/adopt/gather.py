"""The blocks of a month -> its events: which paragraphs belong together, their titles and pictures, and what was unsure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from newsletter.drafting.adopt.doubt import Doubt
from newsletter.drafting.adopt.find_lost_links import is_call
from newsletter.drafting.adopt.page import Block, Form, Shown
from newsletter.drafting.adopt.tell_captions import tell_captions

_SALUTATION = re.compile(
    r"\W*(?:dear|hello|hi|estimad[oa]s?|querid[oa]s?|hola|chère?s?|bonjour|prezad[oa]s?|olá|liebe[rs]?|hallo"
    r"|sehr geehrte[rs]?|car[oaie]|gentil[ei]|عزيزي|عزيزتي|الأعزاء)\b[^.!?]{0,80}[,:!]?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\*|\W*(?:background|this|that|these|those|it|its|he|she|they|his|her|their|such|however|but|also|in addition|moreover|meanwhile"
    r"|for more|you can|please|sign|read|watch|see|find out|take action|click|antecedentes|esto|este|esta|estos|estas|eso|ese|esa"
    r"|ello|él|ella|ellos|ellas|su|sus|sin embargo|pero|también|además|puede|pueden|por favor|firma|firme|lea|lee|vea"
    r"|haga clic|más información)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[^\W\d_a-záéíóúñ][\w'’-]{2,}")
_LONG_WORD = re.compile(r"[^\W\d_]{7,}")
_DATE_ALONE = re.compile(r"\W*\d{1,2}\.?(?:st|nd|rd|th)?\s.{3,30}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_ENDS = (".", "!", ";", ",", ":", "…", "?")
_LONGEST_TITLE, _LONGEST_QUESTION, _LONGEST_LEAD, _LONG_ITEM, _SHORT = 14, 8, 12, 12, 6  # words
_STEM = 6  # letters by which words of one family are told: sentence, sentenced


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture, or a caption whose picture is not at hand, or both."""

    picture: Shown | None
    caption: Block | None
    block: Block


@dataclass(slots=True)
class Event:
    """What becomes one section: perhaps a title of its own, its blocks, its pictures. ``letter`` opens with a greeting."""

    title: Block | None = None
    body: list[Block] = field(default_factory=list)
    pictures: list[Pictured] = field(default_factory=list)
    letter: bool = False

    @property
    def text(self) -> str:
        """All its words, the title's first."""
        blocks = [*([self.title] if self.title else []), *self.body]
        return "\n".join(block.text for block in blocks)


def gather(blocks: Sequence[Block], *, common: frozenset[str] = frozenset()) -> tuple[list[Event], list[Doubt]]:
    """The events of a month; ``common`` are names that tie nothing together, such as that of the country."""
    captioned, doubts = tell_captions(blocks)
    told, more = _tell_titles(captioned)
    gathering = _Gathering(common, [*doubts, *more], _marked(told), _of_items(told))
    for block in told:
        gathering.take(block)
    return gathering.done(), gathering.doubts


def _tell_titles(blocks: Sequence[Block]) -> tuple[list[Block], list[Doubt]]:
    told: list[Block] = []
    doubts: list[Doubt] = []
    for index, block in enumerate(blocks):
        title = block.form is Form.PARAGRAPH and _may_head(
            block, map(blocks.__getitem__, range(index + 1, len(blocks)))
        )
        if title and not _all_strong(block):
            doubts.append(
                Doubt(block, "Taken for the title of what follows: it is short and ends without a full stop.")
            )
        told.append(replace(block, form=Form.HEADING) if title else block)
    return told, doubts


def _may_head(block: Block, after: Iterable[Block]) -> bool:
    """Whether a paragraph is a title: short, no sentence, no call to act, and a longer text follows."""
    words = block.text.split()
    following = next((one for one in after if one.form not in {Form.PICTURE, Form.CAPTION}), None)
    if following is None or following.form not in {Form.PARAGRAPH, Form.ITEM} or len(words) > _LONGEST_TITLE:
        return False
    if "\n" in block.text or _DATE_ALONE.fullmatch(block.text) or _SALUTATION.fullmatch(block.text):
        return False
    if is_call(block.text) or all(run.link or not run.text.strip() for run in block.runs):
        return False
    unended = not block.text.rstrip("\"”»'’) ").endswith(_ENDS)
    asks = block.text.rstrip("\"”»'’) ").endswith("?") and len(words) <= _LONGEST_QUESTION
    return _all_strong(block) or ((unended or asks) and len(following.text.split()) > len(words))


def _all_strong(block: Block) -> bool:
    return all(run.strong or not run.text.strip() for run in block.runs)


def _marked(blocks: Sequence[Block]) -> bool:
    """Whether the page itself marks where an event begins, by titles or by bold words."""
    return sum(block.form is Form.HEADING or has_lead(block) for block in blocks) > 0


def has_lead(block: Block) -> bool:
    """Whether a paragraph begins with bold words that say what it is about."""
    if block.form is not Form.PARAGRAPH or not block.runs or not block.runs[0].strong or len(block.runs) < 2:  # noqa: PLR2004 - a lead, and what it leads to
        return False
    lead = block.runs[0].text.strip()
    return 0 < len(lead.split()) <= _LONGEST_LEAD and (lead[-1] in ".:–—-" or block.runs[1].text.lstrip()[:1] in ":–—-")


def _of_items(blocks: Sequence[Block]) -> bool:
    """Whether a month begins with a list whose items are its events: two or more, and each a sentence or two."""
    found = [block for block in blocks if block.form in {Form.ITEM, Form.PARAGRAPH, Form.HEADING}]
    found = [block for index, block in enumerate(found) if index == 0 or block.form is not Form.PARAGRAPH]
    return len(found) > 1 and all(block.form is Form.ITEM and len(block.text.split()) >= _LONG_ITEM for block in found)


class _Gathering:
    """Events being gathered from block to block."""

    def __init__(self, common: frozenset[str], doubts: list[Doubt], marked: bool, items: bool) -> None:  # noqa: FBT001 - made in one place
        self.common = common
        self.doubts = doubts
        self.marked = marked
        self.items = items
        self.events: list[Event] = []
        self.waiting: list[Pictured] = []  # pictures that stand before the first words of an event
        self.begin_anew = True

    def take(self, block: Block) -> None:
        if self.items and block.form is Form.ITEM:
            self.doubts.append(Doubt(block, "It is an item of a list; each became a section of its own."))
            block = replace(block, form=Form.PARAGRAPH)
            self.begin_anew = True
        if block.form in {Form.PICTURE, Form.CAPTION}:
            self.take_picture(block)
        elif block.form is Form.RULE:
            self.begin_anew = True
        elif block.form is Form.HEADING:
            self.begin(Event(title=block))
        elif self.begins(block):
            self.begin(Event(body=[block], letter=bool(_SALUTATION.match(block.text)) and not self.events))
        else:
            self.events[-1].body.append(block)
            self.attach()

    def begin(self, event: Event) -> None:
        self.events.append(event)
        self.begin_anew = False
        self.attach()

    def attach(self) -> None:
        if self.events:
            self.events[-1].pictures += self.waiting
            self.waiting = []

    def take_picture(self, block: Block) -> None:
        """Pair a picture with the caption at it; one that stands before all words waits for them."""
        there = self.waiting if self.waiting or not self.events or self.begin_anew else self.events[-1].pictures
        last = there[-1] if there else None
        if block.form is Form.CAPTION and last and not last.caption and last.picture:
            there[-1] = replace(last, caption=block)
        elif block.form is Form.CAPTION:
            there.append(Pictured(None, block, block))
        else:
            there.append(Pictured(block.picture, None, block))

    def begins(self, block: Block) -> bool:
        """Whether a paragraph begins an event; what cannot be sure is said."""
        if self.begin_anew or not self.events:
            return True
        event = self.events[-1]
        if event.letter or not event.body:
            return False
        if block.form is Form.ITEM:
            return False
        if has_lead(block):
            return True
        if self.marked or event.body[-1].form is Form.ITEM:
            return False
        return self.judged(block, event)

    def judged(self, block: Block, event: Event) -> bool:
        if _GOES_ON.match(block.text) or len(block.text.split()) <= _SHORT or is_call(block.text):
            return False
        shared = _shared(event.text, block.text, self.common)
        if shared:
            said = " and ".join(f"“{word}”" for word in shared[:2])
            self.doubts.append(Doubt(block, f"Kept with the paragraph above: both say {said}."))
            return False
        self.doubts.append(Doubt(block, "Begins a section of its own: it names nothing that the one above does."))
        return True

    def done(self) -> list[Event]:
        if self.waiting:
            self.events.append(Event(pictures=self.waiting))
        return [_without_empty_title(event) for event in self.events]


def _without_empty_title(event: Event) -> Event:
    """A heading with nothing under it is the whole text of its section."""
    if event.title and not event.body:
        return replace(event, title=None, body=[replace(event.title, form=Form.PARAGRAPH)])
    return event


def _shared(one: str, other: str, common: frozenset[str]) -> list[str]:
    """Names and long words of the first text that the second has too, perhaps in another form."""
    theirs = {word[:_STEM] for word in _telling(other, common)}
    mine = {word[:_STEM]: word for word in _telling(one, common)}
    return [word for stem, word in mine.items() if stem in theirs]


def _telling(text: str, common: frozenset[str]) -> Iterator[str]:
    for pattern in (_NAME, _LONG_WORD):
        yield from (found[0].lower() for found in pattern.finditer(text) if found[0].lower() not in common)
