"""The small cast of invented readers -> a letter as one of them gets it, and the very message that would carry it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from newsletter.build import sample_message
from newsletter.checks.size import LONGEST_LINK, LONGEST_NAME
from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import fill
from newsletter.letters.leave_links import leave_url, leaving_address
from newsletter.nouns.draft import Profile
from newsletter.nouns.letter import Answer, Letter
from newsletter.settings import Settings
from newsletter.studio.sight import Made

TOKEN = "only-a-preview"  # noqa: S105 - it opens nothing, and says so


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody invented. ``name`` is what a letter greets her by; ``leave`` her leave link, where it is a special one."""

    name: str = ""
    plain: bool = False  # she reads plain text
    leave: str = ""


READERS: Mapping[str, Reader] = {
    "": Reader(),
    "ana": Reader("Ana"),
    "long": Reader("Maximiliana Bartholomea Quispe-Vandenberghe de los Ríos Profundos"),
    "arabic": Reader("مريم"),
    "accents": Reader("Zoë Ñáñez Łuczyńska"),
    "plain": Reader(plain=True),
    "worst": Reader(LONGEST_NAME, leave=LONGEST_LINK),
}


def answers_for(made: Made, settings: Settings, reader: str) -> Answer:
    """What an invented reader's slots are answered with; pictures come from this machine."""
    one, issue = READERS.get(reader, READERS[""]), made.rendered.issue
    return reader_answers(one.name, _leave(one, made.profile, settings), lambda name: f"/pictures/{issue}/{name}")


def letter_for(made: Made, settings: Settings, reader: str) -> Letter:
    """The letter as an invented reader gets it: what would be sent to her, but for where its pictures are."""
    return fill(made.rendered, answers_for(made, settings, reader))


def message_for(made: Made, settings: Settings, reader: str, now: dt.datetime) -> bytes:
    """The whole message as it would leave for an invented reader. Raises NoSender, UnfitAddress."""
    one = READERS.get(reader, READERS[""])
    leave = _leave(one, made.profile, settings)
    return sample_message(made.profile, made.rendered, settings, now, name=one.name, leave=leave)


def _leave(reader: Reader, profile: Profile, settings: Settings) -> str:
    by_mail = leaving_address(profile)
    return reader.leave or leave_url(TOKEN, public_url=settings.public_url, leave_by_mail=by_mail)
