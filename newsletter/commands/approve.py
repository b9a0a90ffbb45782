"""``newsletter approve``: the second pair of eyes -> their word in ``issues/ISSUE.approval.yaml``, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsletter.errors import StoppedForSafety

if TYPE_CHECKING:
    from newsletter.door import Door


class NotAgreed(StoppedForSafety):
    """The person at the keyboard said no."""

    def __init__(self) -> None:
        super().__init__("Nothing was approved.", "Read it with: newsletter preview")


@click.command()
@click.argument("issue")
@click.option("--by", required=True, metavar="NAME", help="Who has read it; best somebody who did not write it.")
@click.option("--code", "codes", multiple=True, metavar="CODE", help="The code in the answer to `newsletter review`.")
@click.option("--language", multiple=True, metavar="LANGUAGE", help="Only this edition (may be given more than once).")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def approve(door: Door, issue: str, by: str, codes: tuple[str, ...], language: tuple[str, ...], *, yes: bool) -> None:
    """Say that somebody has read an issue and lets it go out as it is.

    The approval holds for exactly these words and pictures, this sender and subject: after any change it has to be
    given again. With the code of an answer to `newsletter review`, it counts for the edition that was read, and only
    if that has not changed since. It is a record of who said yes to what, not a proof.
    """
    from newsletter.gate.clear import mended
    from newsletter.pipeline import everything, prepare
    from newsletter.review.let_go import Nameless, let_go, meant

    if not by.strip():
        raise Nameless
    name = door.workspace.issue(issue)
    prepared = prepare(door.workspace, name, door.settings)
    problems = everything(prepared)
    dossier = mended(prepared, problems)
    read = meant(door.workspace, dossier, codes, language)
    for edition in dossier.editions:
        if edition.language in read:
            code = read[edition.language].code
            door.say(f"{name} in {edition.language}: “{edition.subject}”, to go out on {edition.send_on} ({code})")
    warnings = sum(problem.severity == "warning" for problem in problems)
    if warnings:
        door.say(f"It still has {warnings} warning(s): newsletter check {name}")
    if not door.confirm(f"Does {by} approve this?", yes=yes or bool(codes)):
        raise NotAgreed
    let_go(door.workspace, dossier, read, by, door.now(), how="code" if codes else "")
    for one in read:
        door.out(f"Approved in {one} by {by}. The next step: newsletter send {name}")
