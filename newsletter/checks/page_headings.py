"""Headings of one's own templates that leave a level out, and a page whose title is not the subject (WCAG 1.3.1, 2.4.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem
from newsletter.seen.page import FRAME, joined, words
from newsletter.seen.told import Found, Sheet, told

NAME = "page-headings"
LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each: who listens to a letter goes from heading to heading."""
    return told(dossier, NAME, _look)


def _look(sheet: Sheet) -> Iterator[Found]:
    title, subject = sheet.seen.root.find("head/title"), " ".join(joined(sheet.rendered.subject).split())
    if title is None or words(title) != subject:
        message = "The title of the page is not the subject: who has several letters open cannot tell them apart."
        yield Found(FRAME, message, "let <mj-title> hold {{ title }}.")
    headings = list(sheet.seen.all(*LEVELS))
    firsts = [section for one, section in headings if one.tag == "h1"]
    if len(firsts) != 1:
        message = f"The letter has {len(firsts) or 'no'} first headings (<h1>); it needs one, which names it."
        section = firsts[1] if len(firsts) > 1 else FRAME
        yield Found(section, message, "one <h1> in the frame, and <h2> and below for the sections.")
    before = 0
    for heading, section in headings:
        level = int(heading.tag[1])
        if before and level > before + 1:
            message = f"A heading <{heading.tag}> follows on <h{before}>: who listens looks for the one between."
            yield Found(section, message, f"make it <h{before + 1}>; its size is a matter of style.")
        if not words(heading) and heading.find(".//img") is None:
            yield Found(
                section, f"A heading <{heading.tag}> is empty.", "leave it out where there are no words for it."
            )
        before = level
