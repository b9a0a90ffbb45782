"""Editors are told what may stand where, in the words of the fields' own help."""

from __future__ import annotations

import json
import re
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
        needed = {one.name for one in kind.fields if one.required}
        addresses = {one.name for one in kind.fields if one.kind is Kind.URL}
        assert set(part["required"]) == {"type", *needed - addresses}
        assert {one["anyOf"][0]["required"][0] for one in part.get("allOf", [])} == needed & addresses
        for one in kind.fields:
            assert part["properties"][one.name]["description"] == one.help.into("en")


def test_an_address_may_stand_in_several_languages(types: Mapping[str, SectionType]) -> None:
    """``url_es`` beside ``url``, in a section, a row and a source; one of them is enough, and nothing like it is taken."""
    parts = schema(types)["$defs"]
    petition = parts["petition"]
    for part, name in (
        (petition, "url"),
        (petition["properties"]["sources"]["items"], "url"),
        (parts["urgent-action"]["properties"]["addressees"]["items"], "email"),
        (parts["event"], "online"),
    ):
        pattern = next(one for one in part["patternProperties"] if one.startswith(f"^{name}_"))
        assert part["patternProperties"][pattern]["pattern"] == "^($|https?://|mailto:)"
        assert re.search(pattern, f"{name}_es")
        assert re.search(pattern, f"{name}_pt-BR")
        assert not any(re.search(pattern, wrong) for wrong in (name, f"{name}_", f"{name}_español", f"x{name}_es"))
    pattern = next(iter(petition["patternProperties"]))
    either = [{"required": ["url"]}, {"not": {"propertyNames": {"not": {"pattern": pattern}}}}]
    assert petition["allOf"] == [{"anyOf": either}]


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
            if any(re.search(pattern, key) for pattern in part.get("patternProperties", {})):
                continue
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
