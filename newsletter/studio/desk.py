"""A Door -> Desk: what all pages of the studio share, and the one way in which an act does its work."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request

from newsletter.door import Door
from newsletter.errors import NewsletterError
from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings
from newsletter.studio.sight import Sight
from newsletter.studio.states import States
from newsletter.studio.watch import Watch
from newsletter.trouble import Setting, explain
from newsletter.workspace import Workspace

TOKEN_BYTES = 24
PATIENCE = 0.3  # seconds; what takes longer is shown when it is done
Result = TypeVar("Result")


@dataclass
class Desk:
    """One run of the studio. ``token`` is known to its own pages only; without it nothing is changed (STANDARDS P16)."""

    door: Door
    watch: Watch
    opens: IssueName | None = None  # the issue whose page is asked for first
    token: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES), repr=False)
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    states: States = field(default_factory=States, repr=False)

    @property
    def workspace(self) -> Workspace:
        """The folder that is open."""
        return self.door.workspace

    @property
    def settings(self) -> Settings:
        """The settings of this run."""
        return self.door.settings

    def now(self) -> dt.datetime:
        """The time now."""
        return self.door.now()

    async def glance(self, issue: IssueName) -> Sight:
        """An issue's letters at once; its problems as far as they are known."""
        return await self.watch.glance(issue)

    def file(self, sight: Sight, language: str) -> Path:
        """An edition's file; 404 where there is no such edition: a language is never made into a file's name unseen."""
        if language not in {sight.first, *self.workspace.edition_files(sight.issue, sight.first), *sight.letters}:
            raise HTTPException(404)
        return self.workspace.issues / sight.file(language)

    async def look(self, work: Callable[[], Result]) -> Result:
        """Do something that only reads, beside the event loop, its troubles in plain words.

        Raises NewsletterError; HTTPException, where the work says that there is no such thing; and nothing else.
        """
        try:
            return await asyncio.to_thread(work)
        except HTTPException:
            raise
        except Exception as error:
            raise self.explained(error) from error

    async def soon(self, work: Callable[[], Result]) -> Result | None:
        """The same, if it is done at once; else None: it goes on, and the page asks again."""
        task = asyncio.ensure_future(self.look(work))
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not done:
            task.add_done_callback(lambda one: one.cancelled() or one.exception())
        return task.result() if done else None

    async def act(self, work: Callable[[], Result]) -> Result:
        """The same for what may write files: one at a time."""
        async with self.writing:
            return await self.look(work)

    def explained(self, error: Exception) -> NewsletterError:
        """What went wrong, as a sentence and the way on."""
        return explain(error, Setting("preview", self.now(), self.workspace.outbox))


def desk_of(request: Request) -> Desk:
    """The desk that a request is answered from."""
    desk: Desk = request.app.state.desk
    return desk


def issue_of(request: Request) -> IssueName:
    """The issue that an address names; 404 where there is none of that name, and none was shown."""
    desk = desk_of(request)
    try:
        issue = IssueName.parse(request.path_params["issue"])
    except ValueError:
        raise HTTPException(404) from None
    if issue not in desk.workspace.issue_names() and issue not in desk.watch.sights:
        raise HTTPException(404)
    return issue
