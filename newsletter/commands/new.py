"""``newsletter new [ISSUE]``: the earlier issues -> the next one, begun: what is still open stands in it already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from newsletter.door import Door
from newsletter.nouns.draft import IssueName

if TYPE_CHECKING:
    from newsletter.begin import Beginning
    from newsletter.drafting.matters import Matter
    from newsletter.drafting.new import Draft
    from newsletter.drafting.past import Past


@click.command()
@click.argument("issue", required=False)
@click.option(
    "--language", "languages", multiple=True, metavar="LANGUAGE", help="Only this edition; may be given again."
)
@click.pass_obj
def new(door: Door, issue: str | None, languages: tuple[str, ...]) -> None:
    """Begin the next issue, with what is still open in it.

    ISSUE is its month, such as 2025-08, or a day and a word for a special, 2025-08-14-apci; left out, the month after
    the newest. Petitions, urgent actions, events and recordings that are still open on the day it goes out stand in it
    word for word; one without a last day is marked, and `newsletter check` asks for it until somebody has looked. What
    is over is left out, and what nobody has reported on is named. A file that is there is never written over.
    """
    from newsletter.begin import begin, beginning

    workspace, today = door.workspace, door.now().date()
    about_to = beginning(workspace, issue, languages, today, door.settings.public_url)
    begin(workspace, about_to)
    files = [workspace.relative(one) for one in about_to.files.values()]
    for line in _told(about_to.draft, about_to.past, files):
        door.out(line)
    for line in _remarks(about_to, today):
        door.out(line)
    door.say(f"\nNext: write it, in {files[0]}. {_ways_on(about_to.issue)}")


def _ways_on(name: IssueName) -> str:
    return f"newsletter check {name} says what is still to be written, and newsletter preview {name} shows it."


def _told(draft: Draft, past: Past, files: Sequence[str]) -> Iterator[str]:
    """What was written, and what became of each ask."""
    from newsletter.phrases import FIRST

    yield from (f"made  {file}" for file in files)
    why = draft.why[FIRST]
    yield f"\nIt is to go out on {draft.plan.send_on}" + (
        f": {why[:1].lower()}{why[1:]}" if not draft.plan.issue.slug else "."
    )
    if draft.carried:
        yield "\nCarried on, word for word:"
        yield from (f"  {_carried(draft, one)}" for one in draft.carried)
    if draft.folded:
        yield f"\nFolded in as “already sent to you”: {', '.join(map(str, draft.folded))}"
    if draft.left_out:
        yield "\nLeft out:"
        yield from (f"  {_left_out(draft, one)}" for one in draft.left_out)
    if draft.unreported:
        yield "\nNobody told readers what became of:"
        yield from (f"  {_what(one)} (id: {one.id}), last asked in {one.newest.issue}" for one in draft.unreported)
        yield "  A section of the type outcome does; an example stands in the file."
    for issue, file in past.unreadable:
        yield f"\n{file} cannot be read, so nothing was carried on from it: newsletter check {issue} says why."


def _what(matter: Matter) -> str:
    section = matter.newest.section
    return section.listed


def _carried(draft: Draft, matter: Matter) -> str:
    from newsletter.drafting.matters import Fate

    there = {one: matter.within(one) for one in draft.plan.languages}
    said = f"{_what(matter)}, from {matter.newest.issue}: "
    if draft.fate(matter) is Fate.TO_CONFIRM:
        said += "no last day, so somebody has to look whether it is still open"
    else:
        said += f"open until {matter.over_on}"
    missing = [language for language, standing in there.items() if standing is None]
    return said + (f" (not in {', '.join(missing)}: it stands in no issue there)" if missing else "")


def _left_out(draft: Draft, matter: Matter) -> str:
    from newsletter.drafting.matters import Fate

    reason = {
        Fate.OVER: f"over on {matter.over_on}",
        Fate.CLOSED: "closed" + (f" since {matter.over_on}" if matter.over_on else "") + ", as its section says",
        Fate.OLD: "no last day, and a year old",
    }[draft.fate(matter)]
    return f"{_what(matter)}, from {matter.newest.issue}: {reason}"


def _remarks(about_to: Beginning, today: dt.date) -> Iterator[str]:
    """What she should know besides: a pause, and a day that has passed."""
    plan = about_to.draft.plan
    if about_to.skipped:
        yield f"\nA pause, as issues/newsletter.yaml says: {', '.join(map(str, about_to.skipped))}."
        yield from (
            f"  {_what(one)} closes meanwhile, on {one.over_on}: no issue can say so again."
            for one in about_to.close_meanwhile
        )
    elif about_to.in_a_pause:
        yield f"\n{plan.issue} is a pause by issues/newsletter.yaml. If that has changed, take it out there."
    if plan.send_on < today:
        yield f"\n{plan.send_on} has passed: give send_on the day on which it really goes out."
