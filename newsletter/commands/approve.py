"""``newsletter approve``: the second pair of eyes -> their word in ``issues/ISSUE.approval.yaml``, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsletter.errors import StoppedForSafety, WrongUsage

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.gate.approvals import Approval
    from newsletter.gate.leaving import Leaving
    from newsletter.nouns.draft import IssueName
    from newsletter.nouns.letter import Dossier
    from newsletter.review.states import State


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


class NoCode(WrongUsage):
    """What was given as a code cannot be one."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            f"“{typed}” is not a code: one has ten letters and digits, such as 7K3M2-9QXTB.",
            "Copy it from the answer of whoever has read the issue.",
        )


class CodeOfAnother(StoppedForSafety):
    """The code names the edition as it was once, and it has changed since."""

    def __init__(self, issue: IssueName, language: str, when: str, changed: list[str]) -> None:
        what = f": {', '.join(changed)}" if changed else ""
        super().__init__(
            f"That is the code of the issue {issue} in {language} as it was {when}; since then it has changed{what}.",
            f"Have it read as it is now: newsletter review {issue} --language {language}",
        )


class UnknownCode(StoppedForSafety):
    """The code names no state of the issue that is known."""

    def __init__(self, issue: IssueName, code: str) -> None:
        super().__init__(
            f"{code} is not the code of the issue {issue} as it is now, nor of an earlier state that is known here.",
            f"Compare it with the answer, sign by sign; or have the issue read again: newsletter review {issue}",
        )


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
    from newsletter.gate.approvals import approve as write_down
    from newsletter.gate.clear import mended
    from newsletter.gate.leaving import leaving
    from newsletter.pipeline import everything, prepare

    if not by.strip():
        raise Nameless
    name = door.workspace.issue(issue)
    prepared = prepare(door.workspace, name, door.settings)
    problems = everything(prepared)
    dossier = mended(prepared, problems)
    there = _meant(dossier, language)
    now = {one: leaving(door.workspace, dossier, one) for one in dossier.renderings if one in there}
    read = _read(door, name, codes, now) if codes else now
    for edition in dossier.editions:
        if edition.language in read:
            code = read[edition.language].code
            door.say(f"{name} in {edition.language}: “{edition.subject}”, to go out on {edition.send_on} ({code})")
    warnings = sum(problem.severity == "warning" for problem in problems)
    if warnings:
        door.say(f"It still has {warnings} warning(s): newsletter check {name}")
    if not door.confirm(f"Does {by} approve this?", yes=yes or bool(codes)):
        raise NotAgreed
    for one in read.values():
        write_down(door.workspace, name, one, by.strip(), door.now(), how="code" if codes else "")
        _keep(door, dossier, one)
        door.out(f"Approved in {one.language} by {by}. The next step: newsletter send {name}")


def _read(door: Door, issue: IssueName, codes: tuple[str, ...], now: dict[str, Leaving]) -> dict[str, Leaving]:
    """The editions whose codes these are. Raises NoCode, CodeOfAnother, UnknownCode."""
    from newsletter.gate.leaving import read_code

    found = {}
    for typed in codes:
        code = read_code(typed)
        if code is None:
            raise NoCode(typed[:40])
        it = next((one for one in now.values() if one.code == code), None)
        if it is None:
            raise _of_another(door, issue, code, now)
        found[it.language] = it
    return found


def _of_another(door: Door, issue: IssueName, code: str, now: dict[str, Leaving]) -> StoppedForSafety:
    """Which earlier state the code names, as far as that is known."""
    from newsletter.gate.approvals import earlier_approvals, read_approvals
    from newsletter.review.states import states

    for language, it in now.items():
        kept: list[State | Approval] = [*states(door.workspace, issue, language)]
        given = [*read_approvals(door.workspace, issue).values(), *earlier_approvals(door.workspace, issue)]
        for one in (*kept, *(one for one in given if one.language == language)):
            if one.code == code:
                return CodeOfAnother(issue, language, _when(one), it.changed(one.saw) if one.saw else [])
    return UnknownCode(issue, code)


def _when(one: State | Approval) -> str:
    import datetime as dt

    at = dt.datetime.fromisoformat(one.at) if isinstance(one.at, str) else one.at.astimezone()
    return f"on {at:%Y-%m-%d} at {at:%H:%M}"


def _keep(door: Door, dossier: Dossier, it: Leaving) -> None:
    """Keep what was approved, so that a later change can be shown beside it."""
    from newsletter.review.seen import seen
    from newsletter.review.states import keep

    text = seen(dossier.renderings[it.language]).text
    keep(door.workspace, dossier.issue, it, text, door.now())


def _meant(dossier: Dossier, asked: tuple[str, ...]) -> set[str]:
    there = [edition.language for edition in dossier.editions]
    for language in asked:
        if language not in there:
            raise NoSuchLanguage(language, there)
    return set(asked or there)
