"""Edition and profile -> what stands around the sections: top line, masthead, "In this letter", footer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from newsletter.nouns.draft import Edition, Picture, Profile
from newsletter.rendering import view
from newsletter.rendering.album import Album, PictureView
from newsletter.rendering.earlier import page_of
from newsletter.rendering.markdown import address, said
from newsletter.rendering.masthead import PHONE, PHONE_ROOM, ROOM, WIDE, Step, room_in, step
from newsletter.rendering.pages import Address, page_in
from newsletter.rendering.palette import font_stack, outlook_font, palette
from newsletter.rendering.shelf import Shelf, page_path
from newsletter.rendering.slots import cleaned
from newsletter.words import NO_BREAK, Words

_HOUSE = re.compile(r"(?<=\d) (?=\w)")
"""Where an address must not break: after a house's number, within the figures of a town."""

MOST_NAMED = 3
"""Countries that the masthead names one by one."""


@dataclass(frozen=True, slots=True)
class Masthead:
    """The yellow field: two short words above, the name below, at the largest steps that fit."""

    name: str
    word: str
    month: str
    wide: Step
    phone: Step


@dataclass(frozen=True, slots=True)
class Footer:
    """What law and courtesy ask every letter to say. ``contact`` is a bare address."""

    title: str
    name: str
    legal: str
    charity_number: str
    postal_address: str
    privacy_url: str
    complaints: str
    complaints_url: str
    contact: str


def frame(edition: Edition, profile: Profile, shelf: Shelf, words: Words, album: Album) -> dict[str, object]:
    """The values that every template may use."""
    start, end = ("left", "right") if words.direction == "ltr" else ("right", "left")
    page = page_path(edition.issue, edition.language, profile.languages[0])
    return {
        "language": Markup(edition.language),  # noqa: S704 - a language's code
        "direction": Markup(words.direction),  # noqa: S704 - ltr or rtl
        "start": Markup(start),  # noqa: S704 - our own word
        "end": Markup(end),  # noqa: S704 - our own word
        "colour": palette(profile.look),
        "fonts": Markup(font_stack(profile.look)),  # noqa: S704 - of a closed list
        "outlook_font": Markup(outlook_font(profile.look)),  # noqa: S704 - of a closed list
        "preheader": cleaned(edition.preheader),
        "masthead": masthead(edition, profile, words),
        "sender": said(profile.sender.name or profile.organisation.name, words),
        "logo": _logo(profile, album),
        "other_languages": view.other_languages(edition, profile, shelf),
        "page_of": page_of(edition, profile, shelf),
        "web_url": f"{shelf.public_url}/{page}" if shelf.public_url else "",
        "highlights": view.highlights(edition, profile, words),
        "coordinators": view.coordinators(profile, words, album),
        "footer": footer(profile, words),
    }


def masthead(edition: Edition, profile: Profile, words: Words) -> Masthead:
    """One country gives the newsletter its name; several stand above the newsletter's own."""
    names = [country.name.into(edition.language) for country in profile.countries.values()]
    title = profile.title.into(edition.language)
    name, word = (
        (names[0], words.say("newsletter")) if len(names) == 1 else (title, f"{words.say('comma')} ".join(names))
    )
    if len(names) > MOST_NAMED or not names:
        word = profile.organisation.name or words.say("newsletter")
    month = words.month(edition.issue)
    room, phone_room = (room_in(profile.look.font, one) for one in (ROOM, PHONE_ROOM))
    wide, phone = step(name, WIDE, room), step(name, PHONE, phone_room)
    return Masthead(said(name, words), said(word, words), month, wide, phone)


def footer(profile: Profile, words: Words) -> Footer:
    """Who writes, and where one complains."""
    who = profile.organisation
    privacy = page_in(who.privacy_url, words.language)
    complaints = f"mailto:{who.complaints}" if "@" in who.complaints and ":" not in who.complaints else who.complaints
    return Footer(
        title=said(profile.title.into(words.language), words),
        name=said(who.name, words),
        legal=said(who.legal or who.name, words),
        charity_number=said(who.charity_number, words),
        postal_address=said(_HOUSE.sub(NO_BREAK, ", ".join(who.postal_address.split("\n")).strip(", ")), words),
        privacy_url=Address(address(privacy), privacy.language),
        complaints=who.complaints,
        complaints_url=address(complaints),
        contact=profile.sender.reply_to or profile.sender.address,
    )


def _logo(profile: Profile, album: Album) -> PictureView | None:
    if not profile.look.logo:
        return None
    alt = profile.organisation.name or profile.sender.name
    return album.show(Picture(profile.look.logo, alt), profile.place(("look", "logo")))
