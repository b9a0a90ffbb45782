"""What a coordinator writes: issue, edition, section, section type, profile, and the small values they hold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from newsletter.nouns.problem import Place, Stretches, place_within

Path = tuple[str | int, ...]
"""The way to a value in a YAML file: ``("sections", 2, "image", "alt")``."""

_NAME = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])-([a-z0-9]+(?:-[a-z0-9]+)*))?")


@dataclass(frozen=True, slots=True, order=True)
class IssueName:
    """An issue's name: its month, ``2025-07``, or a special between two months, ``2025-07-14-apci``."""

    year: int
    month: int
    day: int = 0
    slug: str = ""

    @classmethod
    def parse(cls, text: str) -> IssueName:
        """Read a name as written in a file name or on the command line; ValueError where it is none."""
        found = _NAME.fullmatch(text)
        if not found:
            raise ValueError(text)
        year, month, day, slug = found.groups()
        return cls(int(year), int(month), int(day or 0), slug or "")

    def __str__(self) -> str:
        monthly = f"{self.year:04}-{self.month:02}"
        return f"{monthly}-{self.day:02}-{self.slug}" if self.slug else monthly


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year, as far as it is known (ISO 8601, reduced precision); 0 stands for unknown."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Translated:
    """A phrase in one or more languages; under the key ``""`` it holds for every language."""

    texts: Mapping[str, str]

    def into(self, language: str) -> str:
        """The phrase in this language, else the one for all, else the first that was written."""
        for key in (language, language.partition("-")[0], ""):
            if key in self.texts:
                return self.texts[key]
        return next(iter(self.texts.values()), "")

    def __bool__(self) -> bool:
        return any(self.texts.values())


NOTHING_SAID = Translated({})


class Kind(StrEnum):
    """What a field holds. Checks, forms, the schema and the manual all go by kind."""

    TEXT = "text"  # one line, no markup: str
    MARKDOWN = "markdown"  # str
    URL = "url"  # https, http or mailto: str
    DATE = "date"  # a whole date: datetime.date
    PARTIAL_DATE = "partial-date"  # 2025-06-13, 2025-06 or 2025: PartialDate
    TIME = "time"  # 18:30: datetime.time
    NUMBER = "number"  # a whole number: int
    FLAG = "flag"  # yes or no: bool
    CLOSED = "closed"  # yes, no, unsure, or the day since when: bool, UNSURE or datetime.date
    CHOICE = "choice"  # one of the field's choices: str
    PICTURE = "picture"  # Picture
    SOURCES = "sources"  # tuple[Source, ...]
    PEOPLE = "people"  # tuple[NamedPerson, ...]
    ROWS = "rows"  # tuple[Mapping[str, Value], ...], each with the field's own fields


UNSURE = "unsure"
"""Whether an ask is closed, where somebody has to look."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in ``issues/images/``. ``alt`` is None where the author left it out, "" where it is decoration."""

    file: str
    alt: str | None = None
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a piece of news comes from. ``language`` is that of its title and its page, "" where it is the letter's."""

    title: str
    publisher: str = ""
    url: str = ""
    date: PartialDate | None = None
    language: str = ""
    urls: tuple[tuple[str, str], ...] = ()  # its page in further languages, each with its address


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person at risk or a victim whom a section names, and on what ground the name may stand there."""

    name: str
    consent: str = ""
    at_risk: bool = False


Value = (
    str
    | int
    | bool
    | dt.date
    | dt.time
    | PartialDate
    | Picture
    | tuple[Source, ...]
    | tuple[NamedPerson, ...]
    | tuple[Mapping[str, "Value"], ...]
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a section type, as its ``fields.yaml`` describes it."""

    name: str
    kind: Kind
    label: Translated
    help: Translated
    example: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()  # of a row, where kind is ROWS


