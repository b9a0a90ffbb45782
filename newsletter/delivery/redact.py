"""A server's words and the recipient's address -> the words without any address, short enough to keep."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\s<>()\[\],;:\"]+")
_MARK = "<address>"
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LONGEST = 300
_TELLING = 3  # a local part shorter than this is part of too many words


def redact(reply: str, address: str = "") -> str:
    """What a server said, on one line, with every address, and the local part of this one, taken out (P6)."""
    text = " ".join((reply if reply.isprintable() else _CONTROLS.sub(" ", reply)).split())
    if "@" in text:  # most hold none; and word by word, so that a server's 100,000 letters cost no more than they are
        text = _WORD.sub(lambda word: _MARK if "@" in word[0][1:-1] else word[0], text)
    local = address.rpartition("@")[0]
    folded = text.casefold()
    for part in (address, local, local.partition("+")[0]):
        if len(part) >= _TELLING and part.casefold() in folded:  # most say "Ok", and a pattern is costly to make
            text = re.sub(rf"(?<![^\W_]){re.escape(part)}(?![^\W_])", _MARK, text, flags=re.IGNORECASE)
    text = text.replace(f"<{_MARK}>", _MARK)  # most servers write it between angle brackets, as the mark is
    return text[:_LONGEST]
