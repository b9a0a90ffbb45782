"""A picture's name -> a small one of it; nothing outside of ``issues/images/``, and nothing but pictures."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from newsletter.studio.desk import desk_of
from newsletter.studio.thumbnail import thumbnail


async def _thumbnail(request: Request) -> Response:
    data = await asyncio.to_thread(thumbnail, desk_of(request).workspace, request.path_params["name"])
    if data is None:
        raise HTTPException(404)
    return Response(data, media_type="image/png")


ROUTES = [Route("/thumbnails/{name:path}", _thumbnail)]
