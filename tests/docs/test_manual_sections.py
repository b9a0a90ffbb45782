"""Each section type has its page: a picture, an example that works, and every field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from manual import SECTIONS, of_ones_own
from manual_example import COMMON_NAMES, example, issue
from manual_pictures import HEAVIEST, PUBLIC, WIDTH, Unshowable, shoot, stage
from manual_sections import INDEX, ORDER, PICTURES, alt, in_order, write_sections
from PIL import Image
from playwright.sync_api import Browser

from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Field, IssueName, Kind, SectionType
from newsletter.pipeline import everything, prepare
from newsletter.settings import Settings
from newsletter.workspace import Workspace, shipped

TYPES, _ = read_types(Workspace(shipped()))
ISSUE = IssueName(2025, 7)
EACH = pytest.mark.parametrize("kind", in_order(TYPES), ids=lambda kind: kind.name)
OWN = """
label: Recipe
about: "Something to cook for a meeting. It needs no more than this."
fields:
  title: {kind: text, required: yes, help: "What it is called.", example: "Ceviche: for *twenty*"}
  side: {kind: choice, choices: [left, right], example: left}
  steps:
    kind: rows
    example: "- {what: 'Cut it small.', minutes: 10}"
    fields: {what: {kind: markdown, required: yes, help: "One | two."}, minutes: {kind: number, example: "5"}}
"""


def every(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Fields, and those in their rows."""
    for one in fields:
        yield one
        yield from every(one.fields)


def page(name: str) -> str:
    """A page as it stands."""
    return (SECTIONS / f"{name}.md").read_text("utf-8")


def test_each_type_has_its_page_and_its_picture_and_no_other_is_there() -> None:
    """STYLE 5: a type's manual page is made from it."""
    assert {path.stem for path in SECTIONS.glob("*.md")} == {*TYPES, Path(INDEX).stem}
    assert {path.stem for path in (SECTIONS / PICTURES).glob("*")} == set(TYPES)


def test_the_index_names_each_in_the_order_of_a_letter() -> None:
    """A type that nobody has put into the order comes last."""
    index = page("README")
    places = [index.index(f"]({kind.name}.md)") for kind in in_order(TYPES)]
    assert places == sorted(places)
    assert set(ORDER) <= set(TYPES)
    extra = SectionType("aaa", TYPES["letter"].label, ())
    assert in_order({"aaa": extra, **TYPES})[-1] is extra


@EACH
def test_every_field_stands_in_its_page(kind: SectionType) -> None:
    """STYLE 18: with its label and its help; and what the type is for."""
    text = page(kind.name).replace("\\", "")
    assert kind.about.into("en")
    assert kind.about.into("en") in text
    for one in every(kind.fields):
        if one.name in COMMON_NAMES:
            assert f"`{one.name}`" in text
        else:
            assert f"| **`{one.name}`**<br>{one.label.into('en')} | " in text
            assert " ".join(one.help.into("en").replace("|", "").split()) in text.replace("|", "")
        assert all(f"`{choice}`" in text for choice in one.choices)


@EACH
def test_the_example_works_as_it_stands(kind: SectionType, tmp_path: Path) -> None:
    """Copied into an issue it is read, laid out and checked without a word, and fills every field.

    Some are the sample's own words, which stand in its June issue as well.
    """
    text = example(kind)
    assert f"```yaml\n{text}```" in page(kind.name)
    workspace = stage(Workspace(shipped()), tmp_path / "w")
    for earlier in (shipped() / "issues").glob("202[45]-0[1-6].yaml"):
        (workspace.issues / earlier.name).write_bytes(earlier.read_bytes())
    (workspace.issues / f"{ISSUE}.yaml").write_text(issue([text]), "utf-8")
    prepared = prepare(workspace, ISSUE, Settings(public_url=PUBLIC))
    assert [one for one in everything(prepared) if one.check != "repeated-text"] == []
    assert prepared.dossier
    values = prepared.dossier.editions[0].sections[0].values
    assert set(values) == {
        one.name for one in kind.fields if one.name in kind.also or (one.example and one.name not in COMMON_NAMES)
    }
    assert {one.name for one in kind.fields if one.required} <= set(values)
    assert all(len(line) <= 100 for line in text.splitlines())


