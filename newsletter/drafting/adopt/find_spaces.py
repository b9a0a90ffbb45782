"""A block -> its no-break spaces, as browsers and Word leave them; and the same block with plain ones in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newsletter.drafting.adopt.page import Block

_NO_BREAK = re.compile("[\u00a0\u202f\u2007]")
_MEANT = re.compile("(?<=\\d)[\u00a0\u202f](?=\\w)|[\u00a0\u202f](?=[:;!?»%€])|(?<=«)[\u00a0\u202f]")
"""Between a number and what it counts, and at French marks: who typed these meant them."""


def find_spaces(block: Block) -> Iterator[int]:
    """Where the no-break spaces stand that nobody meant."""
    meant = {found.start() for found in _MEANT.finditer(block.text)}
    yield from (found.start() for found in _NO_BREAK.finditer(block.text) if found.start() not in meant)


def plain_spaces(block: Block) -> Block:
    """The block with plain spaces in their place, each character where it was."""
    unmeant = set(find_spaces(block))
    if not unmeant:
        return block
    runs, at = [], 0
    for run in block.runs:
        text = "".join(" " if at + index in unmeant else one for index, one in enumerate(run.text))
        runs.append(replace(run, text=text))
        at += len(run.text)
    return replace(block, runs=tuple(runs))
