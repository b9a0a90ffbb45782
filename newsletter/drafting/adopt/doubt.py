"""Doubt: a block of a page, and what nobody could be sure of when it was read."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter.drafting.adopt.page import Block


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was decided of a block, and why it may be wrong: a sentence."""

    block: Block
    sentence: str
