"""Edition and profile -> what templates see of them: sections with their values, countries, languages, coordinators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from newsletter.nouns.draft import (
    Coordinator,
    Edition,
    Field,
    Kind,
    PartialDate,
    Path,
    Picture,
    Profile,
    Section,
    Source,
    Value,
)
from newsletter.rendering.album import Album, PictureView
from newsletter.rendering.markdown import address, said
from newsletter.rendering.masthead import OPENING, PHONE_ROOM, Step, fits_spaced, room_in, step
from newsletter.rendering.pages import Address, chosen
from newsletter.rendering.shelf import Shelf, page_path
from newsletter.rendering.slots import cleaned
from newsletter.words import Words, read_words

_WITHOUT = {Kind.TEXT: "", Kind.MARKDOWN: "", Kind.URL: "", Kind.CHOICE: "", Kind.FLAG: False}
_EMPTY: dict[Kind, object] = {Kind.SOURCES: (), Kind.PEOPLE: (), Kind.ROWS: (), **_WITHOUT}


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown that writes itself: as HTML into ``email.mjml``, as wrapped text into ``email.txt``."""

    text: str
    level: int

    def __bool__(self) -> bool:
        return bool(self.text.strip())


class Values:
    """The values of a section or of a row under their fields' names; what an author left out is empty."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def __getattr__(self, name: str) -> object:
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __getitem__(self, name: str) -> object:
        return self._values[name]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as it is shown; ``language`` is that of its title, "" where it is the letter's."""

    title: str
    publisher: str
    url: Address
    date: PartialDate | None
    language: Markup


@dataclass(frozen=True, slots=True)
class Here:
    """Where a section stands in its letter. ``opens`` is the country that begins with it, "" where none does."""

    type: str
    word: str  # what stands at the head
    ask: bool
    featured: bool  # the ask that matters most
    first: bool  # of its type
    level: int  # of its title: h2, or h3 below the name of a country
    opens: str
    opening: Step  # how large the name of that country stands
    long: bool  # too long to stand as large on a phone
    anchor: str
    highlights: bool  # "In this letter" stands before it
    calendar: str = ""  # the address of its file for a reader's calendar


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section: its place in the letter and what its author filled in."""

    section: Section
    here: Here
    values: Values


@dataclass(frozen=True, slots=True)
class Highlight:
    """A line of "In this letter"."""

    country: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The way to this issue in another language, in that language's own words."""

    language: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class CoordinatorView:
    """Somebody who writes the newsletter."""

    name: str
    role: str
    portrait: PictureView | None


def sections(
    edition: Edition, profile: Profile, words: Words, album: Album, calendars: Mapping[Path, str]
) -> list[SectionView]:
    """Every section of an edition, in its order; ``calendars`` are the addresses of their calendar files."""
    several = len(covered(edition, profile)) > 1
    seen_types: set[str] = set()
    seen_countries: set[str] = set()
    found: list[SectionView] = []
    country = ""
    for section in edition.sections:
        named = section.country if several and section.country in profile.countries else ""
        opens = named if named != country else ""
        longest = _longest_word(profile, opens, edition.language)
        opening = step(longest, OPENING, room_in(profile.look.font, PHONE_ROOM))
        here = Here(
            type=section.type.name,
            word=_word(section, words),
            ask=section.type.ask,
            featured=section.featured,
            first=section.type.name not in seen_types,
            level=3 if named else 2,
            opens=said(profile.countries[opens].name.into(edition.language), words) if opens else "",
            opening=opening,
            long=not fits_spaced(longest, opening, PHONE_ROOM),
            anchor=opens if opens not in seen_countries else "",
            highlights=bool(opens) and not seen_countries,
            calendar=calendars.get(section.path, ""),
        )
        seen_types.add(section.type.name)
        seen_countries |= {opens} - {""}
        country = named
        given = chosen(section.type.fields, section.values, edition.language)
        values = _values(section.type.fields, given, section.path, (edition, words, album, here.level + 1))
        found.append(SectionView(section, here, values))
    return found


def _longest_word(profile: Profile, country: str, language: str) -> str:
    name = profile.countries[country].name.into(language) if country else ""
    return max(name.split(), key=len, default="")


