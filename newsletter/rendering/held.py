"""A text -> the same with no-break spaces where no line should end: within a date, before a title's last word."""

from __future__ import annotations

import re
from functools import lru_cache

from newsletter.languages import locale
from newsletter.words import NO_BREAK

LONGEST_END = 12
"""Characters of two words that still fit beside each other on a phone, also where a reader has letters set apart."""

_DAY = r"(?:[12]?\d|3[01])"


def dates_held(text: str, language: str) -> str:
    """A text, or HTML, in which the dates of its author do not break: ``on 4`` and on the next line ``March``."""
    if not any(map(str.isdigit, text)):
        return text
    return _dates(language).sub(lambda found: found[0].replace(" ", NO_BREAK), text)


def end_held(title: str) -> str:
    """A title whose last word does not stand alone on a line, where it and the one before are short."""
    before, _, last = title.rpartition(" ")
    if NO_BREAK in last or len(before.rpartition(" ")[2]) + 1 + len(last) > LONGEST_END or " " not in before:
        return title
    return title[: len(before)] + NO_BREAK + last


@lru_cache(maxsize=32)
def _dates(language: str) -> re.Pattern[str]:
    names = {name for use in ("format", "stand-alone") for name in locale(language).months[use]["wide"].values()}
    month = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w){_DAY}(?:\.|º|°|er|st|nd|rd|th)? (?:de )?(?:{month})(?!\w)(?:,? (?:de )?\d{{4}}(?!\d))?"
        rf"|(?<!\w)(?:{month}) {_DAY}(?!\w)(?:, \d{{4}}(?!\d))?"
    )
