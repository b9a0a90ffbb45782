"""``newsletter review``: an issue -> a file for each language that the second reader can be sent, and can answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsletter.errors import ToMend

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.nouns.draft import IssueName


class NothingToRead(ToMend):
    """No edition of the issue can be made yet."""

    def __init__(self, issue: IssueName) -> None:
        super().__init__(
            f"The issue {issue} cannot be made yet, so there is nothing to read.",
            f"newsletter check {issue} says what is to mend.",
        )


@click.command()
@click.argument("issue", required=False)
@click.option("--language", multiple=True, metavar="LANGUAGE", help="Only this edition (may be given more than once).")
@click.pass_obj
def review(door: Door, issue: str | None, language: tuple[str, ...]) -> None:
    """Write an issue as one file to be mailed to whoever reads it before it leaves: outbox/ISSUE/review.html.

    It holds the letter as readers see it, its text, what the program found, and what changed; it needs no connection
    and can be read on a phone. Its two links open an answer with a code, which `newsletter approve --code` takes.
    Other languages have a file of their own, review.es.html.
    """
    from newsletter.gate.leaving import NoSuchEdition
    from newsletter.pipeline import everything, prepare
    from newsletter.review.written import written

    name = door.workspace.issue(issue)
    prepared = prepare(door.workspace, name, door.settings)
    dossier = prepared.dossier
    if dossier is None:
        raise NothingToRead(name)
    made = [edition for edition in dossier.editions if edition.language in dossier.renderings]
    there = [edition.language for edition in made]
    for one in language:
        if one not in there:
            raise NoSuchEdition(one, there)
    problems = everything(prepared)
    for edition in made:
        if edition.language in (language or there):
            path, code = written(door.workspace, dossier, edition, problems, door.now())
            door.out(f"{edition.language}: {path}  {path.stat().st_size / 1000:.0f} kB, code {code}")
    door.say(
        "Mail it as an attachment to somebody who did not write it. With her answer: "
        f"newsletter approve {name} --by NAME --code CODE"
    )
