"""The languages of the screens and light or dark -> a cookie, and back to where one was."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from newsletter.phrases import offered
from newsletter.studio.desk import desk_of
from newsletter.studio.shell import AS_THE_COMPUTER, FAMILY, LANGUAGE, SCHEME, SCHEMES

A_YEAR = 365 * 24 * 3600


async def _language(request: Request) -> Response:
    asked = request.path_params["language"]
    if asked not in offered(desk_of(request).workspace, FAMILY):
        raise HTTPException(404)
    return _kept(request, LANGUAGE, asked)


async def _scheme(request: Request) -> Response:
    asked = request.path_params["scheme"]
    if asked not in (*SCHEMES, AS_THE_COMPUTER):
        raise HTTPException(404)
    return _kept(request, SCHEME, asked)


def _kept(request: Request, name: str, value: str) -> Response:
    """Back to the page from which one came, which is one of ours."""
    back = request.query_params.get("back", "/")
    ours = back.startswith("/") and not back.startswith(("//", "/\\"))
    answer = RedirectResponse(back if ours else "/", 303)
    answer.set_cookie(name, value, max_age=A_YEAR, httponly=True, samesite="strict")
    return answer


ROUTES = [Route("/language/{language}", _language), Route("/scheme/{scheme}", _scheme)]
