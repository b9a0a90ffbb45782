"""An issue's name -> as people say it within a sentence, in their language."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date

from newsletter.nouns.draft import IssueName


def month(issue: IssueName, language: str) -> str:
    """An issue as people say it: ``July 2025``; a special with its day and name: ``14 July 2025, apci``."""
    day = dt.date(issue.year, issue.month, issue.day or 1)
    said = format_date(day, "d MMMM y" if issue.day else "LLLL y", locale=language)
    return f"{said}, {issue.slug.replace('-', ' ')}" if issue.slug else said
