"""Section types -> JSON Schema (draft 2020-12) of an issue's file and of the profile, for editors that help to type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from newsletter.drafting.fields import EDITION
from newsletter.drafting.models import SCHEMAS, TAG, model
from newsletter.drafting.profile import ProfileFile
from newsletter.nouns.draft import Kind, SectionType
from newsletter.write_file import write_file

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ISSUE = "issue.schema.json"
PROFILE = "newsletter.schema.json"


def schema(types: Mapping[str, SectionType]) -> dict[str, Any]:
    """The JSON Schema of an issue's file; each field is described by its help."""
    whole = _of_model(model("Issue", EDITION))
    parts = {name: _section(kind) for name, kind in types.items()}
    whole["properties"]["sections"] = {
        "type": "array",
        "minItems": 1,
        "description": "The parts of the issue, in their order.",
        "items": _any_section(types),
    }
    whole["required"] = [*whole.get("required", []), "sections"]
    whole["$defs"] = parts
    return {"$schema": DIALECT, "title": "An issue of the newsletter"} | whole


def profile_schema() -> dict[str, Any]:
    """The JSON Schema of issues/newsletter.yaml."""
    return {"$schema": DIALECT, "title": "The newsletter's standing facts"} | _of_model(ProfileFile)


def write_schemas(types: Mapping[str, SectionType], folder: Path) -> tuple[Path, ...]:
    """Make a folder hold both schemas as they are now; where they are. Raises CannotWrite."""
    written = []
    for name, content in ((ISSUE, schema(types)), (PROFILE, profile_schema())):
        path, data = folder / name, text(content).encode("utf-8")
        if not path.is_file() or path.read_bytes() != data:
            write_file(path, data)
        written.append(path)
    return tuple(written)


def text(content: Mapping[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _of_model(made: type[BaseModel]) -> dict[str, Any]:
    """A model's schema without the names that pydantic gives by itself, its parts in their places."""
    found: dict[str, Any] = made.model_json_schema()
    definitions = found.pop("$defs", {})
    result: dict[str, Any] = _resolved(found, definitions)
    result.pop("title", None)
    result.pop("description", None)
    return result


def _resolved(part: Any, definitions: Mapping[str, Any]) -> Any:
    if isinstance(part, list):
        return [_resolved(one, definitions) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        named = definitions[part["$ref"].rpartition("/")[2]]
        own = {key: value for key, value in part.items() if key != "$ref"}
        inside = {key: value for key, value in named.items() if key not in {"title", "description"}}
        return _resolved(inside | own, definitions)
    return {key: _resolved(value, definitions) for key, value in part.items() if key != "default" or _is_field(value)}


def _is_field(value: Any) -> bool:
    """Whether what stands under ``default`` is a field of that name, not the value that a field has by itself."""
    return isinstance(value, dict) and "title" in value


def _section(kind: SectionType) -> dict[str, Any]:
    found: dict[str, Any] = _in_languages(_of_model(model(kind.name, kind.fields)))
    label = kind.label.into("en")
    about = kind.about.into("en") or f"A section of the type {kind.name}: {label}."
    own = {"type": {"const": kind.name, "description": about}}
    found["properties"] = own | found["properties"]
    found["required"] = ["type", *found.get("required", [])]
    return {"title": label} | found


def _in_languages(part: Any) -> Any:
    """The part, in which each address may have others beside it: ``url_es``; one of them is enough where one has to be."""
    if isinstance(part, list):
        return [_in_languages(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {key: _in_languages(value) for key, value in part.items()}
    properties = part.get("properties", {})
    urls = {name: one for name, one in properties.items() if one.get("pattern") == SCHEMAS[Kind.URL]["pattern"]}
    if not urls or "type" not in part:
        return found
    patterns = {name: f"^{name}_{TAG[1:]}" for name in urls}
    found["patternProperties"] = {
        patterns[name]: {
            **SCHEMAS[Kind.URL],
            "description": f"The same page in another language: {name}_es in Spanish.",
        }
        for name in urls
    }
    needed = [name for name in part.get("required", []) if name in urls]
    if needed:
        found["required"] = [name for name in part["required"] if name not in urls]
        found["allOf"] = [
            {"anyOf": [{"required": [name]}, {"not": {"propertyNames": {"not": {"pattern": patterns[name]}}}}]}
            for name in needed
        ]
    return found


def _any_section(types: Mapping[str, SectionType]) -> dict[str, Any]:
    """Which fields a section may have goes by its type; an editor then offers those, and names the wrong ones."""
    return {
        "type": "object",
        "required": ["type"],
        "properties": {
            "type": {
                "enum": list(types),
                "enumDescriptions": [one.about.into("en") or one.label.into("en") for one in types.values()],
                "description": "Of which type the section is.",
            }
        },
        "allOf": [
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": {"$ref": f"#/$defs/{name}"},
            }
            for name in types
        ],
    }
