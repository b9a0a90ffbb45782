"""An edition, an invented reader and a view -> the letter's own HTML, in which nothing runs; its pictures and places."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from newsletter.emulations.conditions import with_scheme, with_style
from newsletter.studio.cast import answers_for, letter_for
from newsletter.studio.desk import desk_of, issue_of
from newsletter.studio.guard import LETTER_POLICY
from newsletter.studio.places import Shown
from newsletter.studio.shell import draw
from newsletter.studio.showing import chosen, showing
from newsletter.studio.sight import Made
from newsletter.studio.views import FIRST, VIEWS

NO_PICTURES = LETTER_POLICY.replace("img-src 'self'", "img-src 'none'")
KEEP = {"Cache-Control": "private, max-age=86400, immutable"}  # a picture's name changes with what it shows
SCHEMES = ("light", "dark")


async def _letter(request: Request) -> Response:
    """A letter's HTML as an invented reader gets it: in views that are exact, byte for byte."""
    made = await _made(request, request.path_params["language"])
    asked = request.query_params
    condition = VIEWS.get(asked.get("view", ""), VIEWS[FIRST]).condition
    html = with_style(letter_for(made, desk_of(request).settings, asked.get("reader", "")).html, condition)
    if asked.get("scheme") in SCHEMES:
        html = with_scheme(html, asked["scheme"])
    policy = LETTER_POLICY if condition.pictures else NO_PICTURES
    return HTMLResponse(html, headers={"Content-Security-Policy": policy})


async def _picture(request: Request) -> Response:
    """A picture of any letter that is shown; nothing is read from the disk."""
    sight = await desk_of(request).glance(issue_of(request))
    for made in sight.letters.values():
        for picture in made.rendered.pictures:
            if picture.name == request.path_params["name"]:
                return Response(picture.data, media_type=picture.media_type, headers=KEEP)
    raise HTTPException(404)


async def _seen(request: Request) -> Response:
    """The part of an issue's page that shows its letter."""
    issue = issue_of(request)
    sight = await desk_of(request).glance(issue)
    return HTMLResponse(draw(request, "issue_letter.html", **showing(request, sight, f"/issues/{issue}")))


async def _where(request: Request) -> Response:
    """The field that a paragraph or picture of the shown letter comes from, with its place in the file."""
    asked = request.query_params
    made = await _made(request, asked.get("language", ""))
    shown = Shown(made.edition, made.rendered, answers_for(made, desk_of(request).settings, asked.get("reader", "")))
    at = int(asked["at"]) if asked.get("at", "").isdecimal() else 0
    if "picture" in asked:
        spot = shown.field_of_picture(asked.get("text", ""), asked["picture"], at)
    else:
        spot = shown.field_at(asked.get("text", ""), at)
    place = made.edition.place(spot.path, spot.offset)
    told = {"path": spot.path, "offset": spot.offset}
    return JSONResponse(told | {"file": place.file, "line": place.line, "column": place.column})


async def _stretch(request: Request) -> Response:
    """Where a section stands in the shown letter, counted in letters and figures; {} where it has no words."""
    sight = await desk_of(request).glance(issue_of(request))
    made = sight.letters.get(chosen(request, sight).language)
    number = request.path_params["number"]
    if made is None:
        raise HTTPException(404)
    answers = answers_for(made, desk_of(request).settings, request.query_params.get("reader", ""))
    found = Shown(made.edition, made.rendered, answers).stretch(number)
    return JSONResponse({"start": found[0], "length": found[1]} if found else {})


async def _made(request: Request, language: str) -> Made:
    made = (await desk_of(request).glance(issue_of(request))).letters.get(language)
    if made is None:
        raise HTTPException(404)
    return made


ROUTES = [
    Route("/issues/{issue}/letter/{language}", _letter),
    Route("/issues/{issue}/seen", _seen),
    Route("/issues/{issue}/where", _where),
    Route("/issues/{issue}/stretch/{number:int}", _stretch),
    Route("/pictures/{issue}/{name:path}", _picture),
]
