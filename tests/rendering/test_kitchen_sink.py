"""The kitchen sink holds everything that a letter can hold, in each of its languages, and nothing is to be mended in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest

from newsletter.drafting.fields import ASK, COMMON, PARTS
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Edition, Field, Kind, NamedPerson, Picture, Source, Value
from newsletter.pipeline import Prepared, everything, prepare
from newsletter.settings import Settings
from newsletter.workspace import Workspace

WORKSPACE = Workspace(Path(__file__).resolve().parents[2] / "docs" / "kitchen-sink")
LANGUAGES = ("en", "es", "ar")


@cache
def prepared() -> tuple[Prepared, ...]:
    """Its issues, read and rendered once."""
    settings = Settings(public_url="https://news.example.org")
    return tuple(prepare(WORKSPACE, issue, settings) for issue in WORKSPACE.issue_names())


def editions(language: str) -> list[Edition]:
    """Its issues in one language."""
    found = [edition for one in prepared() if one.dossier for edition in one.dossier.editions]
    return [edition for edition in found if edition.language == language]


def test_nothing_is_to_be_mended() -> None:
    """Neither errors nor warnings nor notes, in any issue or language."""
    assert [str(problem) for one in prepared() for problem in everything(one)] == []
    assert [len(editions(language)) for language in LANGUAGES] == [3, 3, 3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_field_and_choice_is_in_it(language: str) -> None:
    """Whoever adds one puts it into docs/kitchen-sink/ too, and so it is seen in every condition of reading."""
    used = {
        use
        for edition in editions(language)
        for section in edition.sections
        for use in _used(section.type.name, section.type.fields, section.values)
    }
    wanted = {want for name, one in read_types(WORKSPACE)[0].items() for want in _wanted(name, one.fields)}
    wanted -= {f"{name}.{one.name}" for name in read_types(WORKSPACE)[0] for one in (*COMMON, *ASK)}
    used_common = {one.rpartition(".")[2] for one in used}
    assert sorted(wanted - used) == []
    assert {one.name for one in (*COMMON, *ASK)} <= used_common
    assert _parts(language) >= {(kind, part.name) for kind, parts in PARTS.items() for part in parts}


def test_more_than_one_country_stands_in_it() -> None:
    """So that names of countries and “In this letter” are seen."""
    countries = [{section.country for section in edition.sections} - {""} for edition in editions("en")]
    assert max(map(len, countries)) > 1


def test_what_is_missing_is_found() -> None:
    """What finds nothing has looked."""
    types = read_types(WORKSPACE)[0]
    bare = _used("figure", types["figure"].fields, {"number": "312"})
    assert set(_wanted("figure", types["figure"].fields)) - set(bare) >= {"figure.meaning", "figure.sources"}


def _wanted(name: str, fields: Iterable[Field]) -> list[str]:
    """Every field of a type, with those of its rows, each choice by itself."""
    found = []
    for one in fields:
        found += [f"{name}.{one.name}={choice}" for choice in one.choices] or [f"{name}.{one.name}"]
        found += _wanted(f"{name}.{one.name}", one.fields if one.kind is Kind.ROWS else ())
    return found


def _used(name: str, fields: Iterable[Field], values: Mapping[str, Value]) -> list[str]:
    found = []
    for one in fields:
        value = values.get(one.name)
        if value in (None, "", ()):
            continue
        found.append(f"{name}.{one.name}={value}" if one.choices else f"{name}.{one.name}")
        if one.kind is Kind.ROWS and isinstance(value, tuple):
            for row in value:
                assert isinstance(row, Mapping)
                found += _used(f"{name}.{one.name}", one.fields, row)
    return found


def _parts(language: str) -> set[tuple[Kind, str]]:
    """The parts of pictures, sources and named persons that are filled in somewhere."""
    kinds = {Picture: Kind.PICTURE, Source: Kind.SOURCES, NamedPerson: Kind.PEOPLE}
    values = [
        value for edition in editions(language) for section in edition.sections for value in section.values.values()
    ]
    single = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
    return {
        (kinds[type(one)], part.name)
        for one in single
        if type(one) in kinds
        for part in PARTS[kinds[type(one)]]
        if getattr(one, part.name)
    }
