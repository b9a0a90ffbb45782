"""A workspace and its books -> a Card for each issue, from its files as they lie there: no letter is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from newsletter.drafting.source import UnreadableFile, read_source
from newsletter.ledger.book import Books
from newsletter.nouns.draft import IssueName
from newsletter.stand.list_and_books import Kept
from newsletter.stand.stand import LATE
from newsletter.workspace import Workspace, stamp
from newsletter.yaml_tree.tree import Data


class State(StrEnum):
    """An issue's state as far as its files tell; what only making the letter can tell is UNKNOWN until it is made."""

    SENT = "sent"
    SENDING = "sending"  # begun, and some letters are still to go
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"  # a draft or approved; how many things are to mend is seen when it is checked
    PAST = "past"  # its day has long passed and the books know nothing of it: it left by another door, or never


@dataclass(frozen=True, slots=True)
class Told:
    """What an issue's first file says of itself. "" and None where it does not."""

    readable: bool = False
    subject: str = ""
    send_on: dt.date | None = None
    picture: str = ""
    sections: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """One issue on the start page."""

    issue: IssueName
    told: Told
    languages: tuple[str, ...]
    state: State
    books: Books | None


def cards(workspace: Workspace, kept: Kept, today: dt.date, first: str) -> tuple[Card, ...]:
    """All issues, the newest first; ``first`` is the language of the files without one in their name."""
    names = reversed(workspace.issue_names())
    return tuple(_card(workspace, name, kept.books.get(str(name)), today, first) for name in names)


def _card(workspace: Workspace, issue: IssueName, books: Books | None, today: dt.date, first: str) -> Card:
    files = workspace.edition_files(issue, first)
    told = _told(next(iter(files.values())), stamp(next(iter(files.values())))) if files else Told()
    return Card(issue, told, tuple(files), _state(told, books, today), books)


def _state(told: Told, books: Books | None, today: dt.date) -> State:
    if books:
        return State.SENDING if books.waiting + books.deferred else State.SENT
    if not told.readable:
        return State.UNREADABLE
    return State.PAST if told.send_on and told.send_on + LATE <= today else State.UNKNOWN


@lru_cache(maxsize=512)
def _told(path: Path, _: Hashable) -> Told:
    """What the file said at this stamp."""
    try:
        tree, problems = read_source(path, path.name)
    except UnreadableFile:
        return Told()
    data = tree.data if tree else None
    if not isinstance(data, dict) or any(one.severity == "error" for one in problems):
        return Told()
    sections = data.get("sections")
    listed = sections if isinstance(sections, list) else []
    picture = next(_pictures(listed), "")
    return Told(
        readable=True,
        subject=_text(data.get("subject")),
        send_on=_day(data.get("send_on")),
        picture=picture,
        sections=len(listed),
    )


def _pictures(sections: list[Data]) -> Iterator[str]:
    for section in sections:
        for value in section.values() if isinstance(section, dict) else ():
            if isinstance(value, dict) and _text(value.get("file")):
                yield _text(value.get("file"))


def _text(value: Data | None) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _day(value: Data | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(_text(value))
    except ValueError:
        return None
