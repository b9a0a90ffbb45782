"""Text as it was saved -> text without what nobody sees: zero-width spaces, soft hyphens, composed characters."""

from __future__ import annotations

import re
from unicodedata import normalize

_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\ufff9-\ufffb]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
NO_BREAK = "\u00a0"
_WHITE = re.compile(r"[^\S\n]+")


def tidied(text: str) -> str:
    """Characters composed (NFC), unseen and forbidden ones taken out; length and columns may change by these."""
    return _FORBIDDEN.sub("", _UNSEEN.sub("", normalize("NFC", text)))


def squeezed(text: str) -> str:
    """White space of any kind as one plain space, a line feed kept; none at the ends of lines."""
    lines = (_WHITE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def letters(text: str) -> str:
    """All that is not white space: what two texts must have in common to be the same word for word."""
    return "".join(tidied(text).split())
