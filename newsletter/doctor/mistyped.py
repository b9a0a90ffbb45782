"""A record that is not where it should be, or not as it should be -> what was entered wrongly, as forms for DNS make one do."""

from __future__ import annotations

import re

from newsletter.web.names import Names

_MARKS = re.compile(r'["\\\s]')


def doubled(name: str, domain: str, names: Names) -> str:
    """A sentence where the record stands under its name with the domain twice; else "". Raises NoNameServer."""
    twice = f"{name}.{domain}"
    if not names.ask(twice, "TXT").records:
        return ""
    short = name.removesuffix(f".{domain}")
    return (
        f"A record stands under {twice}: the form in which it was entered adds the domain by itself, so enter only"
        f" {short} as its name."
    )


def with_marks(there: str, wanted: str) -> bool:
    """Whether a record is the wanted one but for quotation marks and backslashes, which stand around it in zone files only."""
    return _MARKS.sub("", there) == _MARKS.sub("", wanted) and bool(set('"\\') & set(there))