def covered(edition: Edition, profile: Profile) -> tuple[str, ...]:
    """The countries that the sections of an edition name, in their order."""
    named = (section.country for section in edition.sections)
    return tuple(dict.fromkeys(country for country in named if country in profile.countries))


def highlights(edition: Edition, profile: Profile, words: Words) -> list[Highlight]:
    """The first title of each country, where an edition covers several."""
    countries = covered(edition, profile)
    if len(countries) < 2:  # noqa: PLR2004 - one country needs no list
        return []
    titles = {
        key: next((one.title for one in edition.sections if one.country == key and one.title), "") for key in countries
    }
    named = {key: profile.countries[key].name.into(edition.language) for key in countries}
    return [Highlight(said(named[key], words), said(titles[key], words), key) for key in countries]


def other_languages(edition: Edition, profile: Profile, shelf: Shelf) -> list[OtherLanguage]:
    """The pages of this issue in its other languages; none without a public address."""
    if not shelf.public_url:
        return []
    return [
        OtherLanguage(
            language,
            read_words(shelf.workspace, language).say("in_this_language"),
            f"{shelf.public_url}/{page_path(edition.issue, language, profile.languages[0])}",
        )
        for language in shelf.languages
        if language != edition.language
    ]


def coordinators(profile: Profile, words: Words, album: Album) -> list[CoordinatorView]:
    """Those who write the newsletter; the name beside a portrait says all that its alt text could."""
    return [
        CoordinatorView(
            said(one.name, words), said(one.role.into(words.language), words), _portrait(one, number, profile, album)
        )
        for number, one in enumerate(profile.coordinators)
    ]


def _portrait(one: Coordinator, number: int, profile: Profile, album: Album) -> PictureView | None:
    place = profile.place(("coordinators", number, "portrait"))
    return album.show(Picture(one.portrait, ""), place) if one.portrait else None


def _word(section: Section, words: Words) -> str:
    given = section.values.get("label")
    if isinstance(given, str) and given:
        return said(given, words)
    name = f"section_{section.type.name}"
    return words.say(name) if name in words else said(section.type.label.into(words.language), words)


_Around = tuple[Edition, Words, Album, int]


def _values(
    fields: tuple[Field, ...], given: Mapping[str, Value], path: tuple[str | int, ...], around: _Around
) -> Values:
    return Values({one.name: _value(one, given.get(one.name), (*path, one.name), around) for one in fields})


def _value(field: Field, value: Value | None, path: tuple[str | int, ...], around: _Around) -> object:
    _, words, _, level = around
    if value is None or value == "":
        return _EMPTY.get(field.kind)
    if isinstance(value, Picture):
        return _picture(value, path, around)
    if isinstance(value, tuple):
        return tuple(_item(field, one, (*path, at), around) for at, one in enumerate(value))
    if field.kind is Kind.MARKDOWN:
        return Prose(str(value), level)
    if field.kind is Kind.URL:
        return _address(value)
    return said(str(value), words) if field.kind is Kind.TEXT else value


def _item(field: Field, item: object, path: tuple[str | int, ...], around: _Around) -> object:
    if isinstance(item, Source):
        return _source(item, around[1])
    return _values(field.fields, item, path, around) if isinstance(item, Mapping) else item


def _picture(picture: Picture, path: tuple[str | int, ...], around: _Around) -> PictureView | None:
    edition, words, album, _ = around
    shown = Picture(
        picture.file,
        said(picture.alt or "", words),
        said(picture.caption, words),
        said(picture.credit, words),
    )
    return album.show(shown, edition.place((*path, "file")))


def _source(source: Source, words: Words) -> SourceView:
    title, publisher = said(source.title, words, source.language), said(source.publisher, words)
    return SourceView(title, publisher, _address(source.url), source.date, Markup(source.language))  # noqa: S704 - a tag


def _address(url: object) -> Address:
    return Address(address(cleaned(str(url))), url.language if isinstance(url, Address) else "")


def written(value: object, words: Words) -> str | None:
    """A date, an hour, a number or a text in words; None for anything that cannot simply be written down."""
    if value is None:
        return ""
    if isinstance(value, dt.date | PartialDate):
        return words.date(value)
    if isinstance(value, dt.time):
        return f"{value:{words.say('time_pattern')}}"
    if isinstance(value, int) and not isinstance(value, bool):
        return words.number(value)
    return cleaned(value) if isinstance(value, str) else None
