"""Fields -> a pydantic model that reads them strictly; a filled model -> the values of a section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, create_model, model_validator
from pydantic import Field as ModelField
from pydantic_core import core_schema

from newsletter.drafting import values
from newsletter.drafting.fields import CORRECTS, EMBARGO, PARTS, PICTURE, SOURCE
from newsletter.drafting.moment import SCHEMA, moment
from newsletter.languages import tag
from newsletter.nouns.draft import (
    IN_LANGUAGE,
    UNSURE,
    Field,
    Kind,
    NamedPerson,
    PartialDate,
    Picture,
    Source,
    Value,
    addresses,
)
from newsletter.yaml_tree.quotes import quoted

LONGEST_SHOWN = 100


LEFT_OUT = object()
"""Stands for a name with nothing after it."""

IN_ANOTHER = object()
"""Stands for a required address that is there in another language: ``url_es`` alone, without ``url``."""


class Strict(BaseModel):
    """A model that refuses what it does not know; a name that it knows, with nothing after it, is not there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_left_out(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        known = {info.alias or name: info for name, info in cls.model_fields.items()}
        left = {key: value for key, value in data.items() if value is not LEFT_OUT or key not in known}
        named = {found["name"] for key in left if key in known and (found := IN_LANGUAGE.fullmatch(key))}
        missing = {name for name in named if name in known and known[name].is_required() and name not in left}
        return left | dict.fromkeys(missing, IN_ANOTHER)


Languages = frozenset[str]
"""Those in which an address may stand beside its own: for ``es``, ``url_es`` beside ``url``."""


NONE = Languages()


def languages_of(data: object) -> Languages:
    """Every language that a name somewhere in the data may speak of, such as ``url_es``."""
    if isinstance(data, list):
        return Languages().union(*map(languages_of, data))
    if not isinstance(data, dict):
        return Languages()
    named = (IN_LANGUAGE.fullmatch(key) for key in data if isinstance(key, str))
    own = {found["language"] for found in named if found and tag(found["language"]) == found["language"]}
    return Languages(own).union(*map(languages_of, data.values()))


def model(name: str, fields: tuple[Field, ...], languages: Languages = NONE, **more: tuple[Any, Any]) -> type[Strict]:
    """The model of some fields. Its attributes have names of their own; the fields' names are their aliases."""
    made = {f"value_{number}": _attribute(one, languages) for number, one in enumerate(_beside(fields, languages))}
    return create_model(name, __base__=Strict, **cast("Any", made | more))


def filled(found: BaseModel) -> dict[str, Value]:
    """What was filled in, under the fields' names."""
    names = {attribute: info.alias or attribute for attribute, info in type(found).model_fields.items()}
    given = {names[attribute]: getattr(found, attribute) for attribute in names if attribute in found.model_fields_set}
    return {name: value for name, value in given.items() if value is not IN_ANOTHER}


def _beside(fields: tuple[Field, ...], languages: Languages) -> Iterator[Field]:
    for one in fields:
        yield one
        if one.kind is Kind.URL:
            for language in sorted(languages):
                yield replace(one, name=f"{one.name}_{language}", required=False)


def _attribute(one: Field, languages: Languages) -> tuple[Any, Any]:
    kind = _type(one, languages)
    if one.required:
        kind = Annotated[kind, AfterValidator(_not_empty)]
    info: dict[str, Any] = {"alias": one.name, "title": one.label.into("en"), "description": one.help.into("en")}
    if one.example:
        info["examples"] = [one.example]
    return kind, ModelField(**info) if one.required else ModelField(default=None, **info)


def _not_empty(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise values.Unfit("Nothing stands here.", "Write something between the quotes.")
    if value == ():
        raise values.Unfit("The list is empty.", "Add a part, with a dash before it.")
    return value


def _type(one: Field, languages: Languages) -> Any:
    for special, read, schema in _SPECIAL:
        if one is special:
            return Annotated[Any, Reads(read, schema)]
    if one.kind in values.READERS:
        reader = _url if one.kind is Kind.URL else values.READERS[one.kind]
        return Annotated[Any, Reads(reader, SCHEMAS[one.kind])]
    if one.kind is Kind.CHOICE:
        return Annotated[Any, Reads(values.choice(one.choices), {"type": "string", "enum": list(one.choices)})]
    if one.kind is Kind.PICTURE:
        return Annotated[_part(one.kind, NONE), BeforeValidator(_no_text(PICTURE)), AfterValidator(_picture)]
    make = {Kind.SOURCES: _source, Kind.PEOPLE: _person, Kind.ROWS: filled}[one.kind]
    parts = one.fields if one.kind is Kind.ROWS else PARTS[one.kind]
    row = model(one.name, parts, languages) if one.kind is Kind.ROWS else _part(one.kind, languages)
    member: Any = Annotated[cast("Any", row), BeforeValidator(_no_text(parts)), AfterValidator(make)]
    return Annotated[list[member], BeforeValidator(_a_list), AfterValidator(tuple)]


@cache
def _part(kind: Kind, languages: Languages) -> type[Strict]:
    return model(kind.value, PARTS[kind], languages)


def _url(value: object) -> object:
    return value if value is IN_ANOTHER else values.url(value)


@dataclass(frozen=True, eq=False)
class Reads:
    """How a single value is read, and how a JSON Schema describes it; stands in an ``Annotated`` type."""

    read: Callable[[object], object]
    schema: Mapping[str, object]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        """What pydantic asks a type for: here only our own function reads the value."""
        del source, handler
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """What pydantic asks a type for when it writes a JSON Schema."""
        del schema, handler
        return dict(self.schema)


TAG = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
LANGUAGE: dict[str, object] = {"type": "string", "pattern": TAG}
DAY = r"^\d{4}-\d{2}-\d{2}$"
SCHEMAS: dict[Kind, dict[str, object]] = {
    Kind.TEXT: {"type": ["string", "number", "boolean"]},  # an editor's YAML takes 2025 for a number
    Kind.MARKDOWN: {"type": "string"},
    Kind.URL: {"type": "string", "pattern": "^($|https?://|mailto:)"},
    Kind.DATE: {"type": "string", "pattern": DAY},
    Kind.PARTIAL_DATE: {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"}]},
    Kind.TIME: {"type": "string", "pattern": r"^\d{1,2}:\d{2}$"},
    Kind.NUMBER: {"type": "integer", "minimum": 0},
    Kind.FLAG: {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no"]}]},
    Kind.CLOSED: {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no", UNSURE]}, {"type": "string", "pattern": DAY}]},
}

_SPECIAL: tuple[tuple[Field, Callable[[object], object], Mapping[str, object]], ...] = (
    (PICTURE[0], values.file, SCHEMAS[Kind.TEXT]),
    (SOURCE[-1], values.tag, LANGUAGE),
    (EMBARGO, moment, SCHEMA),
    (CORRECTS, values.issue, {"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2}-[a-z0-9-]+)?$"}),
)
"""Fields that are read in a way of their own."""


def _no_text(parts: tuple[Field, ...]) -> Callable[[object], object]:
    def mapping(value: object) -> object:
        if isinstance(value, dict):
            return value
        what = "A list stands here" if isinstance(value, list) else "Only a text stands here"
        names = ", ".join(one.name for one in parts)
        raise values.Unfit(f"{what}, but it has parts with names: {names}.", f"Type instead: {_as_parts(parts, value)}")

    return mapping


def _as_parts(parts: tuple[Field, ...], value: object) -> str:
    """The text that stands in place of the parts, put where it most likely belongs."""
    text = value.strip() if isinstance(value, str) and len(value) < LONGEST_SHOWN else ""
    address = text.startswith(("http://", "https://", "www."))
    home = next((one for one in parts if one.kind is Kind.URL), parts[0]) if address else parts[0]
    shown = quoted(text) if text else "..."
    if home is parts[0]:
        return f"{{{home.name}: {shown}, {parts[1].name}: ...}}" if len(parts) > 1 else f"{{{home.name}: {shown}}}"
    return f"{{{parts[0].name}: ..., {home.name}: {shown}}}"


def _a_list(value: object) -> object:
    if isinstance(value, list):
        return value
    raise values.Unfit(
        "A list belongs here.", "Write each of its parts in a line of its own, with a dash and a space before."
    )


def _text(found: Mapping[str, Value], name: str) -> str:
    return str(found.get(name, ""))


def _picture(model: BaseModel) -> Picture:
    found = filled(model)
    alt = _text(found, "alt") if "alt" in found else None
    return Picture(_text(found, "file"), alt, _text(found, "caption"), _text(found, "credit"))


def _source(model: BaseModel) -> Source:
    found = filled(model)
    date = found.get("date")
    known = date if isinstance(date, PartialDate) else None
    there = addresses("url", found)
    url = there.pop("", "")
    return Source(
        _text(found, "title"), _text(found, "publisher"), url, known, _text(found, "language"), tuple(there.items())
    )


def _person(model: BaseModel) -> NamedPerson:
    found = filled(model)
    return NamedPerson(_text(found, "name"), _text(found, "consent"), found.get("at_risk") is True)
