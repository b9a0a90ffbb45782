"""A section type is one folder: its fields.yaml is read, or told what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.drafting.fields import COMMON
from newsletter.drafting.read import read
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Kind
from newsletter.nouns.problem import Problem
from newsletter.workspace import Workspace, shipped

RECIPE = """\
label: {en: Recipe, es: Receta}
ask: yes
closes: cook_by
fields:
  title: {kind: text, required: yes, label: Title, help: "What it is.", example: "Ceviche"}
  cook_by: {kind: date}
  side: {kind: choice, choices: [left, right]}
  steps:
    kind: rows
    required: yes
    fields:
      what: {kind: markdown, required: yes}
      minutes: {kind: number}
"""


def workspace(root: Path, text: str, name: str = "recipe") -> Workspace:
    """A workspace with a section type of its own."""
    folder = root / "templates" / "sections" / name
    folder.mkdir(parents=True)
    (folder / "fields.yaml").write_text(text, encoding="utf-8")
    return Workspace(root)


def problems_of(root: Path, text: str) -> list[Problem]:
    """What is wrong with a type; it is left out, the others stay."""
    types, problems = read_types(workspace(root, text))
    assert "recipe" not in types
    assert "letter" in types
    return problems


def test_the_shipped_types_are_there() -> None:
    """The seven of this version, each with the fields that every section has."""
    types, problems = read_types(Workspace(shipped()))
    assert problems == []
    assert {"letter", "news", "petition", "event", "report", "in-brief", "picture"} <= set(types)
    for kind in types.values():
        assert [one.name for one in kind.fields][-len(COMMON) :] == [one.name for one in COMMON]
        assert all(one.help for one in kind.fields), kind.name
        assert kind.about, f"{kind.name}: say in about: what it is for"
    assert (types["petition"].ask, types["petition"].closes) == (True, "until")
    assert (types["event"].ask, types["event"].closes) == (True, "date")


def test_a_new_type_needs_one_folder_and_no_other_edit(tmp_path: Path) -> None:
    """Dropped into a workspace, it is read, validated and typed like any other."""
    types, problems = read_types(workspace(tmp_path, RECIPE))
    assert problems == []
    recipe = types["recipe"]
    assert (recipe.label.into("es"), recipe.ask, recipe.closes) == ("Receta", True, "cook_by")
    kinds = {one.name: one.kind for one in recipe.fields}
    assert (kinds["steps"], kinds["side"], kinds["people"]) == (Kind.ROWS, Kind.CHOICE, Kind.PEOPLE)
    path = tmp_path / "2025-07.yaml"
    head = "subject: S\npreheader: P\nsend_on: 2025-07-04\nsections:\n"
    body = "  - type: recipe\n    title: T\n    side: left\n    steps: [{what: cut, minutes: 5}]\n"
    path.write_text(head + body, encoding="utf-8")
    edition, problems = read(path, types, root=tmp_path, language="en")
    assert edition is not None, problems
    assert edition.sections[0].values["steps"] == ({"what": "cut", "minutes": 5},)
    path.write_text(head + body.replace("left", "lefft").replace("5", "five"), encoding="utf-8")
    _, problems = read(path, types, root=tmp_path, language="en")
    assert [(str(one.place), one.hint) for one in problems] == [
        ("2025-07.yaml:7:11", "Did you mean “left”?"),
        ("2025-07.yaml:8:34", "Type digits only, such as 48."),
    ]


def test_a_type_says_what_it_is_for_and_what_its_example_is(tmp_path: Path) -> None:
    """An example keeps its paragraphs; ``also`` holds examples of the fields that every section has."""
    said = RECIPE.replace("ask: yes", "about: A dish.\nalso: {country: peru}")
    whole = said.replace("{kind: date}", "\n    kind: markdown\n    example: |\n      One.\n\n      Two.").replace(
        "closes: cook_by\n", ""
    )
    types, problems = read_types(workspace(tmp_path, whole))
    assert problems == []
    recipe = types["recipe"]
    assert (recipe.about.into("en"), recipe.also) == ("A dish.", {"country": "peru"})
    assert next(one.example for one in recipe.fields if one.name == "cook_by") == "One.\n\nTwo."


def test_a_workspace_s_fields_go_before_the_shipped_ones(tmp_path: Path) -> None:
    """Changing what a letter may hold means copying one file."""
    types, _ = read_types(workspace(tmp_path, "fields:\n  body: {kind: markdown}\n  mood: {kind: text}\n", "letter"))
    assert [one.name for one in types["letter"].fields][:2] == ["body", "mood"]


def test_a_changed_look_alone_keeps_the_shipped_fields(tmp_path: Path) -> None:
    """A workspace overrides file by file: a new email.mjml does not lose the fields."""
    folder = tmp_path / "templates" / "sections" / "letter"
    folder.mkdir(parents=True)
    (folder / "email.mjml").write_text("<mj-text/>", encoding="utf-8")
    types, problems = read_types(Workspace(tmp_path))
    assert problems == []
    assert "body" in {one.name for one in types["letter"].fields}


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("kind: number", "kind: nomber", 13, "Did you mean “number”?"),
        ("kind: date", "knd: date", 6, "Did you mean “kind”?"),
        ("closes: cook_by", "closes: title", 3, "not a field that holds a date"),
        ("cook_by: {", "Cook by: {", 6, "cannot be a field's name"),
        ("side: {kind: choice, choices: [left, right]}", "side: {kind: choice}", 7, "from nothing"),
        ("  title:", "  country:", 5, "every section has already"),
        ("ask: yes", "ask: perhaps", 2, "neither yes nor no"),
        ("ask: yes", "also: {cuntry: peru}", 2, "Did you mean “country”?"),
        ("ask: yes", "abuot: A dish.", 2, "Did you mean “about”?"),
        ("label: {en: Recipe, es: Receta}", "label: [Recipe]", 1, "one for each language"),
    ],
)
def test_a_broken_type_is_told_at_its_place(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    """Its problems stand in its own fields.yaml."""
    assert old in RECIPE
    problems = problems_of(tmp_path, RECIPE.replace(old, new))
    told = {one.place.line: f"{one.message} {one.hint}" for one in problems}
    assert message in told[line]
    assert {one.place.file for one in problems} == {"templates/sections/recipe/fields.yaml"}


def test_rows_without_fields_and_no_fields_at_all(tmp_path: Path) -> None:
    """A type that could hold nothing is none."""
    (problem,) = problems_of(tmp_path / "a", "fields:\n  steps: {kind: rows}\n")
    assert "rows without fields" in problem.message
    (problem,) = problems_of(tmp_path / "b", "fields: {}\n")
    assert "at least one field" in problem.message
    assert problems_of(tmp_path / "c", "a: [b\n")


def test_a_folder_without_fields_is_told(tmp_path: Path) -> None:
    """An unfinished section type says what it lacks."""
    (tmp_path / "templates" / "sections" / "recipe").mkdir(parents=True)
    types, problems = read_types(Workspace(tmp_path))
    assert "recipe" not in types
    assert "sections/recipe/fields.yaml is missing" in problems[0].message
