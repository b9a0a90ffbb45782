"""A text -> the same without accents and capitals, and the way back to where each of its characters stands."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-", "\u00ad": None, "\u200b": None})


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is what is compared; ``origins`` says of each of its characters which one of the original it comes from."""

    text: str
    origins: tuple[int, ...] | None  # None where they are the same

    def at(self, offset: int) -> int:
        """Where in the original the character at this offset stands."""
        return offset if self.origins is None else self.origins[offset]

    def end(self, offset: int) -> int:
        """Where in the original a stretch ends that ends before this offset."""
        return offset if self.origins is None else self.origins[offset - 1] + 1


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """Fold a text: ``Perú`` and ``PERU`` become ``peru``, a curly apostrophe a straight one."""
    if text.isascii():
        return Folded(text.lower(), None)
    signs: list[str] = []
    origins: list[int] = []
    for index, sign in enumerate(text):
        for one in _plain(sign):
            signs.append(one)
            origins.append(index)
    return Folded("".join(signs), tuple(origins))


def folded_text(text: str) -> str:
    """A whole file folded, without the way back: much faster."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.translate(_SAME))
    return "".join(one for one in apart if not unicodedata.combining(one)).casefold()


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    return folded_text(sign) if not sign.isascii() else sign.lower()