@dataclass(frozen=True, slots=True)
class SectionType:
    """A folder of ``templates/sections/``. An ask is something that readers can do, open until ``closes`` (a field).

    Where ``calendar`` is set, a section takes place on its ``date`` and comes with a file for a reader's calendar.
    """

    name: str
    label: Translated
    fields: tuple[Field, ...]
    about: Translated = NOTHING_SAID  # what it is for
    also: Mapping[str, str] = field(default_factory=dict)  # examples of fields that every section has, for its own
    ask: bool = False
    closes: str = ""
    calendar: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an edition; ``values`` holds what its author filled in, under the names of its type's fields."""

    type: SectionType
    values: Mapping[str, Value]
    path: Path

    @property
    def id(self) -> str:
        """What ties the same ask together from issue to issue; "" where there is none."""
        return self._text("id")

    @property
    def country(self) -> str:
        """The key of the country it belongs to; "" where the newsletter covers only one."""
        return self._text("country")

    @property
    def case(self) -> str:
        """What ties sections on one matter together across issues; "" where there is none."""
        return self._text("case")

    @property
    def significant(self) -> bool:
        """Whether it stands on the public page of the year too."""
        return self.values.get("significant") is True

    @property
    def featured(self) -> bool:
        """Whether it is the ask that matters most in its issue."""
        return self.values.get("featured") is True

    @property
    def title(self) -> str:
        """Its title; "" where its type has none."""
        return self._text("title")

    @property
    def named(self) -> str:
        """How a sentence speaks of it: “Its title”, or “this petition”."""
        return f"“{self.title}”" if self.title else f"this {self.type.name}"

    @property
    def listed(self) -> str:
        """How a list names it: its type, and its title where it has one."""
        return f"{self.type.name} “{self.title}”" if self.title else self.type.name

    def _text(self, name: str) -> str:
        value = self.values.get(name)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Edition:
    """An issue in one language: one file."""

    issue: IssueName
    language: str
    subject: str
    preheader: str
    send_on: dt.date
    sections: tuple[Section, ...]
    file: str
    places: Mapping[Path, Place] = field(default_factory=dict, repr=False)
    stretches: Mapping[Path, Stretches] = field(default_factory=dict, repr=False)
    embargo: dt.datetime | None = None  # with its zone: before this moment nothing of the issue leaves
    corrects: IssueName | None = None  # the issue of which it corrects something; it goes only to those who got that

    def place(self, path: Path = (), offset: int | None = None) -> Place:
        """Where the value at this path stands in the file; for a value left out, where its parent stands.

        With an offset, where that character of the value stands: a word of a Markdown body has its own line.
        """
        start = nearest(self.places, path, self.file)
        return start if offset is None else place_within(self.stretches.get(path, ()), offset, start)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a section with the field it fills and the way to it; rows are taken apart.

    An address in a further language (``url_es``) is an entry of its own, of the same field; ``language`` is then its.
    """

    section: Section
    field: Field
    value: Value
    path: Path
    language: str = ""


IN_LANGUAGE = re.compile(r"(?P<name>\w+?)_(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)", re.ASCII)
"""The name of an address in a further language: ``url_es`` beside ``url``."""


def addresses(name: str, values: Mapping[str, Value]) -> dict[str, str]:
    """What stands in a field that holds an address, by language; under "" what stands in the field itself."""
    found: dict[str, str] = {}
    for key, value in values.items():
        named = IN_LANGUAGE.fullmatch(key)
        if isinstance(value, str) and value and (key == name or (named and named["name"] == name)):
            found["" if key == name or not named else named["language"]] = value
    return found


def entries(edition: Edition) -> Iterator[Entry]:
    """Every value of every section, in the order of the file, rows taken apart into their fields."""
    for section in edition.sections:
        yield from _of(section, section.type.fields, section.values, section.path)


def _of(section: Section, fields: tuple[Field, ...], values: Mapping[str, Value], path: Path) -> Iterator[Entry]:
    for one in fields:
        if one.kind is Kind.URL:
            for language, url in addresses(one.name, values).items():
                name = f"{one.name}_{language}" if language else one.name
                yield Entry(section, one, url, (*path, name), language)
            continue
        value = values.get(one.name)
        if value is None:
            continue
        yield Entry(section, one, value, (*path, one.name))
        if one.kind is Kind.ROWS and isinstance(value, tuple):
            for number, row in enumerate(value):
                if isinstance(row, Mapping):
                    yield from _of(section, one.fields, row, (*path, one.name, number))


def nearest(places: Mapping[Path, Place], path: Path, file: str) -> Place:
    """The place of the value at this path, or of the closest thing around it that does stand in the file."""
    while path and path not in places:
        path = path[:-1]
    return places.get(path, Place(file))


@dataclass(frozen=True, slots=True)
class YearlyReport:
    """The yearly report on a country, as its public page shows it. ``body`` is Markdown."""

    title: Translated
    body: Translated
    published: PartialDate | None = None
    url: Translated = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Country:
    """One of the countries that the newsletter covers. ``about`` is Markdown for its public page."""

    key: str
    name: Translated
    page: Translated = NOTHING_SAID
    about: Translated = NOTHING_SAID
    report: YearlyReport | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who answers for the newsletter: what law asks every letter to say."""

    name: str = ""
    legal: str = ""
    charity_number: str = ""
    postal_address: str = ""
    privacy_url: Translated = NOTHING_SAID
    complaints: str = ""  # an address or a page


@dataclass(frozen=True, slots=True)
class Sender:
    """From whom the letters come. ``ehlo`` is the name given to the mail server, ``list_id`` as in RFC 2919."""

    name: str = ""
    address: str = ""
    reply_to: str = ""
    list_id: str = ""
    ehlo: str = ""


@dataclass(frozen=True, slots=True)
class Coordinator:
    """One of the people who write the newsletter."""

    name: str
    role: Translated = NOTHING_SAID
    portrait: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """The few choices of design that are the group's own: colours as ``#rrggbb``, a logo in ``issues/images/``, fonts."""

    accent: str = "#ffe600"
    ink: str = "#141414"
    paper: str = "#ffffff"
    logo: str = ""
    font: tuple[str, ...] = ("Helvetica Neue", "Helvetica", "Arial")


@dataclass(frozen=True, slots=True)
class Profile:
    """The standing facts that every issue shares: ``issues/newsletter.yaml``."""

    title: Translated
    languages: tuple[str, ...]
    countries: Mapping[str, Country]
    organisation: Organisation = Organisation()
    sender: Sender = Sender()
    coordinators: tuple[Coordinator, ...] = ()
    test_addresses: tuple[str, ...] = ()
    leave_by_mail: str = ""
    approval_required: bool = True
    campaign_hosts: tuple[str, ...] = ()
    look: Look = Look()
    pause: tuple[PartialDate, ...] = ()  # months without an issue
    timezone: str = ""  # whose clock hours of the newsletter's own are on: IANA's name; "" for the computer's
    file: str = "issues/newsletter.yaml"
    places: Mapping[Path, Place] = field(default_factory=dict, repr=False)
    stretches: Mapping[Path, Stretches] = field(default_factory=dict, repr=False)

    def place(self, path: Path = (), offset: int | None = None) -> Place:
        """Where the value at this path stands in the file, as `Edition.place` tells it."""
        start = nearest(self.places, path, self.file)
        return start if offset is None else place_within(self.stretches.get(path, ()), offset, start)
