"""Links of one's own templates to a part of the letter that bears no such name: who follows one gets nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem
from newsletter.seen.told import Found, Sheet, told

NAME = "page-anchors"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each, and for a name that two parts bear."""
    return told(dossier, NAME, _look)


def _look(sheet: Sheet) -> Iterator[Found]:
    named: set[str] = set()
    for element, section in sheet.seen.elements:
        name = element.get("id")
        if name and name in named:
            message = f"Two parts of the letter bear the name “{name}”; a link finds only the first."
            yield Found(section, message, "give each its own id, such as one with {{ here.anchor }}.")
        named.update(one for one in (name, element.get("name") if element.tag == "a" else None) if one)
    for link, section in sheet.seen.all("a"):
        address = link.get("href") or ""
        if address == "#" or (address.startswith("#") and address[1:] not in named):
            message = f"A link leads to {address}, and nothing in the letter bears that name."
            yield Found(section, message, "give the part that is meant this id, or take the link out.")
