"""Runs as they were gathered -> runs as they are read: single spaces, none at the ends, alike ones made one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newsletter.drafting.adopt.page import Run


def settled(runs: list[Run]) -> tuple[Run, ...]:
    """Runs without double spaces between them, none at the ends or around a line break; alike ones made one."""
    alike: list[tuple[Run, list[str]]] = []  # how each looks, and its words piece by piece
    before = "\n"
    for run in runs:
        text = run.text
        if before[-1] in " \n":
            text = text.lstrip(" ")
        if not text:
            continue
        look = replace(run, text="")
        if text[0] == "\n" and alike:
            alike[-1][1][-1] = alike[-1][1][-1].rstrip(" ")
        if alike and alike[-1][0] == look:
            alike[-1][1].append(text)
        else:
            alike.append((look, [text]))
        before = text
    return _trimmed([replace(look, text="".join(pieces)) for look, pieces in alike])


def parted(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """Runs parted where two line breaks follow each other: so many a page parts its paragraphs."""
    part: list[Run] = []
    for run in runs:
        first, *more = re.split("\n{2,}", run.text)
        part.append(replace(run, text=first))
        for text in more:
            yield _trimmed(part)
            part = [replace(run, text=text)]
    if trimmed := _trimmed(part):
        yield trimmed


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Without white space at either end, and without a run of nothing."""
    for at, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while runs and not (text := strip(runs[at].text)):
            runs.pop(at)
        if runs:
            runs[at] = replace(runs[at], text=text)
    return tuple(run for run in runs if run.text)
