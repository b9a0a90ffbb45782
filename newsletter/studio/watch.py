"""Files that change -> the letters of each open issue at once, then what checks find, and word of both to every page."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings
from newsletter.studio.follow import follow
from newsletter.studio.sight import OWN, Found, Sight, glance, looked_over, with_found
from newsletter.workspace import Workspace

AWAY_SECONDS = 0.25  # how long a file may be away while an editor puts the new one in its place
HALF_SECONDS = 0.1  # how long a file may be half written
QUIET_SECONDS = 0.12  # checks begin when nothing has changed for so long, and a letter has been fetched in peace
FIRST_SECONDS = 0.5  # the first time a browser has the whole page to fetch, and all checks are to be loaded
PATIENCE_SECONDS = 2.0  # but they begin after so long in any case
SAY_SECONDS = 0.3  # checks that take longer are spoken of, and what they have found so far is shown
BEAT_SECONDS = 0.4  # how often a page that waits looks whether the studio is ending
EVERYTHING = "*"
"""What a page follows that shows no one issue: its version changes with whatever is saved."""

State = tuple[dict[str, str], dict[str, dict[str, str]]]
"""Versions by issue, and by issue each edition's letter by its digest."""


@dataclass
class _Shown:
    """An issue that was looked at, and how many changes there had been when that began: what came later it may lack."""

    sight: Sight
    count: int = 1
    changes: int = 0
    seen: float = field(default_factory=time.monotonic)
    whole: bool = False  # whether all checks have looked at this sight
    looking: asyncio.Task[None] | None = None


