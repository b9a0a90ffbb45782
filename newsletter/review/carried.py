"""An edition and the one before it -> what became of each section: new, carried over, changed, and what is asked no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from newsletter.difference import Paragraph, changes, words
from newsletter.nouns.draft import Edition, NamedPerson, Picture, Section, Source
from newsletter.nouns.letter import Dossier

SHORT = 120  # characters up to which a value is compared as one line


class Fared(StrEnum):
    """What became of a section since last month."""

    NEW = "new"
    SAME = "carried"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class FieldChanged:
    """One field that says something else than before, under the name its type gives it."""

    label: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """A section and how it compares with last month's."""

    kind: str
    title: str
    fared: Fared
    fields: tuple[FieldChanged, ...] = ()


def last_before(dossier: Dossier, language: str) -> Edition | None:
    """The newest earlier issue in this language."""
    return next((one for one in reversed(dossier.earlier) if one.language == language), None)


def carried(edition: Edition, before: Edition) -> list[Carried]:
    """Compare section by section, in the order of the edition; asks that stand here no more come last."""
    left = list(before.sections)
    found = []
    for section in edition.sections:
        old = next((one for one in left if _the_same(one, section)), None)
        if old is None:
            found.append(_told(section, edition.language, Fared.NEW))
            continue
        left.remove(old)
        differ = tuple(_differ(old, section, edition.language))
        found.append(_told(section, edition.language, Fared.CHANGED if differ else Fared.SAME, differ))
    return found + [_told(one, edition.language, Fared.GONE) for one in left if one.type.ask]


def _told(section: Section, language: str, fared: Fared, fields: tuple[FieldChanged, ...] = ()) -> Carried:
    return Carried(section.type.label.into(language), section.title, fared, fields)


def _the_same(old: Section, new: Section) -> bool:
    """Whether two sections are one that was carried over: by id, else by type and title, else word for word."""
    if old.type.name != new.type.name:
        return False
    if old.id or new.id:
        return old.id == new.id
    return old.title == new.title if old.title else old.values == new.values


def _differ(old: Section, new: Section, language: str) -> Iterator[FieldChanged]:
    labels = {one.name: one.label.into(language) for one in new.type.fields}
    for name in dict.fromkeys([*labels, *new.values, *old.values]):
        before, after = (_as_text(section.values.get(name)) for section in (old, new))
        if before == after:
            continue
        short = max(len(before), len(after)) <= SHORT
        shown = (words(before, after),) if short else tuple(changes(before, after))
        yield FieldChanged(labels.get(name, name), shown)


def _as_text(value: object) -> str:
    """A value as one can read it beside another."""
    if isinstance(value, Picture):
        return _listed(value.file, value.alt, value.caption, value.credit)
    if isinstance(value, Source):
        return _listed(value.title, value.publisher, value.url, value.date)
    if isinstance(value, NamedPerson):
        return _listed(value.name, value.consent)
    if isinstance(value, tuple):
        return "\n\n".join(map(_as_text, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_as_text(one)}" for name, one in value.items())
    return _plain(value)


def _listed(*some: object) -> str:
    return ", ".join(str(one) for one in some if one)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return "" if value is None else str(value)
