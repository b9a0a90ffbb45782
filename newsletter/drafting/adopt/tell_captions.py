"""The blocks of a month -> the same, what is said of a picture marked as caption; and what was unsure of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsletter.drafting.adopt.doubt import Doubt
from newsletter.drafting.adopt.find_lost_links import is_call
from newsletter.drafting.adopt.page import Block, Form

_MARKED = re.compile(
    r"^\W*(?:photo(?:graph)?|image|picture|pictured|caption|foto(?:grafía)?|imagen|figura|pie de foto|en la foto|bild"
    r"|légende|immagine|imagem|legenda|صورة)\s*(?::|[-–—]|\d|by\b|de\b)"
    r"|©|\(c\)\s|\b(?:photo|foto|image|imagen|bild)(?:\s+credit)?\s*:|\b(?:photo|picture|image) (?:by|courtesy)\b",
    re.IGNORECASE,
)
_OF_SOMEONE = re.compile(
    r"\((?:left|right|centre|center|izquierda|derecha|links|rechts|à gauche|à droite)\)|\bfrom left\b|\bde izquierda a"
    r"|,\s+(?:the\s+|la\s+|el\s+)?(?:daughter|son|mother|father|widow|sister|brother|husband|wife|hija|hijo|madre|padre"
    r"|viuda|hermana|hermano)\s+(?:of|de)\b",
    re.IGNORECASE,
)
_LONGEST, _LONG, _SHORT = 45, 25, 15  # words
_ENDS = (".", "!", "?", ":", "…", ";", ",")


def tell_captions(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """Captions are told by their own words, or by the picture that they stand at."""
    told: list[Block] = []
    doubts: list[Doubt] = []
    for index, block in enumerate(blocks):
        if block.form is Form.PARAGRAPH and (why := _why(block, index, blocks)):
            told.append(replace(block, form=Form.CAPTION))
            if why != "sure":
                doubts.append(Doubt(block, f"Taken for the caption of a picture: {why}."))
        else:
            told.append(block)
    return tuple(told), tuple(doubts)


def _why(block: Block, index: int, blocks: Sequence[Block]) -> str:
    """Why a paragraph is held for a caption; "" where it is none."""
    words = len(block.text.split())
    if words > _LONGEST:
        return ""
    if _MARKED.search(block.text):
        return "sure"
    unended = not block.text.rstrip("\"”»'’) ").endswith(_ENDS)
    after_picture = index > 0 and blocks[index - 1].form is Form.PICTURE
    if after_picture and words <= _LONG and all(run.em or not run.text.strip() for run in block.runs):
        return "sure"
    if words > _LONG or not unended:
        return ""
    if _OF_SOMEONE.search(block.text):
        return "sure" if after_picture else "it says who somebody is, and is no sentence"
    return _stands_last(block, words, index, blocks)


def _stands_last(block: Block, words: int, index: int, blocks: Sequence[Block]) -> str:
    last = not any(blocks[later].form is not Form.PICTURE for later in range(index + 1, len(blocks)))
    linked = any(run.link for run in block.runs)
    if last and index > 0 and words <= _SHORT and not linked and not is_call(block.text):
        return "it is short, is no sentence, and stands last in its month"
    return ""
