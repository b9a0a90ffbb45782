"""The workspace -> the start page: every issue, the newest first."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from newsletter.studio.desk import desk_of
from newsletter.studio.months import month
from newsletter.studio.shell import language_of, show


async def _start(request: Request) -> Response:
    issues = [
        (issue, month(issue, language_of(request))) for issue in reversed(desk_of(request).workspace.issue_names())
    ]
    return show(request, "start.html", issues=issues)


ROUTES = [Route("/", _start)]
