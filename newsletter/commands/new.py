"""``newsletter new [ISSUE]``: the earlier issues -> the next one, begun: what is still open stands in it already."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.door import Door
from newsletter.errors import WrongUsage
from newsletter.nouns.draft import IssueName

if TYPE_CHECKING:
    from newsletter.drafting.matters import Matter
    from newsletter.drafting.new import Draft, Page
    from newsletter.drafting.past import Past
    from newsletter.drafting.rhythm import Rhythm
    from newsletter.nouns.draft import Profile, SectionType
    from newsletter.workspace import Workspace

FIRST_YEAR, LAST_YEAR = 1900, 9998


class NoName(WrongUsage):
    """What was typed is not the name of an issue."""

    def __init__(self, asked: str, hint: str) -> None:
        usual = "An issue is called by its month, such as 2025-08; a special by its day and a word: 2025-08-14-apci."
        super().__init__(f"“{asked}” is not the name of an issue.", hint or usual)


class IsThere(WrongUsage):
    """A file of the issue is there already."""

    def __init__(self, file: str, hint: str) -> None:
        super().__init__(f"{file} is there already. Nothing was changed.", hint)


class NoSuchLanguage(WrongUsage):
    """The newsletter has no such language."""

    def __init__(self, language: str, there: Sequence[str]) -> None:
        super().__init__(
            f"“{language}” is not one of the newsletter's languages: {', '.join(there)}.",
            "Add it to languages in issues/newsletter.yaml, or name one that stands there.",
        )


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
    from newsletter.drafting.new import Plan
    from newsletter.drafting.new import new as begin
    from newsletter.drafting.past import read_past
    from newsletter.drafting.profile import standing_facts
    from newsletter.drafting.rhythm import next_issue, past_pause, rhythm
    from newsletter.drafting.types import read_types

    workspace, today = door.workspace, door.now().date()
    types, _ = read_types(workspace)
    profile = standing_facts(workspace)
    wanted = _languages(languages, profile)
    past = read_past(workspace, types, profile.languages)
    if issue is None:
        coming = next_issue(workspace.issue_names(), rhythm(past.every_day()), today)
        name, skipped = past_pause(coming, profile.pause)
    else:
        name, skipped = _parse(issue), ()
    files = _files(workspace, name, wanted, profile)
    usual = None if name.slug else rhythm(past.days(name))
    plan = Plan(name, _day(name, usual), usual, wanted, types, _freshen(workspace, types))
    draft = begin(workspace, plan, past, _pages(door, profile))
    _write(workspace, draft, files)
    for line in _told(draft, past, [workspace.relative(files[one]) for one in wanted]):
        door.out(line)
    for line in _remarks(draft, profile, skipped, today):
        door.out(line)
    door.say(f"\nNext: write it, in {workspace.relative(files[wanted[0]])}. {_ways_on(name)}")


def _ways_on(name: IssueName) -> str:
    return f"newsletter check {name} says what is still to be written, and newsletter preview {name} shows it."


def _languages(asked: Sequence[str], profile: Profile) -> tuple[str, ...]:
    for one in asked:
        if one not in profile.languages:
            raise NoSuchLanguage(one, profile.languages)
    return tuple(one for one in profile.languages if one in asked or not asked)


def _parse(asked: str) -> IssueName:
    """The issue meant: a name, or the path of a file that is to be."""
    from newsletter.workspace import right_name

    last = re.split(r"[\\/]", asked.strip())[-1]
    stem = re.sub(r"\.ya?ml$", "", last, flags=re.IGNORECASE)
    try:
        name = IssueName.parse(stem)
        dt.date(name.year, name.month, name.day or 1)
    except ValueError:
        raise NoName(asked, right_name(last).replace(".yaml", "")) from None
    if not FIRST_YEAR <= name.year <= LAST_YEAR:
        raise NoName(asked, "")
    return name


def _files(workspace: Workspace, name: IssueName, languages: Sequence[str], profile: Profile) -> dict[str, Path]:
    """The files that are to be written, none of which is there. Raises IsThere."""
    from newsletter.drafting.rhythm import after
    from newsletter.workspace import right_name

    first = profile.languages[0]
    there = workspace.edition_files(name, first)
    found = {one: workspace.issues / (f"{name}.yaml" if one == first else f"{name}.{one}.yaml") for one in languages}
    for path in workspace.misnamed(first):
        if right_name(path.name) in {f"Call it {one.name}." for one in found.values()}:
            raise IsThere(workspace.relative(path), f"It only has a wrong name. {right_name(path.name)}")
    for path in found.values():
        if path.exists() or path in there.values():
            missing = [one for one in profile.languages if one not in there]
            hint = f"To begin another: newsletter new {after(name)}"
            if missing:
                hint = f"For the edition that is not there yet: newsletter new {name} --language {missing[0]}"
            raise IsThere(workspace.relative(path), hint)
    return found


def _day(name: IssueName, usual: Rhythm | None) -> dt.date:
    """The day on which it goes out: a special on its own, a month's issue as those before it."""
    from newsletter.drafting.rhythm import Beat, Rhythm

    if name.slug:
        return dt.date(name.year, name.month, name.day)
    return (usual or Rhythm(Beat.LAST_DAY)).day(name)


def _freshen(workspace: Workspace, types: Mapping[str, SectionType]) -> str:
    """Write what editors need to know; where that lies, seen from an issue."""
    from newsletter.drafting.schema import ISSUE, write_schemas

    write_schemas(types, workspace.schemas)
    return f"{workspace.schemas.name}/{ISSUE}"


def _pages(door: Door, profile: Profile) -> Page:
    """Where an issue stands on the web."""
    from newsletter.rendering.shelf import page_path

    url = door.settings.public_url
    return lambda issue, language: f"{url}/{page_path(issue, language, profile.languages[0])}" if url else ""


def _write(workspace: Workspace, draft: Draft, files: dict[str, Path]) -> None:
    from newsletter.write_file import write_new

    for language, text in draft.texts.items():
        if not write_new(files[language], text.encode("utf-8")):
            raise IsThere(workspace.relative(files[language]), "Somebody else has just begun it.")


def _told(draft: Draft, past: Past, files: Sequence[str]) -> Iterator[str]:
    """What was written, and what became of each ask."""
    yield from (f"made  {file}" for file in files)
    yield f"\nIt is to go out on {draft.plan.send_on}" + (
        f": {draft.why[:1].lower()}{draft.why[1:]}" if not draft.plan.issue.slug else "."
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


def _remarks(draft: Draft, profile: Profile, skipped: Sequence[IssueName], today: dt.date) -> Iterator[str]:
    """What she should know besides: a pause, and a day that has passed."""
    from newsletter.nouns.draft import PartialDate

    plan = draft.plan
    if skipped:
        yield f"\nA pause, as issues/newsletter.yaml says: {', '.join(map(str, skipped))}."
        begins = _day(skipped[0], plan.rhythm)
        meanwhile = [one for one in draft.left_out if one.over_on and begins <= one.over_on < plan.send_on]
        yield from (
            f"  {_what(one)} closes meanwhile, on {one.over_on}: no issue can say so again." for one in meanwhile
        )
    elif not plan.issue.slug and PartialDate(plan.issue.year, plan.issue.month) in profile.pause:
        yield f"\n{plan.issue} is a pause by issues/newsletter.yaml. If that has changed, take it out there."
    if plan.send_on < today:
        yield f"\n{plan.send_on} has passed: give send_on the day on which it really goes out."