@EACH
def test_the_picture_is_small_and_said_in_words(kind: SectionType) -> None:
    """As wide as a letter in a window; who does not see it is told what it shows."""
    path = SECTIONS / PICTURES / f"{kind.name}.png"
    assert path.stat().st_size <= HEAVIEST
    with Image.open(path) as picture:
        assert picture.width == WIDTH
        assert picture.mode == "P"
    assert f"]({PICTURES}/{kind.name}.png)" in page(kind.name)
    assert alt(kind) in page(kind.name).replace("\\", "")
    assert len(alt(kind)) > len(kind.label.into("en")) + 30


def own(root: Path) -> Workspace:
    """A newsletter with a section type of its own."""
    folder = root / "templates" / "sections" / "recipe"
    folder.mkdir(parents=True)
    (folder / "fields.yaml").write_text(OWN, "utf-8")
    (folder / "email.mjml").write_text(
        "<mj-section><mj-column><mj-text>{{ section.title }}</mj-text></mj-column></mj-section>", "utf-8"
    )
    (folder / "email.txt").write_text("{{ section.title }}", "utf-8")
    return Workspace(root)


def test_a_type_of_one_s_own_gets_its_page_too(tmp_path: Path) -> None:
    """Only those of the newsletter's own; what means something in Markdown is shown as it is; old pages go."""
    workspace = own(tmp_path)
    folder = workspace.outbox / "manual" / "sections"
    folder.mkdir(parents=True)
    (folder / "gone.md").write_text("old", "utf-8")
    of_ones_own(workspace, pictures=False)
    assert {path.name for path in folder.glob("*")} == {"README.md", "recipe.md"}
    text = (folder / "recipe.md").read_text("utf-8")
    assert "Ceviche: for \\*twenty\\*" in text
    assert "One \\| two." in text
    assert "one of these words: `left`, `right`" in text
    assert 'title: "Ceviche: for *twenty*"' in text
    assert "### In each of `steps`" in text
    assert write_sections(read_types(workspace)[0], tmp_path / "all")


def test_a_picture_is_cut_to_its_section(tmp_path: Path, browser: Browser) -> None:
    """Nothing of the letter around it; an example that cannot be shown says why."""
    workspace = own(tmp_path / "w")
    kinds, _ = read_types(workspace)
    shown = {name: example(kinds[name]) for name in ("recipe", "petition")}
    small, larger = (Image.open(path).convert("RGB") for path in shoot(browser, workspace, shown, tmp_path / "shots"))
    assert small.size[0] == larger.size[0] == WIDTH
    assert small.size[1] < 100 < larger.size[1] < 600
    yellow = [row for row in range(larger.height) if larger.getpixel((WIDTH // 2, row)) == (255, 230, 0)]
    assert len(yellow) == 8
    with pytest.raises(Unshowable, match="no section type"):
        shoot(browser, workspace, {"gone": "  - type: gone\n"}, tmp_path / "shots")


def test_an_example_is_written_as_one_would_write_it() -> None:
    """Quotes only where they must be, long texts on lines of their own, links whole; days and figures bare."""
    fields = tuple(
        Field(name, kind, TYPES["letter"].label, TYPES["letter"].label, text)
        for name, kind, text in (
            ("title", Kind.TEXT, "Peru: a letter"),
            ("year", Kind.TEXT, "1997"),
            ("word", Kind.TEXT, "yes"),
            ("day", Kind.DATE, "2025-07-04"),
            ("sure", Kind.FLAG, "yes"),
            ("body", Kind.MARKDOWN, "word " * 16 + "[some words](https://example.org/a)\n\nend"),
        )
    )
    lines = example(SectionType("thing", TYPES["letter"].label, fields)).splitlines()
    assert lines[:7] == [
        "  - type: thing",
        '    title: "Peru: a letter"',
        '    year: "1997"',
        '    word: "yes"',
        "    day: 2025-07-04",
        "    sure: yes",
        "    body: |",
    ]
    assert lines[-3:] == ["      [some words](https://example.org/a)", "", "      end"]
