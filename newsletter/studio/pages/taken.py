"""A file that was dropped, or an address -> its bytes, kept in memory for this run, and the key by which pages name them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from newsletter.studio.asked import asked
from newsletter.studio.desk import desk_of
from newsletter.studio.taken import Taken, keep_taken, plain_name


async def _file(request: Request) -> Response:
    name = plain_name(request.query_params.get("name", ""))
    return JSONResponse({"key": keep_taken(request, Taken(name, await request.body()))})


async def _address(request: Request) -> Response:
    """What stands at an address now; the only thing in the studio that needs the network."""
    desk, given = desk_of(request), await asked(request)
    page = await desk.look(lambda: desk.door.fetch(given.text("address")))
    return JSONResponse({"key": keep_taken(request, Taken(page.url, page.data, page.content_type, page.url))})


ROUTES = [
    Route("/taken/file", _file, methods=["POST"]),
    Route("/taken/address", _address, methods=["POST"]),
]
