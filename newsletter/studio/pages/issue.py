"""An issue -> its page: where it stands, the letter as readers get it, and what is to mend."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from newsletter.nouns.problem import Problem, Severity
from newsletter.studio.desk import desk_of, issue_of
from newsletter.studio.months import month
from newsletter.studio.shell import choices, draw, language_of, own_name
from newsletter.studio.showing import chosen, showing
from newsletter.studio.sight import Sight


async def _issue(request: Request) -> Response:
    """The page for what the address asks for; what it cannot have is answered by the default."""
    issue = issue_of(request)
    sight = await desk_of(request).glance(issue)
    path, now = f"/issues/{issue}", chosen(request, sight)
    page = draw(
        request,
        "issue.html",
        **showing(request, sight, path),
        version=desk_of(request).watch.version(issue),
        month=month(issue, language_of(request)),
        old=sight.old(now.language),
        why=_why(sight, now.language),
        groups=[(one, found) for one in Severity if (found := _of(sight, one))],
        count=len(_of(sight, Severity.ERROR)),
        languages=choices(path, now.values(), "language", {one: own_name(one) for one in _in_order(sight)}),
    )
    return HTMLResponse(page)


def _of(sight: Sight, severity: Severity) -> list[Problem]:
    return [problem for problem in sight.problems if problem.severity is severity]


def _why(sight: Sight, language: str) -> Problem | None:
    """What most likely keeps this edition from being made: an error in its own file, else the worst there is."""
    own = sight.file(language or sight.first)
    errors = _of(sight, Severity.ERROR)
    return next((one for one in errors if one.place.file.endswith(f"/{own}")), next(iter(sight.problems), None))


def _in_order(sight: Sight) -> list[str]:
    """The languages there are letters in, the default edition's first."""
    return sorted(sight.letters, key=lambda language: (language != sight.first, language))


ROUTES = [Route("/issues/{issue}", _issue)]
