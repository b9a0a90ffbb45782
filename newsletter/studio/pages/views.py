"""An issue -> its light table: one letter in all views at once, as one reader gets it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from newsletter.studio.desk import desk_of, issue_of
from newsletter.studio.months import month
from newsletter.studio.shell import choices, draw, language_of, own_name
from newsletter.studio.showing import chosen, showing
from newsletter.studio.views import TABLE, VIEWS


async def _views(request: Request) -> Response:
    issue = issue_of(request)
    sight = await desk_of(request).glance(issue)
    path, now = f"/issues/{issue}/views", chosen(request, sight)
    asked = {"language": now.language, "reader": now.reader}
    languages = {one: own_name(one) for one in sorted(sight.letters, key=lambda one: (one != sight.first, one))}
    page = draw(
        request,
        "views.html",
        **showing(request, sight, path),
        table=[VIEWS[key] for key in TABLE],
        languages=choices(path, asked, "language", languages),
        keys=list(VIEWS),
        back=choices(f"/issues/{issue}", asked, "view", dict.fromkeys(VIEWS, "")),
        month=month(issue, language_of(request)),
        version=desk_of(request).watch.version(issue),
    )
    return HTMLResponse(page)


ROUTES = [Route("/issues/{issue}/views", _views)]
