"""Links whose address ends in a mark that belongs to the sentence: a point, a comma, a closing bracket."""

from __future__ import annotations

import datetime as dt
import re

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import links, readdressed, where

NAME = "link-end"
_MEANT = re.compile(r"(?:[.,;:!'\"“”‘’»«›‹…]|%E2%80%9[CD89]|%C2%BB|%E2%80%A6)+$", re.IGNORECASE)


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each: most servers do not find the page then."""
    problems = []
    for edition in dossier.editions:
        for link in links(edition):
            end = _end(link.url) if re.match(r"https?://|mailto:", link.url) else ""
            if end:
                right = link.url[: -len(end)]
                message = (
                    f"The address ends in “{end}”, which seems to belong to the sentence, and may not be found so."
                )
                fix = readdressed(edition, link, right)
                hint = f"Take it out of the address: {right[-120:]}"
                problems.append(Problem(where(edition, link), Severity.WARNING, NAME, message, hint, fix))
    return problems


def _end(url: str) -> str:
    """What is too much at the end of an address; a bracket that it opened itself is its own."""
    found = _MEANT.search(url)
    if found:
        return found[0]
    return ")" if url.endswith(")") and url.count(")") > url.count("(") else ""