class Watch:
    """Keeps the newest sight of each issue that somebody looked at. A version differs after each change and each run."""

    def __init__(self, workspace: Workspace, settings: Settings, now: Callable[[], dt.datetime]) -> None:
        self.workspace, self.settings, self.now = workspace, settings, now
        self.stopping: Callable[[], bool] = lambda: False
        self._run = secrets.token_hex(4)
        self._shown: dict[IssueName, _Shown] = {}
        self._open: Counter[IssueName] = Counter()
        self._changes = 0
        self._changed, self._news = asyncio.Event(), asyncio.Event()
        self._seeing = asyncio.Lock()

    @property
    def sights(self) -> Mapping[IssueName, Sight]:
        """The issues that were looked at."""
        return MappingProxyType({issue: shown.sight for issue, shown in self._shown.items()})

    async def glance(self, issue: IssueName) -> Sight:
        """An issue's letters as they are now; of its problems, what is known so far."""
        await self._see(issue)
        return self._shown[issue].sight

    def version(self, issue: IssueName) -> str:
        """Names the sight of an issue that is shown."""
        return f"{self._run}-{self._shown[issue].count if issue in self._shown else 0}"

    async def run(self) -> None:
        """Look again whenever something of the workspace changes, until cancelled."""
        following = asyncio.create_task(follow(self.workspace, self._note))
        try:
            while True:
                await self._changed.wait()
                self._changed.clear()
                for issue in self._asked_for():
                    await self._see(issue)
        finally:
            following.cancel()

    def _asked_for(self) -> list[IssueName]:
        """The issues that somebody has open; one that a page had before this run began is looked at too."""
        there = {*self._shown, *self.workspace.issue_names()}
        return [issue for issue, count in self._open.items() if count > 0 and issue in there]

    def _note(self) -> None:
        """Something was saved: whatever was made before may be old. What comes while one looks is seen the next time."""
        self._changes += 1
        self._changed.set()
        self._tell()

    async def _see(self, issue: IssueName) -> None:
        """Make an issue's letters anew, if anything has changed since."""
        async with self._seeing:
            shown = self._shown.get(issue)
            if shown and shown.changes == self._changes:
                return
            changes = self._changes
            before = shown.sight if shown else None
            sight = await self._glance(issue, before)
            if before and (wait := _worse(sight, before)):
                await asyncio.sleep(wait)
                sight = await self._glance(issue, before)
            self._take(issue, sight)
            self._shown[issue].changes = changes

    async def _glance(self, issue: IssueName, before: Sight | None) -> Sight:
        return await asyncio.to_thread(glance, self.workspace, issue, self.settings, self.now(), before)

    def _take(self, issue: IssueName, sight: Sight) -> None:
        """Show a new sight, and let the checks look at it."""
        shown = self._shown.get(issue)
        if shown is None:
            shown = self._shown[issue] = _Shown(sight)
        elif sight.prepared is not None and sight.prepared == shown.sight.prepared:  # another file was saved
            _renew(shown, replace(sight, prepared=shown.sight.prepared))
            self._tell()
            return
        else:
            _renew(shown, sight)
        shown.seen = time.monotonic()
        shown.whole = False
        self._tell()
        if shown.looking is None or shown.looking.done():
            shown.looking = asyncio.create_task(self._look_over(shown))

    async def _look_over(self, shown: _Shown) -> None:
        """Let all checks look; begun anew as long as the letter changes under them, but not for ever."""
        began = time.monotonic()
        while not shown.whole and not self.stopping():
            patient = began + PATIENCE_SECONDS
            await self._quiet(shown, patient)
            sight = shown.sight
            found = await self._all_found(shown, sight, patient)
            if found is None:
                continue
            current = shown.sight is sight or shown.sight.prepared is sight.prepared
            began = time.monotonic()
            _renew(shown, with_found(shown.sight, found, self.now()))
            shown.whole = current
            self._tell()

    async def _quiet(self, shown: _Shown, patient: float) -> None:
        """Wait until nobody is saving or fetching the letter, but never longer than that."""
        quiet = QUIET_SECONDS if shown.sight.checked else FIRST_SECONDS
        while (left := min(shown.seen + quiet, patient) - time.monotonic()) > 0:  # noqa: ASYNC110 - time is waited for
            await asyncio.sleep(left)

    async def _all_found(self, shown: _Shown, sight: Sight, patient: float) -> Found | None:
        """What all checks find, shown in part where it takes long; None where the letter has changed meanwhile."""
        loop, said = asyncio.get_running_loop(), time.monotonic() + SAY_SECONDS
        found = dict(sight.found)

        def all_checks() -> Found | None:
            nonlocal said
            looked: dict[str, None] = {}
            for name, some in looked_over(sight, self.now()):
                found[name] = some
                looked[name] = None
                now = time.monotonic()
                if self.stopping() or (shown.sight.prepared is not sight.prepared and now < patient):
                    return None
                if now > said:
                    said = now + SAY_SECONDS
                    loop.call_soon_threadsafe(self._so_far, shown, dict(found))
            return {name: found[name] for name in looked}

        return await asyncio.to_thread(all_checks)

    def _so_far(self, shown: _Shown, found: Found) -> None:
        _renew(shown, replace(with_found(shown.sight, found, shown.sight.checked), checking=True))
        self._tell()

    def _tell(self) -> None:
        """Wake everybody who waits for news."""
        self._news.set()
        self._news = asyncio.Event()

    async def versions(self, issues: Iterable[IssueName] = (), *, everything: bool = True) -> AsyncIterator[State]:
        """The versions and the letters' digests of these issues, with that of everything, now and after each change.

        Until the studio ends; empty ones are a sign of life. As long as somebody listens, an issue is open.
        """
        asked = frozenset(issues)
        self._open.update(asked)
        self._changed.set()
        told: State | None = None
        try:
            while not self.stopping():
                news, now = self._news, self._state(asked, everything)
                if now != told:
                    told = now
                    yield now
                    continue
                try:
                    async with asyncio.timeout(BEAT_SECONDS):  # wait_for may lose a cancellation (before Python 3.12)
                        await news.wait()
                except TimeoutError:
                    yield {}, {}
        finally:
            self._open.subtract(asked)

    def _state(self, issues: frozenset[IssueName], everything: bool) -> State:  # noqa: FBT001 - as it was asked for
        there = [issue for issue in issues if issue in self._shown]
        versions = {str(issue): self.version(issue) for issue in there}
        if everything:
            versions[EVERYTHING] = f"{self._run}-{self._changes}"
        return versions, {str(issue): self._shown[issue].sight.digests() for issue in there}


def _renew(shown: _Shown, sight: Sight) -> None:
    shown.count += not sight.like(shown.sight)
    shown.sight = sight


def _worse(sight: Sight, before: Sight) -> float:
    """How long to wait before it is believed that a file is gone, or no longer whole; 0 where none is."""
    if set(_missing(sight)) - set(_missing(before)):
        return AWAY_SECONDS
    worse = any(sight.old(language) and not before.old(language) for language in sight.letters)
    return HALF_SECONDS if worse else 0


def _missing(sight: Sight) -> list[str]:
    return [problem.place.file for problem in sight.problems if problem.check == OWN]
