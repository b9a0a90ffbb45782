"""A page and what became of it -> one line for each block: its place, its first words, what it became, what was unsure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsletter.drafting.adopt.adoption import Line
from newsletter.drafting.adopt.doubt import Doubt
from newsletter.drafting.adopt.gather import Event
from newsletter.drafting.adopt.page import Block, Form, Page
from newsletter.drafting.adopt.sort_months import Month, Sorted
from newsletter.drafting.adopt.write_issue import title_of
from newsletter.nouns.draft import IssueName

_SHOWN = 60  # characters
Gathered = Sequence[tuple[Month, IssueName, Sequence[Event]]]


def tell_lines(
    page: Page, blocks: Sequence[Block], found: Sorted, gathered: Gathered, doubts: Sequence[Doubt]
) -> tuple[Line, ...]:
    """In the order of the page; what was left out stands where it was."""
    became = {**_of_marks(found), **_of_events(gathered)}
    lines = [
        Line(block.place, _said(block), became.get(block.order, "text offered for the profile"), _about(block, doubts))
        for block in blocks
        if block.form is not Form.RULE
    ]
    out = [Line(one.place, shown(one.words), f"left out: {one.what}") for one in page.left_out]
    return tuple(sorted([*lines, *out], key=lambda line: line.place))


def shown(words: str) -> str:
    """The first words of a text, in marks."""
    flat = " ".join(words.split())
    return f"“{flat}”" if len(flat) <= _SHOWN else f"“{flat[:_SHOWN].rstrip()} …”"


def _said(block: Block) -> str:
    return shown(block.text) if block.text else "a picture"


def _about(block: Block, doubts: Sequence[Doubt]) -> tuple[str, ...]:
    return tuple(one.sentence for one in doubts if one.block.order == block.order)


def _of_marks(found: Sorted) -> dict[int, str]:
    said: dict[int, str] = {mark.block: f"year {mark.year}" for mark in found.years}
    said |= {mark.block: "a list of months" for mark in found.lists}
    for month in found.months:
        said |= {mark.block: _month(month) for mark in month.marks}
    return said


def _month(month: Month) -> str:
    return f"issue {IssueName(month.year, month.month)}"


def _of_events(gathered: Gathered) -> dict[int, str]:
    return {block.order: text for _, name, events in gathered for block, text in _parts(name, events)}


def _parts(name: IssueName, events: Sequence[Event]) -> Iterator[tuple[Block, str]]:
    for number, event in enumerate(events, 1):
        kind = "letter" if event.letter else "news" if event.body else "picture"
        where = f"{name}, section {number}"
        if event.title:
            yield event.title, f"{where}: title"
        for index, block in enumerate(event.body):
            new = index == 0 and not event.title
            title = f" “{title_of(event)[0]}”" if new and not event.letter else ""
            yield block, f"{where}: {kind}{title}" if new else f"{where}: its text"
        for pictured in event.pictures:
            if pictured.picture:
                yield pictured.block, f"{where}: picture"
            if pictured.caption:
                yield pictured.caption, f"{where}: caption of a picture"
