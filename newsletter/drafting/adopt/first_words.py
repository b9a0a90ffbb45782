"""A text -> a title made of its first words, for whoever has to give it a better one."""

from __future__ import annotations

import re

from newsletter.drafting.adopt.tidy import squeezed
from newsletter.texts.short_forms import ends_short

MOST = 10  # words, as the manual asks of a title
_SPARED = 2  # words for which no sentence is cut
_FEWEST = 4  # words before a comma at which a title may end
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”»]?\s+(?=[\"“«¿¡(]?[A-ZÁÉÍÓÚÑÀÈÜÖÄ\d])")
_LITTLE_WRITTEN = """
a an the of in on at by to for and or with from that which is are was were has have had its their
his her this el la los las un una de del en por para con y o que su sus se al es fue ha le les lo
des du et à au aux der die das den dem und von zu il i gli e di da per che os as do dos com
"""
_LITTLE = frozenset(_LITTLE_WRITTEN.split())


def first_words(text: str) -> str:
    """About ten words: the first sentence where it is short, else as far as the sense goes, with “…”."""
    sentence = first_sentence(squeezed(text).replace("\n", " "))
    words = sentence.split()
    if len(words) <= MOST + _SPARED:
        return sentence.rstrip(" .:;,–—-") or sentence
    for count in range(MOST, _FEWEST - 1, -1):
        if (words[count - 1][-1] in ",;:" and not words[count - 1][-2:-1].isdigit()) or words[count] in {"–", "—", "-"}:
            return " ".join(words[:count]).rstrip(",;:") + " …"
    kept = words[:MOST]
    while len(kept) > _FEWEST and kept[-1].lower() in _LITTLE:
        kept.pop()
    return " ".join(kept) + " …"


def first_sentence(text: str) -> str:
    """A text as far as its first full stop that ends a sentence."""
    for found in _SENTENCE.finditer(text):
        before = text[: found.start()]
        open_quotes = sum(map(before.count, "“«¿(")) - sum(map(before.count, "”»)"))
        if not ends_short(before, 0, len(before)) and open_quotes <= 0:
            return text[: found.start()] + found[0].rstrip()
    return text
