"""``newsletter check``: an issue -> everything wrong with it at once, each with its place and the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.nouns.problem import Problem

FOUND = 1  # the exit code where something has to be mended


@click.command()
@click.argument("issue", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout, for programs.")
@click.pass_obj
def check(door: Door, issue: str | None, as_json: bool) -> None:  # noqa: FBT001 - click gives flags by name
    """Look an issue over: every problem at once, the worst first.

    ISSUE is a name such as 2025-07, or its file; left out, the newest. Deadlines are judged by the day in send_on.
    """
    from newsletter.pipeline import everything, prepare

    name = door.workspace.issue(issue)
    problems = everything(prepare(door.workspace, name, door.settings))
    if as_json:
        door.json([_plain(problem) for problem in problems])
    else:
        for line in _told(str(name), problems):
            door.out(line)
    if any(problem.severity == "error" for problem in problems):
        click.get_current_context().exit(FOUND)


def _plain(problem: Problem) -> dict[str, str | int]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "severity": problem.severity.value,
        "check": problem.check,
        "message": problem.message,
        "hint": problem.hint,
    }


def _told(issue: str, problems: tuple[Problem, ...]) -> list[str]:
    from newsletter.nouns.problem import Severity

    lines, counts = [], []
    for severity in Severity:
        of_this = [problem for problem in problems if problem.severity is severity]
        if of_this:
            number = len(of_this)
            counts.append(f"{number} {severity}" if number == 1 else f"{number} {severity}s")
            lines += [f"{severity.upper()}S", *(line for one in of_this for line in _lines(one)), ""]
    if not counts:
        return [f"All well: nothing to mend in {issue}."]
    return [*lines, f"{issue}: {', '.join(counts)}. {_verdict(problems)}"]


def _lines(problem: Problem) -> list[str]:
    said = [f"{problem.place}: {problem.message}  [{problem.check}]"]
    return [*said, f"    {problem.hint}"] if problem.hint else said


def _verdict(problems: tuple[Problem, ...]) -> str:
    severities = {problem.severity.value for problem in problems}
    if "error" in severities:
        return "The errors must be mended before it can go out."
    if "warning" in severities:
        return "It can go out once you have looked at the warnings."
    return "It can go out."
