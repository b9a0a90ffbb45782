"""Everything that a volunteer can type stands in the manual, and what the manual says is so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from manual import MANUAL, SECTIONS, pages
from manual_reference import READ_BY, made, profile_keys
from manual_text import KINDS, Unmade, filled, made_parts

from newsletter.__main__ import _group
from newsletter.drafting.clippings import Head, read_clippings
from newsletter.drafting.fields import ASK, COMMON, EDITION, PERSON, PICTURE, SOURCE
from newsletter.drafting.read import read
from newsletter.drafting.schema import profile_schema
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Kind, SectionType
from newsletter.pipeline import everything, prepare
from newsletter.platforms.platform import read_platforms
from newsletter.settings import Settings, env_example
from newsletter.words import read_words
from newsletter.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(MANUAL.rglob("*.md"))
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r'\]\(([^()\s]+)\)|(?:href|src)="([^"]+)"')


@pytest.fixture(scope="module")
def types() -> dict[str, SectionType]:
    """The shipped types."""
    found, problems = read_types(Workspace(ROOT))
    assert problems == []
    return found


def page(name: str) -> str:
    """A page as it stands."""
    return (MANUAL / name).read_text("utf-8")


def blocks(name: str, language: str = "yaml") -> list[str]:
    """The pieces of a page that are there to be copied."""
    return [found[2] for found in BLOCK.finditer(page(name)) if found[1] == language]


def test_every_page_is_up_to_date(types: dict[str, SectionType]) -> None:
    """STYLE 18: what is made from the program is what the program says now; twice made, it is the same."""
    first, again = pages(Workspace(ROOT), types), pages(Workspace(ROOT), types)
    assert first == again
    old = [path.name for path, text in first.items() if not path.exists() or path.read_text("utf-8") != text]
    assert old == [], "run: make manual"


def test_no_part_is_left_unmade() -> None:
    """Each made part stands on one page, and a page that asks for another is refused."""
    asked = [name for path in PAGES for name in made_parts(path.read_text("utf-8"))]
    assert sorted(asked) == sorted([*made(Workspace(ROOT)), "sections"])
    with pytest.raises(Unmade, match="weather"):
        filled("<!-- made: weather -->\n<!-- up to here -->", {})


def test_every_page_can_be_reached() -> None:
    """From the README by the manual's first page, and from there to each."""
    assert "docs/manual/README.md" in (ROOT / "README.md").read_text("utf-8")
    reached, ways = set(), [MANUAL / "README.md"]
    while ways:
        path = ways.pop()
        if path not in reached and path.suffix == ".md":
            reached.add(path)
            ways += [(path.parent / target.partition("#")[0]).resolve() for target in targets(path) if target[0] != "#"]
    assert set(PAGES) <= reached


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(MANUAL).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    """To a page that is there, and to a heading that stands on it."""
    for target in targets(path):
        file, _, heading = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        assert found.exists(), target
        if heading:
            assert heading in headings(found), target


def targets(path: Path) -> list[str]:
    """Where a page's links lead, apart from the web."""
    text = BLOCK.sub("", path.read_text("utf-8"))
    found = [one or other for one, other in LINK.findall(re.sub(r"`[^`]*`", "", text))]
    return [target for target in found if not target.startswith(("https://", "mailto:"))]


