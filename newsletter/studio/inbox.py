"""A letter's subject and preheader -> how an inbox lists them, and what of them fits."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter.checks.subject_length import length

PHONE, WIDE = 40, 90  # characters: of a line on a phone; of the one line that both share on a desk
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Row:
    """A letter in an inbox. ``subject_left`` and ``preheader_left`` are how many characters are cut off."""

    subject: str
    preheader: str
    subject_left: int
    preheader_left: int


def on_phone(subject: str, preheader: str) -> Row:
    """Each has a line of its own."""
    return _row(subject, PHONE, preheader, PHONE)


def on_desk(subject: str, preheader: str) -> Row:
    """Both share one line, the subject first."""
    return _row(subject, WIDE, preheader, max(0, WIDE - length(subject)))


def _row(subject: str, room: int, preheader: str, more: int) -> Row:
    return Row(
        _cut(subject, room),
        _cut(preheader, more),
        max(0, length(subject) - room),
        max(0, length(preheader) - more),
    )


def _cut(text: str, most: int) -> str:
    """A text as far as it fits, with a sign that it goes on; "" where not one word does."""
    if length(text) <= most:
        return text
    kept = ""
    for one in text:
        if length(kept + one) >= most:
            break
        kept += one
    return f"{kept.rstrip()}{ELLIPSIS}" if kept.strip() else ""
