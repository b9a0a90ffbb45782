"""A workspace and an issue -> Sight: the letters as they are now, or the last good ones, and all there is to mend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from newsletter.errors import NewsletterError
from newsletter.nouns.draft import Edition, IssueName, Profile
from newsletter.nouns.letter import Rendered
from newsletter.nouns.problem import Place, Problem, Severity, worst_first
from newsletter.pipeline import Prepared, checked_in_turn, prepare, together
from newsletter.settings import Settings
from newsletter.trouble import Setting, explain
from newsletter.workspace import Workspace

FIRST_LANGUAGE = "en"  # of the first edition, until a profile that can be read names another
OWN = "preview"
"""The check that our own problems are told under: a file that is gone, a failure of ours."""
Found = Mapping[str, tuple[Problem, ...]]
NOTHING: Found = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Made:
    """One edition's letter with what it was made from, and when."""

    rendered: Rendered
    edition: Edition
    profile: Profile
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Sight:
    """What the studio shows of an issue: the newest good letter of each edition, and every problem, worst first."""

    issue: IssueName
    title: str
    sender: str
    first: str  # the language of the default edition, whose file has no language in its name
    letters: Mapping[str, Made]  # by language
    problems: tuple[Problem, ...]
    at: dt.datetime
    prepared: Prepared | None = None  # what was read this time
    found: Found = field(default_factory=lambda: NOTHING)  # by check, as it last looked
    checked: dt.datetime | None = None  # when all checks had last looked
    checking: bool = False  # whether they have been looking for so long that one says so

    def old(self, language: str) -> bool:
        """Whether this edition could not be made from the files as they are now, so that its last good letter stays."""
        return language in self.letters and self.letters[language].at < self.at

    def digests(self) -> dict[str, str]:
        """Each edition's letter by its digest: the same as long as no reader could see a difference."""
        return {language: made.rendered.digest for language, made in self.letters.items()}

    def like(self, other: Sight) -> bool:
        """Whether one would see no difference between the two."""
        mine, theirs = (
            (
                (one.title, one.sender, one.problems, one.checking, one.checked is None, one.digests()),
                {language: one.old(language) for language in one.letters},
            )
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


def glance(
    workspace: Workspace, issue: IssueName, settings: Settings, now: dt.datetime, before: Sight | None = None
) -> Sight:
    """The letters as they are now, at once; of checks, what they found before. Whatever is wrong becomes a problem."""
    try:
        return _seen(workspace, issue, settings, now, before)
    except Exception as error:  # noqa: BLE001 - the preview outlives every mistake, also ours
        return _after_failure(workspace, issue, now, before, explain(error, Setting(OWN, now, workspace.outbox)))


def looked_over(sight: Sight, now: dt.datetime) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """What each check finds, one after the other; first those that found what is to mend before."""
    prepared = sight.prepared
    if prepared is None or prepared.dossier is None:
        return
    worst = [name for name, some in sight.found.items() if any(one.severity is Severity.ERROR for one in some)]
    on = prepared.dossier.editions[0].send_on
    try:
        yield from checked_in_turn(prepared.dossier, on, first=worst)
    except Exception as error:  # noqa: BLE001 - a check that breaks is told of like any other mistake of ours
        told = explain(error, Setting(OWN, now, None))
        place = Place(f"issues/{sight.file(sight.first)}")
        yield OWN, (Problem(place, Severity.ERROR, OWN, told.message, told.hint),)


def with_found(sight: Sight, found: Found, checked: dt.datetime | None) -> Sight:
    """A sight with what checks have found put in; ``checked`` once all of them have looked."""
    prepared = sight.prepared
    own = [one for one in sight.problems if one.check == OWN and one not in sight.found.get(OWN, ())]
    told = together(prepared, (one for some in found.values() for one in some)) if prepared else ()
    problems = tuple(sorted(dict.fromkeys([*told, *own]), key=worst_first))
    return replace(sight, found=found, problems=problems, checked=checked, checking=False)


def _seen(workspace: Workspace, issue: IssueName, settings: Settings, now: dt.datetime, before: Sight | None) -> Sight:
    prepared = prepare(workspace, issue, settings)
    sight = before or Sight(issue, "", "", FIRST_LANGUAGE, MappingProxyType({}), (), now)
    found = sight.found if prepared.dossier else NOTHING
    if prepared.dossier:
        profile = prepared.dossier.profile
        sight = replace(
            sight,
            title=profile.title.into(FIRST_LANGUAGE),
            sender=profile.sender.name,
            first=profile.languages[0],
            letters=MappingProxyType({**sight.letters, **_made(prepared, now)}),
        )
    sight = replace(sight, prepared=prepared, found=NOTHING, problems=tuple(_gone(workspace, sight)), at=now)
    return with_found(sight, found, sight.checked)


def _made(prepared: Prepared, now: dt.datetime) -> dict[str, Made]:
    dossier = prepared.dossier
    if dossier is None:
        return {}
    editions = {one.language: one for one in dossier.editions}
    return {
        language: Made(one, editions[language], dossier.profile, now) for language, one in dossier.renderings.items()
    }


def _after_failure(
    workspace: Workspace, issue: IssueName, now: dt.datetime, before: Sight | None, error: NewsletterError
) -> Sight:
    place = Place(workspace.relative(workspace.issues / f"{issue}.yaml"))
    problem = Problem(place, Severity.ERROR, OWN, error.message, error.hint)
    sight = before or Sight(issue, "", "", FIRST_LANGUAGE, MappingProxyType({}), (), now)
    return replace(sight, problems=(problem,), prepared=None, found=NOTHING, at=now)


def _gone(workspace: Workspace, sight: Sight) -> list[Problem]:
    """A problem for each edition whose file was there before and is no longer, and for an issue without any file."""
    there = workspace.edition_files(sight.issue, sight.first)
    wanted = sight.letters or ([] if there else [sight.first])
    return [
        Problem(
            Place(workspace.relative(workspace.issues / sight.file(language))),
            Severity.ERROR,
            OWN,
            "This file is not there.",
            "If it was renamed or moved by accident, bring it back; what you see is how it was.",
        )
        for language in wanted
        if language not in there
    ]
