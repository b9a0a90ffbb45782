"""The end of a text -> whether its last full stop belongs to a short form (“Dr.”, “núm.”, an initial), and ends nothing."""

from __future__ import annotations

import re

LONGEST = len(" approx")
_FORMS = "Dr|Mr|Mrs|Ms|Prof|Gen|Col|Lt|St|No|Nos|art|Art|vs|Sr|Sra|Srta|Dra|Ud|Uds|núm|pág|cf|etc|approx|bzw|Nr|z|Abs"
_SHORT = re.compile(rf"(?:\b(?:{_FORMS})|\b[A-Z])\.$")


def ends_short(text: str, start: int, end: int) -> bool:
    """Whether the text up to ``end``, which is after a full stop, ends with a short form; looked at from ``start`` on."""
    return bool(_SHORT.search(text, max(start, end - 1 - LONGEST), end))
