"""A workspace and an issue -> Sight: the letters as they are now, or the last good ones, and all there is to mend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from newsletter.errors import NewsletterError
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Rendered
from newsletter.nouns.problem import Place, Problem, Severity, worst_first
from newsletter.pipeline import everything, prepare
from newsletter.settings import Settings
from newsletter.trouble import Setting, explain
from newsletter.workspace import Workspace

FIRST_LANGUAGE = "en"  # of the first edition, until a profile that can be read names another


@dataclass(frozen=True, slots=True)
class Made:
    """One edition's letter and when it was made."""

    rendered: Rendered
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Sight:
    """What the preview shows: the newest good letter of each edition, and every problem, worst first."""

    issue: IssueName
    title: str
    sender: str
    first: str  # the language of the default edition, whose file has no language in its name
    letters: Mapping[str, Made]  # by language
    problems: tuple[Problem, ...]
    at: dt.datetime

    def old(self, language: str) -> bool:
        """Whether this edition could not be made from the files as they are now, so that its last good letter stays."""
        return language in self.letters and self.letters[language].at < self.at

    def like(self, other: Sight) -> bool:
        """Whether one would see no difference between the two."""
        mine, theirs = (
            (one.title, one.sender, one.problems, {key: made.rendered.digest for key, made in one.letters.items()})
            for one in (self, other)
        )
        return mine == theirs

    @property
    def language(self) -> str:
        """The language that is shown unless another is asked for; "" while there is no letter at all."""
        return self.first if self.first in self.letters else next(iter(self.letters), "")

    def file(self, language: str) -> str:
        """The file name of an edition."""
        return f"{self.issue}.yaml" if language == self.first else f"{self.issue}.{language}.yaml"


def look(
    workspace: Workspace, issue: IssueName, settings: Settings, now: dt.datetime, before: Sight | None = None
) -> Sight:
    """See an issue as it is now. Whatever is wrong becomes a problem; the last good letters stay."""
    try:
        return _seen(workspace, issue, settings, now, before)
    except Exception as error:  # noqa: BLE001 - the preview outlives every mistake, also ours
        return _after_failure(workspace, issue, now, before, explain(error, Setting("preview", now, workspace.outbox)))


def _seen(workspace: Workspace, issue: IssueName, settings: Settings, now: dt.datetime, before: Sight | None) -> Sight:
    prepared = prepare(workspace, issue, settings)
    problems = list(everything(prepared))
    sight = before or Sight(issue, "", "", FIRST_LANGUAGE, MappingProxyType({}), (), now)
    if prepared.dossier:
        profile = prepared.dossier.profile
        letters = dict(sight.letters)
        letters |= {language: Made(one, now) for language, one in prepared.dossier.renderings.items()}
        sight = Sight(
            issue=issue,
            title=profile.title.into(FIRST_LANGUAGE),
            sender=profile.sender.name,
            first=profile.languages[0],
            letters=MappingProxyType(letters),
            problems=(),
            at=now,
        )
    problems += _gone(workspace, sight)
    return replace(sight, problems=tuple(sorted(problems, key=worst_first)), at=now)


def _after_failure(
    workspace: Workspace, issue: IssueName, now: dt.datetime, before: Sight | None, error: NewsletterError
) -> Sight:
    place = Place(workspace.relative(workspace.issues / f"{issue}.yaml"))
    problem = Problem(place, Severity.ERROR, "preview", error.message, error.hint)
    if before:
        return replace(before, problems=(problem,), at=now)
    return Sight(issue, "", "", FIRST_LANGUAGE, MappingProxyType({}), (problem,), now)


def _gone(workspace: Workspace, sight: Sight) -> list[Problem]:
    """A problem for each edition whose file was there before and is no longer, and for an issue without any file."""
    there = workspace.edition_files(sight.issue, sight.first)
    wanted = sight.letters or ([] if there else [sight.first])
    return [
        Problem(
            Place(workspace.relative(workspace.issues / sight.file(language))),
            Severity.ERROR,
            "preview",
            "This file is not there.",
            "If it was renamed or moved by accident, bring it back; what you see is how it was.",
        )
        for language in wanted
        if language not in there
    ]
