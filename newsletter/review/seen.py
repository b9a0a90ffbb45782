"""Rendered -> the letter as a reader without a name has it, its pictures inside it, its leave link leading nowhere."""

from __future__ import annotations

from base64 import b64encode

from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import fill
from newsletter.nouns.letter import Letter, Rendered

LEAVE = "https://news.example.org/u/only-to-be-read"


def seen(rendered: Rendered) -> Letter:
    """Fill a rendering for nobody in particular."""
    pictures = {one.name: f"data:{one.media_type};base64,{b64encode(one.data).decode()}" for one in rendered.pictures}
    return fill(rendered, reader_answers("", LEAVE, lambda name: pictures[name]))
