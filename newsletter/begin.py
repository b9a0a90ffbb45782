"""An issue's name, or none, and the earlier issues -> the next one as it would begin; and its files, written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter.drafting.matters import Matter
from newsletter.drafting.new import Draft, Page, Plan, new
from newsletter.drafting.past import Past, read_past
from newsletter.drafting.profile import standing_facts
from newsletter.drafting.rhythm import Beat, Rhythm, after, next_issue, past_pause, rhythm
from newsletter.drafting.schema import ISSUE, write_schemas
from newsletter.drafting.skeleton import CORRECTION
from newsletter.drafting.types import read_types
from newsletter.errors import WrongUsage
from newsletter.nouns.draft import IssueName, PartialDate, Profile, SectionType
from newsletter.rendering.shelf import page_path
from newsletter.workspace import Workspace, right_name
from newsletter.write_file import write_new

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


class IsThereMisnamed(IsThere):
    """It is there under a wrong name: that is mended first."""


class NoSuchLanguage(WrongUsage):
    """The newsletter has no such language."""

    def __init__(self, language: str, there: Sequence[str]) -> None:
        super().__init__(
            f"“{language}” is not one of the newsletter's languages: {', '.join(there)}.",
            "Add it to languages in issues/newsletter.yaml, or name one that stands there.",
        )


@dataclass(frozen=True, slots=True)
class Beginning:
    """An issue that is about to be begun: nothing is written yet."""

    draft: Draft
    past: Past
    profile: Profile
    types: Mapping[str, SectionType]
    files: Mapping[str, Path]  # by language
    skipped: tuple[IssueName, ...]  # months of a pause that lie between the newest issue and this one

    @property
    def issue(self) -> IssueName:
        """Its name."""
        return self.draft.plan.issue

    @property
    def in_a_pause(self) -> bool:
        """Whether its month is one without an issue, by the profile."""
        plan = self.draft.plan
        return not plan.issue.slug and PartialDate(plan.issue.year, plan.issue.month) in self.profile.pause

    @property
    def close_meanwhile(self) -> tuple[Matter, ...]:
        """The asks that close within the pause: no issue can say so again."""
        if not self.skipped:
            return ()
        plan = self.draft.plan
        begins = _day(self.skipped[0], plan.rhythm)
        return tuple(one for one in self.draft.left_out if one.over_on and begins <= one.over_on < plan.send_on)


def beginning(
    workspace: Workspace, asked: str | None, languages: Sequence[str], today: dt.date, public_url: str
) -> Beginning:
    """What an issue would begin with, in the languages asked for or all; without a name, the month after the newest.

    Raises NoName, IsThere, NoSuchLanguage, ProfileToMend, and what drafting's ``new`` raises.
    """
    types, _ = read_types(workspace)
    profile = standing_facts(workspace)
    wanted = _languages(languages, profile)
    past = read_past(workspace, types, profile.languages)
    if asked is None:
        coming = next_issue(workspace.issue_names(), rhythm(past.every_day()), today)
        name, skipped = past_pause(coming, profile.pause)
    else:
        name, skipped = _parse(asked), ()
    files = _files(workspace, name, wanted, profile)
    usual = None if name.slug else rhythm(past.days(name))
    plan = Plan(name, _day(name, usual), usual, wanted, types, f"{workspace.schemas.name}/{ISSUE}")
    return Beginning(new(workspace, plan, past, _pages(public_url, profile)), past, profile, types, files, skipped)


def correcting(
    workspace: Workspace, corrects: IssueName, languages: Sequence[str], today: dt.date, public_url: str
) -> Beginning:
    """What a correction of an issue would begin with: a special of today's, in the languages asked for or all of it.

    Raises NoSuchLanguage, ProfileToMend, and what drafting's ``new`` raises.
    """
    types, _ = read_types(workspace)
    profile = standing_facts(workspace)
    there = workspace.edition_files(corrects, profile.languages[0])
    wanted = tuple(one for one in _languages(languages, profile) if one in there)
    past = read_past(workspace, types, profile.languages)
    name = _free_name(workspace, corrects, today)
    plan = Plan(name, today, None, wanted, types, f"{workspace.schemas.name}/{ISSUE}", corrects)
    files = _files(workspace, name, wanted, profile)
    return Beginning(new(workspace, plan, past, _pages(public_url, profile)), past, profile, types, files, ())


def _free_name(workspace: Workspace, corrects: IssueName, today: dt.date) -> IssueName:
    """The name of a special that comes after the issue it corrects, and that nothing else bears."""
    day = max(today, dt.date(corrects.year, corrects.month, corrects.day or 1))
    taken = workspace.issue_names()
    number = 1
    while True:
        name = IssueName(day.year, day.month, day.day, f"{CORRECTION}-{number}" if number > 1 else CORRECTION)
        if name <= corrects:
            day += dt.timedelta(days=1)
        elif name in taken:
            number += 1
        else:
            return name


def begin(workspace: Workspace, about_to: Beginning) -> None:
    """Write its files, none of which is there, and what editors need to know. Raises IsThere, CannotWrite."""
    write_schemas(about_to.types, workspace.schemas)
    for language, text in about_to.draft.texts.items():
        path = about_to.files[language]
        if not write_new(path, text.encode("utf-8")):
            raise IsThere(workspace.relative(path), "Somebody else has just begun it.")


def _languages(asked: Sequence[str], profile: Profile) -> tuple[str, ...]:
    for one in asked:
        if one not in profile.languages:
            raise NoSuchLanguage(one, profile.languages)
    return tuple(one for one in profile.languages if one in asked or not asked)


def _parse(asked: str) -> IssueName:
    """The issue meant: a name, or the path of a file that is to be."""
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
    first = profile.languages[0]
    there = workspace.edition_files(name, first)
    found = {one: workspace.issues / (f"{name}.yaml" if one == first else f"{name}.{one}.yaml") for one in languages}
    for path in workspace.misnamed(first):
        if right_name(path.name) in {f"Call it {one.name}." for one in found.values()}:
            raise IsThereMisnamed(workspace.relative(path), f"It only has a wrong name. {right_name(path.name)}")
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
    if name.slug:
        return dt.date(name.year, name.month, name.day)
    return (usual or Rhythm(Beat.LAST_DAY)).day(name)


def _pages(url: str, profile: Profile) -> Page:
    """Where an issue stands on the web."""
    return lambda issue, language: f"{url}/{page_path(issue, language, profile.languages[0])}" if url else ""
