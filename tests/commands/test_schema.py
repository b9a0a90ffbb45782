"""``newsletter schema``: what editors know of an issue, of one's own types too."""

from __future__ import annotations

import json

import pytest

from newsletter.__main__ import main
from newsletter.workspace import Workspace


def test_it_writes_both_and_says_where(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Twice typed, nothing changes; after a new type, it is in it."""
    where = ["--workspace", str(sample.root), "schema"]
    assert main(where) == 0
    said = capsys.readouterr()
    assert said.out.split() == [
        "written",
        "issues/.schema/issue.schema.json",
        "written",
        "issues/.schema/newsletter.schema.json",
    ]
    first = {path: path.read_bytes() for path in sample.schemas.iterdir()}
    assert main(where) == 0
    assert {path: path.read_bytes() for path in sample.schemas.iterdir()} == first
    folder = sample.root / "templates" / "sections" / "recipe"
    folder.mkdir(parents=True)
    (folder / "fields.yaml").write_text("about: How to cook it.\nfields: {title: {kind: text}}\n", "utf-8")
    assert main(where) == 0
    whole = json.loads((sample.schemas / "issue.schema.json").read_text("utf-8"))
    assert "recipe" in whole["$defs"]
    kinds = whole["properties"]["sections"]["items"]["properties"]["type"]
    assert dict(zip(kinds["enum"], kinds["enumDescriptions"], strict=True))["recipe"] == "How to cook it."


@pytest.mark.parametrize("which", ["issue", "profile"])
def test_it_prints_one(sample: Workspace, capsys: pytest.CaptureFixture[str], which: str) -> None:
    """One document on stdout, and nothing is written."""
    assert main(["--workspace", str(sample.root), "schema", "--print", which]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].startswith("https://json-schema.org/")
    assert not sample.schemas.exists()


def test_a_broken_type_of_ones_own_is_told(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """And hides no other."""
    folder = sample.root / "templates" / "sections" / "recipe"
    folder.mkdir(parents=True)
    (folder / "fields.yaml").write_text("fields: {title: {kind: txt}}\n", "utf-8")
    assert main(["--workspace", str(sample.root), "schema"]) == 0
    assert "recipe/fields.yaml" in capsys.readouterr().err
    assert '"petition"' in (sample.schemas / "issue.schema.json").read_text("utf-8")
