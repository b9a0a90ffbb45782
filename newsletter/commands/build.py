"""``newsletter build``: an issue -> its files in ``outbox/ISSUE/``, to open in a browser or a mail program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsletter.build import Built
    from newsletter.door import Door
    from newsletter.nouns.letter import Dossier

CLIP = 100_000  # bytes of HTML after which Gmail cuts a letter off


@click.command()
@click.argument("issue", required=False)
@click.pass_obj
def build(door: Door, issue: str | None) -> None:
    """Make an issue's files: a page, a text and a message for each language, and the pictures.

    ISSUE is a name such as 2025-07, or its file; left out, the newest. Nothing is sent, and no list is needed: the
    letter is one for a reader whose name is not known, with a leave link that belongs to nobody.
    """
    from newsletter.build import build as make
    from newsletter.gate.clear import mended
    from newsletter.pipeline import everything, prepare

    name = door.workspace.issue(issue)
    prepared = prepare(door.workspace, name, door.settings)
    dossier = mended(prepared, prepared.problems)
    for built in make(dossier, door.workspace.outbox / str(name), door.settings, door.now()):
        for line in _told(dossier, built):
            door.out(line)
    door.say(f"Open {door.workspace.relative(door.workspace.outbox / str(name))}/email.html in a browser.")
    open_problems = everything(prepared)
    if open_problems:
        door.say(f"It is not all well yet ({len(open_problems)}): newsletter check {name}")


def _told(dossier: Dossier, built: Built) -> Iterator[str]:
    from newsletter.checks.size import weigh

    edition = next(one for one in dossier.editions if one.language == built.language)
    rendered = dossier.renderings[built.language]
    weight = weigh(rendered.html)
    sections = [(weigh(html), section) for html, section in zip(rendered.sections, edition.sections, strict=True)]
    yield f"{built.language}: {edition.subject}"
    for path, kind in ((built.html, "html"), (built.text, "txt"), (built.message, "eml")):
        yield f"  {path}  {built.sizes[kind] / 1000:.0f} kB"
    yield f"  On its way the HTML weighs {weight / 1000:.0f} kB, {weight * 100 // CLIP} % of what Gmail shows in full."
    for size, section in sorted(sections, key=lambda pair: -pair[0]):
        yield f"    {size / 1000:5.1f} kB  {section.type.name}{'  ' + section.title if section.title else ''}"
    yield f"    {(weight - sum(size for size, _ in sections)) / 1000:5.1f} kB  masthead, footer and styles"
