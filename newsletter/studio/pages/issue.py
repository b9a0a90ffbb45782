"""An issue -> its page: where it stands, the letter as readers get it, and what is to mend."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from newsletter.nouns.problem import Problem, Severity
from newsletter.studio.cast import READERS, letter_for
from newsletter.studio.desk import desk_of, issue_of
from newsletter.studio.months import month
from newsletter.studio.shell import choices, language_of, own_name, show, words_of
from newsletter.studio.sight import Sight

VIEWS = ("desktop", "phone", "text")


async def _issue(request: Request) -> Response:
    """The page for what the address asks for; what it cannot have is answered by the default."""
    issue = issue_of(request)
    sight = await desk_of(request).glance(issue)
    say = words_of(request).say
    asked = request.query_params
    chosen = {
        "language": asked["language"] if asked.get("language") in sight.letters else sight.language,
        "view": asked["view"] if asked.get("view") in VIEWS else "desktop",
        "reader": asked["reader"] if asked.get("reader") in READERS else "",
    }
    path = f"/issues/{issue}"
    made = sight.letters.get(chosen["language"])
    return show(
        request,
        "issue.html",
        sight=sight,
        version=desk_of(request).watch.version(issue),
        chosen=chosen,
        made=made,
        letter=letter_for(made.rendered, issue, chosen["reader"]) if made else None,
        month=month(issue, language_of(request)),
        old=sight.old(chosen["language"]),
        why=_why(sight, chosen["language"]),
        groups=[(one, found) for one in Severity if (found := _of(sight, one))],
        count=len(_of(sight, Severity.ERROR)),
        languages=choices(path, chosen, "language", {one: own_name(one) for one in _in_order(sight)}),
        views=choices(path, chosen, "view", {one: say(f"view_{one}") for one in VIEWS}),
        own_name=own_name,
        readers=choices(path, chosen, "reader", {one: say(f"reader_{one or 'nameless'}") for one in READERS}),
    )


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