def headings(path: Path) -> set[str]:
    """The names by which a page's headings are linked to."""
    titles = re.findall(r"^#+ (.*)$", BLOCK.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_field_of_every_issue_stands_there() -> None:
    """Of the issue, of every section, of a picture, a source and a person, each with its help."""
    text = page("issue.md")
    for one in (*EDITION, *COMMON, *ASK, *PICTURE, *SOURCE, *PERSON):
        assert f"**`{one.name}`**" in text
        assert one.help.into("en").split(":")[0] in text


def test_every_kind_is_said_in_plain_words() -> None:
    """A new kind of field is told to volunteers too."""
    assert set(KINDS) == set(Kind)
    assert all(f"| `{kind.value}` |" in page("own-type.md") for kind in Kind)


def keys(part: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The keys of the profile, from its schema."""
    for name, inner in part.get("properties", {}).items():
        yield f"{before}{name}"
        for choice in (inner, *inner.get("anyOf", [])):
            yield from keys(choice, f"{before}{name}.")
            yield from keys(choice.get("items", {}), f"{before}{name}[].")
            several = choice.get("additionalProperties")
            yield from keys(several if isinstance(several, dict) else {}, f"{before}{name}.KEY.")


def test_every_key_of_the_profile_stands_there() -> None:
    """With what one types: no row is empty but those that hold others."""
    found = list(keys(profile_schema()))
    assert len(found) > 30
    assert sorted(profile_keys()) == sorted(found)
    rows = dict(re.findall(r"^\| `([^`]+)` \| (.*?) \|", page("profile.md"), re.MULTILINE))
    assert set(rows) == set(found)
    assert all(
        typed for key, typed in rows.items() if not any(other.startswith((f"{key}.", f"{key}[")) for other in found)
    )
    assert all(READ_BY.values())


def test_every_setting_stands_there() -> None:
    """With its help, as .env.example says it."""
    names = re.findall(r"^#(NEWSLETTER_\w+)=", env_example(), re.MULTILINE)
    helps = re.findall(r"^# (.*)\n#NEWSLETTER_", env_example(), re.MULTILINE)
    assert len(names) == len(helps) >= 9
    assert all(f"| `{name}` | {said} |" in page("settings.md") for name, said in zip(names, helps, strict=True))


def commands(group: click.Group, before: str) -> Iterator[tuple[str, click.Command]]:
    """Every command with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        yield f"{before} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")


def test_every_command_and_option_stands_there() -> None:
    """Those inside others too."""
    there = page("commands.md")
    found = dict(commands(_group(), "newsletter"))
    assert {"newsletter check", "newsletter subscribers import"} <= set(found)
    for called, command in found.items():
        mine = re.search(rf"^#+ `{called}`$(.*?)(?=^##|\Z)", there, re.DOTALL | re.MULTILINE)
        assert mine, called
        for one in command.params:
            if one.name != "workspace":
                name = one.opts[-1] if isinstance(one, click.Option) else one.make_metavar(click.Context(command))
                assert name in mine[1], f"{called} {name}"


def test_every_exit_code_stands_there() -> None:
    """As the program gives them."""
    from newsletter import errors

    codes = {one.exit_code for one in errors.NewsletterError.__subclasses__()}
    assert all(f"\n| {code} | " in page("commands.md") for code in {0, 130, *codes})


def test_every_check_and_platform_and_language_stands_there() -> None:
    """A new member of a family is in the manual, or this says that it is not."""
    names = [path.stem.replace("_", "-") for path in (ROOT / "newsletter" / "checks").glob("[!_]*.py")]
    assert len(names) > 10
    assert all(f"| [`{name}`](checks/{name}.md) | " in page("checks.md") for name in names)
    for platform in read_platforms().values():
        assert f"## {platform.name}\n" in page("platforms.md")
        assert f"--for {platform.key}\n" in page("platforms.md")
    for path in (ROOT / "templates" / "words").glob("*.yaml"):
        assert f"| `{path.stem}` | " in page("languages.md")


def test_every_other_word_in_brackets_is_explained() -> None:
    """Problems come from reading and laying out too; their words stand on the page of the checks."""
    sources = [path.read_text("utf-8") for path in (ROOT / "newsletter").rglob("*.py") if path.parent.name != "checks"]
    named = re.compile(r'Severity\.[A-Z]+, "([a-z-]+)"|^CHECK = "([a-z-]+)"', re.MULTILINE)
    words = {one or other for text in sources for one, other in named.findall(text)}
    assert {"yaml", "file-name"} <= words
    assert [word for word in sorted(words) if f"`{word}`" not in page("checks.md")] == []


def test_the_note_of_the_manual_is_one(sample: Workspace) -> None:
    """It is read without a problem when it is copied, and every name that may stand in its head is explained."""
    (sample.issues / "clippings" / "a.txt").write_text(blocks("sources.md", "")[1], "utf-8")
    found, problems = read_clippings(sample)
    assert problems == []
    assert found[0].own
    assert [name for name in Head.model_fields if f"`{name}`" not in page("sources.md")] == []


def test_the_issue_of_the_manual_is_one(sample: Workspace, types: dict[str, SectionType]) -> None:
    """What stands on the page on issues is read without a problem when it is copied."""
    path = sample.issues / "2025-07.yaml"
    path.write_text(blocks("issue.md")[0], "utf-8")
    edition, problems = read(path, types, root=sample.root, language="en")
    assert edition
    assert problems == []


def test_a_type_of_one_s_own_as_the_manual_makes_it(sample: Workspace) -> None:
    """Its three files, copied from the page, make a section that is read, shown and sent."""
    folder = sample.root / "templates" / "sections" / "recipe"
    folder.mkdir(parents=True)
    for name, language in (("fields.yaml", "yaml"), ("email.mjml", "xml"), ("email.txt", "")):
        (folder / name).write_text(blocks("own-type.md", language)[0], "utf-8")
    kinds, problems = read_types(sample)
    assert problems == []
    head = "subject: One recipe, and why it is here\npreheader: What we cook when we meet, and for whom we do it\n"
    section = "  - {type: recipe, title: Ceviche, body: Cut it small., minutes: 40}\n"
    (sample.issues / "2025-07.yaml").write_text(f"{head}send_on: 2025-07-04\nsections:\n{section}", "utf-8")
    (sample.issues / "2025-07.es.yaml").unlink()
    shutil.rmtree(sample.issues / "clippings")  # no source of ours speaks of recipes
    prepared = prepare(sample, sample.issue("2025-07"), Settings())
    assert everything(prepared) == ()
    assert prepared.dossier
    rendered = prepared.dossier.renderings["en"]
    for written in (rendered.html, rendered.text):
        words = "".join(piece for piece in written if isinstance(piece, str))
        assert all(said in words for said in (kinds["recipe"].label.into("en"), "Ceviche", "Cut it small.", "40"))


def test_words_copied_from_the_manual_are_words(sample: Workspace) -> None:
    """The page on languages holds all that there is to translate."""
    folder = sample.root / "templates" / "words"
    folder.mkdir(parents=True)
    (folder / "nl.yaml").write_text(blocks("languages.md")[0], "utf-8")
    assert read_words(sample, "nl").phrases == read_words(sample, "en").phrases


def test_no_page_is_long() -> None:
    """A page of the manual is short enough to be read; the tour is a table in which one looks things up."""
    assert all(path.stat().st_size < 24_000 for path in PAGES if path.name != "tour.md")
    assert {path.name for path in SECTIONS.glob("*.md")} > {"README.md"}
