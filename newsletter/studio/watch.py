"""Files that change -> a new Sight of each issue that is looked at, and word of it to every open page."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from types import MappingProxyType

from watchfiles import awatch

from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings
from newsletter.studio.sight import Sight, look
from newsletter.workspace import Workspace

GATHER_MS = 200  # changes within this time are one save
STEP_MS = 30  # quiet for so long ends a save
EDITOR_SECONDS = 0.25  # how long a file may be away while an editor puts the new one in its place
BEAT_SECONDS = 0.4  # how often a page that waits looks whether the studio is ending
AGAIN_SECONDS = 1.0  # after a folder that was watched went away


class Watch:
    """Keeps the newest sight of each issue that somebody looked at. A version differs after each look and each run."""

    def __init__(self, workspace: Workspace, settings: Settings, now: Callable[[], dt.datetime]) -> None:
        self.workspace, self.settings, self.now = workspace, settings, now
        self.stopping: Callable[[], bool] = lambda: False
        self._run = secrets.token_hex(4)
        self._sights: dict[IssueName, Sight] = {}
        self._counts: dict[IssueName, int] = {}
        self._looking = asyncio.Lock()

    @property
    def sights(self) -> Mapping[IssueName, Sight]:
        """The issues that were looked at."""
        return MappingProxyType(self._sights)

    async def sight(self, issue: IssueName) -> Sight:
        """An issue's newest sight; the first time it is made."""
        async with self._looking:
            if issue not in self._sights:
                self._sights[issue] = await asyncio.to_thread(
                    look, self.workspace, issue, self.settings, self.now(), None
                )
                self._counts[issue] = 1
        return self._sights[issue]

    def version(self, issue: IssueName) -> str:
        """Names the sight of an issue that is shown."""
        return f"{self._run}-{self._counts.get(issue, 0)}"

    async def look_again(self) -> None:
        """See each issue anew; a file that is only being replaced by an editor gets a moment to come back."""
        async with self._looking:
            for issue in tuple(self._sights):
                await self._renew(issue)

    async def _renew(self, issue: IssueName) -> None:
        before = self._sights[issue]
        sight = await asyncio.to_thread(look, self.workspace, issue, self.settings, self.now(), before)
        if set(_missing(sight)) - set(_missing(before)):
            await asyncio.sleep(EDITOR_SECONDS)
            sight = await asyncio.to_thread(look, self.workspace, issue, self.settings, self.now(), before)
        if not sight.like(before):
            self._sights[issue] = sight
            self._counts[issue] += 1

    async def run(self) -> None:
        """Look again whenever something under ``issues/`` or the templates changes, until cancelled."""
        stop = asyncio.Event()
        while True:
            folders = [path for path in (self.workspace.issues, *self.workspace.template_folders) if path.is_dir()]
            try:
                async for _ in awatch(*folders, debounce=GATHER_MS, step=STEP_MS, stop_event=stop):
                    await self.look_again()
            except (OSError, RuntimeError):  # a folder went away, or no more may be watched: then look each second
                pass
            finally:
                stop.set()
            await asyncio.sleep(AGAIN_SECONDS)
            stop.clear()
            await self.look_again()

    async def versions(self) -> AsyncIterator[Mapping[str, str]]:
        """The versions of all issues now, and again after each change, until the studio ends; {} as a sign of life."""
        told: dict[str, str] = {}
        while not self.stopping():
            now = {str(issue): self.version(issue) for issue in self._sights}
            if told != now:
                told = now
                yield now
            else:
                yield {}
            for _ in range(int(BEAT_SECONDS / 0.05)):
                if self.stopping() or told != {str(issue): self.version(issue) for issue in self._sights}:
                    break
                await asyncio.sleep(0.05)


def _missing(sight: Sight) -> list[str]:
    return [problem.place.file for problem in sight.problems if problem.check == "preview"]
