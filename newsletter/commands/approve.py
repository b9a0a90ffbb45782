"""``newsletter approve``: the second pair of eyes -> their word in ``issues/ISSUE.approval.yaml``, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsletter.errors import StoppedForSafety, WrongUsage

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.nouns.letter import Dossier

DIGEST_SHOWN = 12


class NoSuchLanguage(WrongUsage):
    """The issue has no edition in the language asked for."""

    def __init__(self, language: str, there: list[str]) -> None:
        super().__init__(f"There is no edition in {language}.", f"There is: {', '.join(there)}")


class Nameless(WrongUsage):
    """An approval was to be given by nobody."""

    def __init__(self) -> None:
        super().__init__("An approval needs the name of whoever has read the issue.", 'Such as: --by "Rosa Example"')


class NotAgreed(StoppedForSafety):
    """The person at the keyboard said no."""

    def __init__(self) -> None:
        super().__init__("Nothing was approved.", "Read it with: newsletter preview")


@click.command()
@click.argument("issue")
@click.option("--by", required=True, metavar="NAME", help="Who has read it; best somebody who did not write it.")
@click.option("--language", multiple=True, metavar="LANGUAGE", help="Only this edition (may be given more than once).")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def approve(door: Door, issue: str, by: str, language: tuple[str, ...], yes: bool) -> None:  # noqa: FBT001 - click
    """Say that somebody has read an issue and lets it go out as it is.

    The approval holds for exactly these words and pictures: after any change it has to be given again.
    """
    from newsletter.approvals import approve as write_down
    from newsletter.gate import mended
    from newsletter.pipeline import everything, prepare

    if not by.strip():
        raise Nameless
    name = door.workspace.issue(issue)
    prepared = prepare(door.workspace, name, door.settings)
    problems = everything(prepared)
    dossier = mended(prepared, problems)
    meant = _meant(dossier, language)
    for edition in dossier.editions:
        if edition.language in meant:
            digest = dossier.renderings[edition.language].digest[:DIGEST_SHOWN]
            door.say(f"{name} in {edition.language}: “{edition.subject}”, to go out on {edition.send_on} ({digest})")
    warnings = sum(problem.severity == "warning" for problem in problems)
    if warnings:
        door.say(f"It still has {warnings} warning(s): newsletter check {name}")
    if not door.confirm(f"Does {by} approve this?", yes=yes):
        raise NotAgreed
    for edition in dossier.editions:
        if edition.language in meant:
            write_down(door.workspace, edition, dossier.renderings[edition.language], by.strip(), door.now())
            door.out(f"Approved in {edition.language} by {by}. The next step: newsletter send {name}")


def _meant(dossier: Dossier, asked: tuple[str, ...]) -> set[str]:
    there = [edition.language for edition in dossier.editions]
    for language in asked:
        if language not in there:
            raise NoSuchLanguage(language, there)
    return set(asked or there)
