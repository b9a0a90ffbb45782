"""A source that was kept: an article, a press release, or a fact note of the group's own, as text with what is known of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from newsletter.nouns.draft import IssueName, PartialDate


@dataclass(frozen=True, slots=True)
class Clipping:
    """A file in ``issues/clippings/``. ``own`` marks a note that the group wrote itself, from what it knows."""

    file: str  # relative to the workspace, with /
    title: str
    text: str
    publisher: str = ""
    address: str = ""  # where it stood on the web
    date: PartialDate | None = None  # of its publication
    place: str = ""  # from where it reports
    language: str = ""
    kept: dt.date | None = None
    sha256: str = ""  # of the text, as it was kept
    own: bool = False
    issues: tuple[IssueName, ...] = ()  # those behind which it stands, beside those that name its address
