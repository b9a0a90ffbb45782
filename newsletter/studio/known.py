"""A Desk -> what is known of its issues: all as cards at once, one wholly made and checked, kept until a file changes."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsletter.drafting.profile import read_profile
from newsletter.errors import NewsletterError
from newsletter.gate.clear import mended
from newsletter.nouns.draft import IssueName, Profile
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem
from newsletter.pipeline import DEFAULT_LANGUAGE, Prepared, everything, prepare
from newsletter.settings import Settings
from newsletter.stand.cards import Card, State, cards
from newsletter.stand.list_and_books import Kept, list_and_books
from newsletter.studio.desk import Desk
from newsletter.workspace import Workspace, stamp

MOST = 48  # issues whose letters are kept in memory


@dataclass(frozen=True, slots=True)
class Looked:
    """An issue made and checked."""

    prepared: Prepared
    problems: tuple[Problem, ...]

    @property
    def dossier(self) -> Dossier | None:
        """The issue as far as it could be made."""
        return self.prepared.dossier

    def mended(self) -> Dossier:
        """The issue where it has no errors. Raises NotReady."""
        return mended(self.prepared, self.problems)

    def count(self, severity: str) -> int:
        """How many problems of this kind there are."""
        return sum(one.severity == severity for one in self.problems)


@dataclass(frozen=True, slots=True)
class Overview:
    """All issues, the newest first, the list, and the profile, or what is wrong with it."""

    profile: Profile | None
    profile_problem: Problem | None
    kept: Kept
    cards: tuple[Card, ...]

    @property
    def current(self) -> Card | None:
        """The issue that is being made: of those that are still to go out, the first to do so; else the newest."""
        coming = [one for one in self.cards if one.state in (State.UNKNOWN, State.SENDING)]
        newest = self.cards[0] if self.cards else None
        return min(coming, key=lambda one: (one.told.send_on or dt.date.max, one.issue), default=newest)

    @property
    def first(self) -> str:
        """The language of the default edition."""
        return self.profile.languages[0] if self.profile else DEFAULT_LANGUAGE


_seen: OrderedDict[Hashable, Looked] = OrderedDict()
_looking = threading.Lock()


def overview(desk: Desk) -> Overview:
    """All issues, from their files and the books; no letter is made."""
    profile, problems = read_profile(desk.workspace.profile, desk.workspace.root)
    first = profile.languages[0] if profile else DEFAULT_LANGUAGE
    try:
        kept = list_and_books(desk.workspace, desk.settings)
    except NewsletterError as error:
        kept = Kept(trouble=error)
    found = cards(desk.workspace, kept, desk.now().date(), first)
    return Overview(profile, next(iter(problems), None) if profile is None else None, kept, found)


def look_at(workspace: Workspace, settings: Settings, issue: IssueName) -> Looked:
    """An issue made and checked, as the files are now."""
    key = (workspace, settings, issue, files_now(workspace))
    with _looking:
        if key not in _seen:
            prepared = prepare(workspace, issue, settings)
            _seen[key] = Looked(prepared, everything(prepared))
            while len(_seen) > MOST:
                _seen.popitem(last=False)
        _seen.move_to_end(key)
        return _seen[key]


async def looked(desk: Desk, issue: IssueName) -> Looked:
    """The same, beside the event loop. Raises NewsletterError, and nothing else."""
    return await desk.look(lambda: look_at(desk.workspace, desk.settings, issue))


def files_now(workspace: Workspace) -> Hashable:
    """What changes with any file that an issue is made of."""
    return tuple(_stamps(workspace))


def _stamps(workspace: Workspace) -> Iterator[Hashable]:
    own = workspace.template_folders[0]
    for folder in (workspace.issues, *([own] if len(workspace.template_folders) > 1 else [])):
        yield from _within(folder)


def _within(folder: Path) -> Iterator[Hashable]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from ((parent, name, stamp(os.path.join(parent, name))) for name in sorted(names))  # noqa: PTH118 - asked for each file of each page
