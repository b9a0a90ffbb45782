"""``newsletter check``: an issue -> everything wrong with it at once, each with its place and the way on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.mending import Mended
    from newsletter.nouns.draft import IssueName
    from newsletter.nouns.letter import Dossier, SpamScore, Visit
    from newsletter.nouns.problem import Problem

FOUND = 1  # the exit code where something has to be mended


@click.command()
@click.argument("issue", required=False)
@click.option("--all", "everything", is_flag=True, help="Spell out all of them, not only the gravest.")
@click.option("--fix", is_flag=True, help="Mend what needs no judgement; shows each change first.")
@click.option("--yes", is_flag=True, help="With --fix: do not ask.")
@click.option("--online", is_flag=True, help="Ask each link on the web whether it still works; once a day.")
@click.option("--spam", is_flag=True, help="Ask SpamAssassin on this machine what it makes of the letter.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout, for programs.")
@click.pass_obj
def check(door: Door, /, issue: str | None, **asked: bool) -> None:
    """Look an issue over: what must be mended before sending, spelled out, and the rest in counts.

    ISSUE is a name such as 2025-07, or its file; left out, the newest. Deadlines are judged by the day in send_on.
    """
    from newsletter.nouns.problem import in_file_order
    from newsletter.problems_told import plain, problems_told

    name = door.workspace.issue(issue)
    problems = _problems(door, name, online=asked["online"], spam=asked["spam"])
    if asked["fix"] and _mended(door, problems, yes=asked["yes"]):
        problems = _problems(door, name, online=asked["online"], spam=asked["spam"])
    if asked["as_json"]:
        door.json([plain(problem) for problem in sorted(problems, key=in_file_order)])
    else:
        for line in problems_told(str(name), problems, everything=asked["everything"]):
            door.out(line)
    if any(problem.severity == "error" for problem in problems):
        click.get_current_context().exit(FOUND)


def _problems(door: Door, name: IssueName, *, online: bool, spam: bool) -> tuple[Problem, ...]:
    from newsletter.pipeline import everything, prepare

    prepared = prepare(door.workspace, name, door.settings)
    if online and prepared.dossier:
        dossier = replace(prepared.dossier, visits=_visits(door, prepared.dossier))
        prepared = replace(prepared, dossier=dossier)
    if spam and prepared.dossier:
        prepared = replace(prepared, dossier=replace(prepared.dossier, spam=_spam(door, prepared.dossier)))
    return everything(prepared)


def _spam(door: Door, dossier: Dossier) -> Mapping[str, SpamScore]:
    """Let SpamAssassin judge each edition, as a reader without a name would get it."""
    from newsletter.build import sample_message
    from newsletter.spamd import spam_score

    messages = {
        language: sample_message(dossier.profile, rendered, door.settings, door.now())
        for language, rendered in dossier.renderings.items()
    }
    return {language: spam_score(message, port=door.settings.spamd_port) for language, message in messages.items()}


def _visits(door: Door, dossier: Dossier) -> Mapping[str, Visit]:
    """Ask every address of the issue, and show how far that is."""
    from rich.console import Console
    from rich.progress import Progress

    from newsletter.reading.passages import links
    from newsletter.web.visits import visits

    addresses = [one.url for edition in dossier.editions for one in links(edition) if one.url.startswith("http")]
    file = door.workspace.outbox / ".cache" / "links.json"
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("Asking the links of the issue", total=None)

        def done(known: int, wanted: int) -> None:
            progress.update(bar, completed=known, total=wanted)

        return visits(addresses, file, now=door.now(), probe=door.probe, done=done)


def _mended(door: Door, problems: tuple[Problem, ...], *, yes: bool) -> bool:
    """Show what would change, ask, keep a copy of each file, and write; whether anything was written."""
    from newsletter.mending import mend
    from newsletter.snapshots import mended

    files = mend(door.workspace, problems)
    if not files:
        door.say("There is nothing here that the program can mend by itself.\n")
        return False
    for one in files:
        _show(door, one)
    if not door.confirm("Write these changes?", yes=yes):
        door.say("Nothing was changed.\n")
        return False
    for one in files:
        copy = mended(door.workspace, one.path, one.before.encode(), one.data, door.now())
        door.say(f"Mended {one.file}. As it was before: {door.workspace.relative(copy)}")
    door.say("")
    return True


def _show(door: Door, one: Mended) -> None:
    for problem in one.problems:
        door.say(f"{problem.place}: {problem.message}  [{problem.check}]")
    colours = {"+": "green", "-": "red"}
    for line in one.diff()[2:]:
        door.say(click.style(line, fg=colours.get(line[:1])))
    door.say("")
