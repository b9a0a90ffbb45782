"""A Desk -> the studio: the pages of the family, our own style sheets and modules, and word of each change."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from newsletter.emulations.conditions import FOLDER as EMULATIONS
from newsletter.errors import NewsletterError
from newsletter.family import members
from newsletter.nouns.draft import IssueName
from newsletter.studio.asked import NotAsked
from newsletter.studio.desk import Desk, desk_of
from newsletter.studio.guard import Guard
from newsletter.studio.shell import show_trouble

ASSETS = Path(__file__).resolve().parent / "assets"
SERVED = (ASSETS, EMULATIONS)
MEDIA = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PAGES = "newsletter.studio.pages"
NOT_FOUND, NOT_SO = 404, 405  # there is no such page, or it is asked for in another way
AGAIN_MS = 500  # after so long a browser asks again where the studio has gone


def studio_app(desk: Desk, port: int) -> Starlette:
    """The whole studio, for a browser on this machine at this port."""

    @asynccontextmanager
    async def watching(_: Starlette) -> AsyncIterator[None]:
        tasks: list[asyncio.Task[object]] = [asyncio.create_task(desk.watch.run())]
        if desk.opens:  # begin with a letter before anybody has asked for it
            tasks.append(asyncio.create_task(desk.glance(desk.opens)))
        yield
        for task in tasks:
            task.cancel()

    routes = [route for page in members(PAGES).values() for route in page.ROUTES]
    app = Starlette(
        routes=[*routes, Route("/changes", _changes), Route("/assets/{name}", _asset)],
        lifespan=watching,
        middleware=[Middleware(Guard, port=port, token=desk.token)],
        exception_handlers={NewsletterError: _in_words, HTTPException: _not_there, Exception: _in_words},
    )
    app.state.desk = desk
    return app


async def _changes(request: Request) -> Response:
    """Server-sent events (HTML Standard, 9.2): versions and letters of the issues asked for, now and after each change."""
    watch = desk_of(request).watch
    try:
        issues = [IssueName.parse(one) for one in request.query_params.getlist("issue")]
    except ValueError:
        raise HTTPException(404) from None

    async def events() -> AsyncIterator[str]:
        yield f"retry: {AGAIN_MS}\n\n"
        async for versions, letters in watch.versions(issues, everything="all" in request.query_params):
            if versions:
                yield f"event: letters\ndata: {json.dumps(letters)}\n\nevent: versions\ndata: {json.dumps(versions)}\n\n"
            else:
                yield ":\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


async def _asset(request: Request) -> Response:
    """A file that lies in ``assets/`` or among the emulations; no other, whatever is asked for."""
    found = {path.name: path for folder in SERVED for path in folder.iterdir() if path.suffix in MEDIA}.get(
        request.path_params["name"]
    )
    if found is None:
        raise HTTPException(404)
    return Response(found.read_bytes(), media_type=MEDIA[found.suffix])


async def _in_words(request: Request, error: Exception) -> Response:
    return show_trouble(request, desk_of(request).explained(error))


async def _not_there(request: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else NOT_FOUND
    return show_trouble(request, None if code in (NOT_FOUND, NOT_SO) else NotAsked(), code)
