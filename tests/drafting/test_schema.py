"""Editors are told what may stand where, in the words of the fields' own help."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from newsletter.drafting.fields import EDITION
from newsletter.drafting.schema import ISSUE, PROFILE, profile_schema, schema, text, write_schemas
from newsletter.nouns.draft import Kind, SectionType
from newsletter.workspace import shipped

ROOT = shipped()


def test_every_field_of_every_type_is_described(types: Mapping[str, SectionType]) -> None:
    """A field's help is its description; required ones are required; nothing else may stand there."""
    found = schema(types)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(found["properties"]) == [*(one.name for one in EDITION), "sections"]
    for name, kind in types.items():
        part = found["$defs"][name]
        assert part["additionalProperties"] is False
        assert set(part["properties"]) == {"type", *(one.name for one in kind.fields)}
        assert set(part["required"]) == {"type", *(one.name for one in kind.fields if one.required)}
        for one in kind.fields:
            assert part["properties"][one.name]["description"] == one.help.into("en")


def test_a_type_chooses_its_fields(types: Mapping[str, SectionType]) -> None:
    """An editor offers the seven types, and then the fields of the one that was chosen."""
    items = schema(types)["properties"]["sections"]["items"]
    assert items["properties"]["type"]["enum"] == list(types)
    assert [one["then"]["$ref"] for one in items["allOf"]] == [f"#/$defs/{name}" for name in types]


def test_parts_and_choices_are_spelled_out(types: Mapping[str, SectionType]) -> None:
    """A picture's file is required, a source's date may be a year, a flag yes or no."""
    news = schema(types)["$defs"]["news"]["properties"]
    assert news["image"]["required"] == ["file"]
    assert news["sources"]["items"]["properties"]["date"]["anyOf"][0] == {"type": "integer"}
    assert news["significant"]["anyOf"][1] == {"enum": ["yes", "no"]}
    rows = [one for kind in types.values() for one in kind.fields if one.kind is Kind.ROWS]
    assert rows


def keys(data: Any, part: Mapping[str, Any], whole: Mapping[str, Any]) -> Iterator[str]:
    """The keys of a file that its schema does not know."""
    if "$ref" in part:
        part = whole["$defs"][part["$ref"].rpartition("/")[2]]
    if isinstance(data, list):
        for one in data:
            inside = part.get("items", {})
            chosen = one.get("type") if isinstance(one, dict) and "allOf" in inside else None
            yield from keys(one, whole["$defs"][chosen] if chosen else inside, whole)
    elif isinstance(data, dict) and "properties" in part:
        for key, value in data.items():
            if key not in part["properties"]:
                yield key
            else:
                yield from keys(value, part["properties"][key], whole)


def test_the_sample_fits_its_schema(types: Mapping[str, SectionType]) -> None:
    """No sample file is underlined in an editor for a name that the program itself accepts."""
    whole = schema(types)
    for path in sorted((ROOT / "issues").glob("20*.yaml")):
        data = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - strings only
        if "approval" not in path.name:
            assert not list(keys(data, whole, whole)), path.name
            assert set(whole["required"]) <= set(data)
    profile = yaml.load((ROOT / "issues" / "newsletter.yaml").read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - strings, lists, mappings
    assert not list(keys(profile, profile_schema(), profile_schema()))


def test_written_schemas_are_stable(types: Mapping[str, SectionType], tmp_path: Path) -> None:
    """The same types give the same bytes, with Unix line ends on every machine."""
    first = [path.read_bytes() for path in write_schemas(types, tmp_path / "a")]
    assert first == [path.read_bytes() for path in write_schemas(types, tmp_path / "b")]
    assert all(b"\r" not in data and json.loads(data) for data in first)


def test_the_shipped_schemas_are_up_to_date(types: Mapping[str, SectionType]) -> None:
    """What editors are told is what the program reads; ``make schema`` writes them anew."""
    folder = ROOT / "templates" / "schema"
    for name, content in ((ISSUE, schema(types)), (PROFILE, profile_schema())):
        assert (folder / name).read_text("utf-8") == text(content), f"templates/schema/{name} is old: run make schema"
