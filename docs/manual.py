"""The program and its section types -> docs/manual/: what can be made of it is made, with a picture of every section.

Run by ``make manual``, which takes half a minute, or with --text by the tests, which need no browser. In a page,
what stands between ``<!-- made: NAME -->`` and ``<!-- up to here -->`` is made; the rest is written by hand.
``--workspace DIR`` writes the pages of a newsletter's own section types, in its outbox/manual/.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from manual_reference import made
from manual_sections import INDEX, PICTURES, examples, index, section_pages, write_sections
from manual_text import filled

from newsletter.drafting.types import read_types
from newsletter.nouns.draft import SectionType
from newsletter.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ROOT / "docs" / "manual"
SECTIONS = MANUAL / "sections"


def main() -> None:
    """Write every page, then take every picture."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--text", action="store_true", help="only the pages, no pictures")
    asked.add_argument("--workspace", type=Path, metavar="DIR", help="a newsletter with section types of its own")
    said = asked.parse_args()
    if said.workspace:
        of_ones_own(Workspace(said.workspace.resolve()), pictures=not said.text)
        return
    workspace = Workspace(ROOT)
    types = all_types(workspace)
    for path, text in pages(workspace, types).items():
        path.write_text(text, encoding="utf-8", newline="\n")
    write_sections(types, SECTIONS)
    print(f"{len(pages(workspace, types))} pages in {MANUAL.relative_to(ROOT)}/")
    if not said.text:
        shoot_all(workspace, types, SECTIONS)


def all_types(workspace: Workspace) -> dict[str, SectionType]:
    """The section types of a workspace; what is wrong with one ends the run."""
    types, problems = read_types(workspace)
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    return types


def pages(workspace: Workspace, types: dict[str, SectionType]) -> dict[Path, str]:
    """Every page of the manual as it should stand, by its file; pages without a made part stay as they are."""
    parts = made(workspace)
    found = {path: filled(path.read_text("utf-8"), parts) for path in sorted(MANUAL.glob("*.md"))}
    found |= {SECTIONS / name: text for name, text in section_pages(types).items()}
    return {**found, SECTIONS / INDEX: index((SECTIONS / INDEX).read_text("utf-8"), types)}


def of_ones_own(workspace: Workspace, *, pictures: bool = True) -> None:
    """The pages of the types that a newsletter has of its own."""
    types = all_types(workspace)
    own = {name: kind for name, kind in types.items() if (workspace.root / "templates" / "sections" / name).is_dir()}
    folder = workspace.outbox / "manual" / "sections"
    written = write_sections(own, folder)
    print(f"{len(written)} pages in {folder}/")
    if pictures:
        shoot_all(workspace, own, folder)


def shoot_all(workspace: Workspace, types: dict[str, SectionType], folder: Path) -> None:
    """Take the picture of every example."""
    from manual_pictures import chromium, shoot

    with chromium() as browser:
        for picture in shoot(browser, workspace, examples(types), folder / PICTURES):
            print(f"{picture.name}: {picture.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
