"""Edition -> a file for a reader's own calendar (RFC 5545) for each meeting in it; no clock, no chance: same text, same bytes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from newsletter import time_zone
from newsletter.nouns.draft import Edition, Path, Profile, Section, Value
from newsletter.nouns.letter import CalendarFile
from newsletter.rendering.markdown import address, set_quotes, to_plain
from newsletter.rendering.pages import chosen
from newsletter.rendering.shelf import Shelf, page_path
from newsletter.rendering.slots import cleaned
from newsletter.rendering.text import UNFOLDED
from newsletter.words import Words

if TYPE_CHECKING:
    from icalendar import Event

MAKER = "-//Newsletter//Newsletter//EN"
_PLAIN_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
"""Windows writes no file of such a name, whatever its ending."""


def calendar_files(edition: Edition, profile: Profile, words: Words) -> tuple[CalendarFile, ...]:
    """One for each section whose type takes place on a day and whose author gave the day."""
    return tuple(
        CalendarFile(f"{name}.ics", _written(section, name, edition, profile, words), section.path)
        for name, section in _named(edition)
    )


def calendar_addresses(
    files: tuple[CalendarFile, ...], edition: Edition, profile: Profile, shelf: Shelf
) -> Mapping[Path, str]:
    """Where readers find them, by section; none without a public address."""
    if not shelf.public_url:
        return {}
    folder = page_path(edition.issue, edition.language, profile.languages[0])
    return {one.section: f"{shelf.public_url}/{folder}{one.name}" for one in files}


def _named(edition: Edition) -> Iterator[tuple[str, Section]]:
    """By id, else by type; never by title or date, which may be mended after the letter with its address has left."""
    taken: set[str] = set()
    for section in edition.sections:
        if not section.type.calendar or not isinstance(section.values.get("date"), dt.date):
            continue
        plain = _PLAIN_NAME.fullmatch(section.id) and section.id not in _DEVICES
        stem = section.id if plain else section.type.name
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        yield name, section


def _written(section: Section, name: str, edition: Edition, profile: Profile, words: Words) -> bytes:
    from icalendar import Calendar, Event  # it takes long to import, and few letters need it

    event = Event()
    event.add("uid", _lasting_name(section, name, edition, profile))
    event.add("dtstamp", dt.datetime.combine(edition.send_on, dt.time(), dt.UTC))
    _put_when(event, section.values)
    _put_what(event, chosen(section.type.fields, section.values, edition.language), words)
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _lasting_name(section: Section, name: str, edition: Edition, profile: Profile) -> str:
    """The same in every language, and with an id in every issue: who takes it in twice has it once (RFC 7986, 5.3)."""
    which = section.id or f"{edition.issue} {name}"
    return str(uuid5(NAMESPACE_URL, f"{profile.sender.list_id or profile.sender.address} {which} calendar"))


def _put_what(event: Event, values: Mapping[str, Value], words: Words) -> None:
    said = _Said(values, words)
    online, more = said.address("online"), said.address("url")
    body = to_plain(str(values.get("body") or ""), words, UNFOLDED)
    links = [f"{words.say('take_part')}{words.say('colon')} {online}" if online else "", more]
    event.add("summary", said.text("title"))
    if where := said.text("place") or online:
        event.add("location", where)
    if description := "\n\n".join(part for part in (body, *links) if part):
        event.add("description", description)
    if link := more or online:
        event.add("url", link)


@dataclass(frozen=True, slots=True)
class _Said:
    """What an author wrote, as a letter says it."""

    values: Mapping[str, Value]
    words: Words

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return set_quotes(cleaned(value), self.words) if isinstance(value, str) else ""

    def address(self, name: str) -> str:
        value = self.values.get(name)
        return address(cleaned(value)) if isinstance(value, str) else ""


def _put_when(event: Event, values: Mapping[str, Value]) -> None:
    """Without an hour the whole day; an end that is not later than its start is of the day after."""
    day, starts, ends = (values.get(name) for name in ("date", "starts", "ends"))
    if not isinstance(day, dt.date):
        return
    if not isinstance(starts, dt.time):
        event.add("dtstart", day)
        return
    whose = values.get("timezone")
    clock = time_zone.zone(whose) if isinstance(whose, str) else None
    event.add("dtstart", _instant(day, starts, clock))
    if isinstance(ends, dt.time):
        over = dt.timedelta(days=1 if ends <= starts and day < dt.date.max else 0)
        event.add("dtend", _instant(day + over, ends, clock))


def _instant(day: dt.date, hour: dt.time, clock: dt.tzinfo | None) -> dt.datetime:
    """In UTC, which every calendar knows; with an unknown clock the hour that a clock shows, wherever one is (3.3.5)."""
    shown = dt.datetime.combine(day, hour)
    try:
        return shown.replace(tzinfo=clock).astimezone(dt.UTC) if clock else shown
    except OverflowError:  # in the first hours or the last of all that a calendar counts
        return shown
