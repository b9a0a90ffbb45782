"""A Watch -> the preview's pages: the letter in its frame, what is to mend, and word of each change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import fill
from newsletter.nouns.letter import Letter, Rendered
from newsletter.studio.guard import LETTER_POLICY, Guard
from newsletter.studio.page import READERS, page
from newsletter.studio.watch import Watch

FOLDER = Path(__file__).resolve().parent
ASSETS = {"studio.css": "text/css", "studio.js": "text/javascript", "icon.svg": "image/svg+xml"}
LEAVE = "https://news.example.org/u/only-a-preview"  # an invented reader's leave link


def letter_for(rendered: Rendered, reader: str) -> Letter:
    """The letter as an invented reader gets it; pictures come from this machine."""
    return fill(rendered, reader_answers(READERS.get(reader, ""), LEAVE, lambda name: f"/pictures/{name}"))


def preview_app(watch: Watch, port: int) -> Starlette:
    """The whole preview, for a browser on this machine at this port."""

    @asynccontextmanager
    async def watching(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(watch.run())
        yield
        task.cancel()

    routes = [
        Route("/", _show),
        Route("/letter/{language}", _letter),
        Route("/pictures/{name:path}", _picture),
        Route("/changes", _changes),
        Route("/{name}", _asset),
    ]
    app = Starlette(routes=routes, lifespan=watching, middleware=[Middleware(Guard, port=port)])
    app.state.watch = watch
    return app


def _rendered(request: Request, language: str) -> Rendered:
    made = request.app.state.watch.sight.letters.get(language)
    if made is None:
        raise HTTPException(404)
    rendered: Rendered = made.rendered
    return rendered


async def _show(request: Request) -> Response:
    watch: Watch = request.app.state.watch
    asked = dict(request.query_params)
    return HTMLResponse(page(watch.sight, watch.version, asked, letter_for))


async def _letter(request: Request) -> Response:
    """A letter's HTML as readers get it, but that its links open beside the preview."""
    letter = letter_for(_rendered(request, request.path_params["language"]), request.query_params.get("reader", ""))
    html = letter.html.replace("<head>", '<head><base target="_blank">', 1)
    return HTMLResponse(html, headers={"Content-Security-Policy": LETTER_POLICY})


async def _picture(request: Request) -> Response:
    """A picture of any letter that is shown; nothing is read from the disk."""
    watch: Watch = request.app.state.watch
    for made in watch.sight.letters.values():
        for picture in made.rendered.pictures:
            if picture.name == request.path_params["name"]:
                return Response(picture.data, media_type=picture.media_type)
    raise HTTPException(404)


async def _changes(request: Request) -> Response:
    """Server-sent events: the version now, and each new one."""
    watch: Watch = request.app.state.watch

    async def events() -> AsyncIterator[str]:
        async for version in watch.versions():
            yield f"event: version\ndata: {version}\n\n" if version else ":\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in ASSETS:
        raise HTTPException(404)
    return Response((FOLDER / name).read_bytes(), media_type=ASSETS[name])
