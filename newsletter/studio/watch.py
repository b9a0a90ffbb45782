"""Files that change -> a new Sight each time, and word of it to every open page."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
from collections.abc import AsyncIterator, Callable

from watchfiles import awatch

from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings
from newsletter.studio.sight import Sight, look
from newsletter.workspace import Workspace

GATHER_MS = 200  # changes within this time are one save
STEP_MS = 30  # quiet for so long ends a save
EDITOR_SECONDS = 0.25  # how long a file may be away while an editor puts the new one in its place
BEAT_SECONDS = 0.4  # how often a page that waits looks whether the preview is ending
AGAIN_SECONDS = 1.0  # after a folder that was watched went away


class Watch:
    """Keeps the newest sight of one issue. ``version`` differs after each look, and from one run to the next."""

    def __init__(
        self, workspace: Workspace, issue: IssueName, settings: Settings, now: Callable[[], dt.datetime]
    ) -> None:
        self.workspace, self.issue, self.settings, self.now = workspace, issue, settings, now
        self.sight: Sight = look(workspace, issue, settings, now())
        self.stopping: Callable[[], bool] = lambda: False
        self._run = secrets.token_hex(4)
        self._count = 1

    @property
    def version(self) -> str:
        """Names the sight that is shown."""
        return f"{self._run}-{self._count}"

    async def look_again(self) -> None:
        """See the issue anew; a file that is only being replaced by an editor gets a moment to come back."""
        before, missing = self.sight, set(self._missing(self.sight))
        sight = await asyncio.to_thread(look, self.workspace, self.issue, self.settings, self.now(), before)
        if set(self._missing(sight)) - missing:
            await asyncio.sleep(EDITOR_SECONDS)
            sight = await asyncio.to_thread(look, self.workspace, self.issue, self.settings, self.now(), before)
        if not sight.like(before):
            self.sight = sight
            self._count += 1

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

    async def versions(self) -> AsyncIterator[str]:
        """The version now, and each one after it, until the preview ends; "" between them as a sign of life."""
        told = ""
        while not self.stopping():
            if told != self.version:
                told = self.version
                yield told
            else:
                yield ""
            for _ in range(int(BEAT_SECONDS / 0.05)):
                if told != self.version or self.stopping():
                    break
                await asyncio.sleep(0.05)

    @staticmethod
    def _missing(sight: Sight) -> list[str]:
        return [problem.place.file for problem in sight.problems if problem.check == "preview"]
