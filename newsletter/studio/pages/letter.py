"""An edition and an invented reader -> the letter's own HTML, for a frame in which nothing runs; and its pictures."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from newsletter.studio.cast import letter_for
from newsletter.studio.desk import desk_of, issue_of
from newsletter.studio.guard import LETTER_POLICY


async def _letter(request: Request) -> Response:
    """A letter's HTML as readers get it, but that its links open beside the studio."""
    issue = issue_of(request)
    made = (await desk_of(request).glance(issue)).letters.get(request.path_params["language"])
    if made is None:
        raise HTTPException(404)
    letter = letter_for(made.rendered, issue, request.query_params.get("reader", ""))
    html = letter.html.replace("<head>", '<head><base target="_blank">', 1)
    return HTMLResponse(html, headers={"Content-Security-Policy": LETTER_POLICY})


async def _picture(request: Request) -> Response:
    """A picture of any letter that is shown; nothing is read from the disk."""
    sight = await desk_of(request).glance(issue_of(request))
    for made in sight.letters.values():
        for picture in made.rendered.pictures:
            if picture.name == request.path_params["name"]:
                return Response(picture.data, media_type=picture.media_type)
    raise HTTPException(404)


ROUTES = [
    Route("/issues/{issue}/letter/{language}", _letter),
    Route("/pictures/{issue}/{name:path}", _picture),
]
