"""A page and its marks -> the standing text and the blocks of each month; a month that comes twice is made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from newsletter.drafting.adopt.doubt import Doubt
from newsletter.drafting.adopt.find_months import Mark
from newsletter.drafting.adopt.page import Block, Form


@dataclass(slots=True)
class Month:
    """A month of the page: the marks that head it, its blocks, and whether they are significant events."""

    year: int
    month: int
    language: str
    marks: list[Mark]
    blocks: list[Block] = field(default_factory=list)
    significant: bool = False


@dataclass(slots=True)
class Sorted:
    """What a page holds: text of no month, months in the order of the page, headings of years, lists of months."""

    standing: list[Block] = field(default_factory=list)
    months: list[Month] = field(default_factory=list)
    years: list[Mark] = field(default_factory=list)
    lists: list[Mark] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def sort_months(blocks: Sequence[Block], marks: Sequence[Mark], *, significant: bool = False) -> Sorted:
    """Sort the blocks under their headings. ``significant`` says so of all; else the headings of years do."""
    result = Sorted()
    heads = {mark.block: mark for mark in marks}
    here: Month | None = None
    rank = min((blocks[mark.block].level for mark in marks if mark.month and blocks[mark.block].level), default=0)
    for index, block in enumerate(blocks):
        mark = heads.get(index)
        if mark and mark.month:
            here = _month(result, mark, block, significant=significant)
        elif mark:
            significant = significant or mark.significant
            result.years.append(mark)
            here = None
        elif here and block.form is Form.HEADING and 0 < block.level < rank:
            result.doubts.append(Doubt(block, "Taken for standing text: its heading stands above those of the months."))
            here = None
            result.standing.append(block)
        elif block.form is not Form.RULE or here:
            (here.blocks if here else result.standing).append(block)
    return _without_empty(result, blocks)


def _month(result: Sorted, mark: Mark, block: Block, *, significant: bool) -> Month:
    known = next((one for one in result.months if (one.year, one.month) == (mark.year, mark.month)), None)
    significant = significant or mark.significant
    if known is None:
        known = Month(mark.year, mark.month, mark.language, [mark], significant=significant)
        result.months.append(known)
    else:
        if known.blocks:
            result.doubts.append(
                Doubt(block, f"This month stands on the page twice; both are in {known.year}-{known.month:02}.")
            )
            known.blocks.append(Block(Form.RULE, block.place))
        known.marks.append(mark)
    if mark.guessed:
        result.doubts.append(
            Doubt(block, f"Nobody wrote its year; {mark.year} was taken from the order of the months.")
        )
    if mark.more:
        result.doubts.append(Doubt(block, "It names two months; the issue is that of the first."))
    return known


def _without_empty(result: Sorted, blocks: Sequence[Block]) -> Sorted:
    """Headings with nothing under them: a list of the months where the month comes again, else said."""
    kept = []
    for month in result.months:
        if any(block.form is not Form.RULE for block in month.blocks):
            kept.append(month)
            continue
        result.lists += month.marks
        for mark in month.marks:
            result.doubts.append(Doubt(blocks[mark.block], "Nothing stands under it, so no issue was made of it."))
    result.months = kept
    return result
