"""``newsletter check``: an issue -> everything wrong with it at once, each with its place and the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.mending import Mended
    from newsletter.nouns.draft import IssueName
    from newsletter.nouns.problem import Problem

FOUND = 1  # the exit code where something has to be mended


@click.command()
@click.argument("issue", required=False)
@click.option("--all", "everything", is_flag=True, help="Spell out all of them, not only the gravest.")
@click.option("--fix", is_flag=True, help="Mend what needs no judgement; shows each change first.")
@click.option("--yes", is_flag=True, help="With --fix: do not ask.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout, for programs.")
@click.pass_obj
def check(door: Door, issue: str | None, everything: bool, fix: bool, yes: bool, as_json: bool) -> None:  # noqa: FBT001, PLR0917 - click gives flags by name
    """Look an issue over: what must be mended before sending, spelled out, and the rest in counts.

    ISSUE is a name such as 2025-07, or its file; left out, the newest. Deadlines are judged by the day in send_on.
    """
    from newsletter.nouns.problem import in_file_order
    from newsletter.problems_told import problems_told

    name = door.workspace.issue(issue)
    problems = _problems(door, name)
    if fix and _mended(door, problems, yes=yes):
        problems = _problems(door, name)
    if as_json:
        door.json([_plain(problem) for problem in sorted(problems, key=in_file_order)])
    else:
        for line in problems_told(str(name), problems, everything=everything):
            door.out(line)
    if any(problem.severity == "error" for problem in problems):
        click.get_current_context().exit(FOUND)


def _problems(door: Door, name: IssueName) -> tuple[Problem, ...]:
    from newsletter.pipeline import everything, prepare

    return everything(prepare(door.workspace, name, door.settings))


def _mended(door: Door, problems: tuple[Problem, ...], *, yes: bool) -> bool:
    """Show what would change, ask, keep a copy of each file, and write; whether anything was written."""
    from newsletter.copies import keep_copy
    from newsletter.mending import mend
    from newsletter.write_file import write_file

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
        copy = keep_copy(door.workspace, one.path, door.now())
        write_file(one.path, one.data)
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


def _plain(problem: Problem) -> dict[str, object]:
    said: dict[str, object] = {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "severity": problem.severity.value,
        "check": problem.check,
        "message": problem.message,
        "hint": problem.hint,
    }
    if problem.fix:
        said["fix"] = [
            {"line": one.place.line, "column": one.place.column, "old": one.old, "new": one.new} for one in problem.fix
        ]
    return said
