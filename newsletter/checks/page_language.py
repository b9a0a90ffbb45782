"""Pages of one's own templates that do not say their language and the side from which they are read (WCAG 3.1.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem
from newsletter.seen.page import FRAME, Element
from newsletter.seen.told import Found, Sheet, told

NAME = "page-language"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning where the page, or the first element in it, lacks its ``lang`` or ``dir``, or says another."""
    return told(dossier, NAME, _look)


def _look(sheet: Sheet) -> Iterator[Found]:
    body = sheet.seen.root.find("body")
    first = next((one for one in body if isinstance(one.tag, str)), None) if body is not None else None
    wanted = {"lang": sheet.rendered.language, "dir": sheet.rendered.direction}
    wrong = [
        f"{where} {_says(element, name)}"
        for where, element in (("the page", sheet.seen.root), ("the first element of its body", first))
        if element is not None
        for name, value in wanted.items()
        if element.get(name) != value
    ]
    if wrong:
        message = f"A screen reader takes the wrong voice, or reads from the wrong side: {', '.join(wrong)}."
        yield Found(FRAME, message, 'begin it with <mjml lang="{{ language }}" dir="{{ direction }}">.')


def _says(element: Element, name: str) -> str:
    given = element.get(name)
    return f"says {name}=“{given}”" if given else f"has no {name}"
