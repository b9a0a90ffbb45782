"""A name as somebody gave it -> plain small letters, figures and hyphens, fit for a file anywhere."""

from __future__ import annotations

import re
import unicodedata

_TWO_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "þ": "th", "ı": "i"})  # fmt: skip
_NOBODYS = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows keeps for itself, whatever their ending."""


def plain_stem(name: str, longest: int) -> str:
    """The name without an ending; "picture" where no plain letter is in it."""
    letters = unicodedata.normalize("NFKD", name.translate(_TWO_LETTERS)).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:longest].strip("-")
    return f"picture-{plain}" if _NOBODYS.fullmatch(plain) else plain or "picture"
