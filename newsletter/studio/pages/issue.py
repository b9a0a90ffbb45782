"""An issue -> its page: its sections, the form of one of them, the letter as readers get it, and what is to mend."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from newsletter.errors import NewsletterError
from newsletter.family import members
from newsletter.nouns.draft import IssueName
from newsletter.nouns.problem import Problem, Severity
from newsletter.pipeline import CHECKS
from newsletter.stand.list_and_books import list_and_books
from newsletter.stand.stand import Stand, Step
from newsletter.studio.desk import Desk, desk_of, issue_of
from newsletter.studio.form import START
from newsletter.studio.journey import journey
from newsletter.studio.months import month
from newsletter.studio.opened import Opened, labels, opened
from newsletter.studio.placed import Placed
from newsletter.studio.shell import choices, draw, language_of, own_name, show, words_of
from newsletter.studio.showing import chosen, showing
from newsletter.studio.sight import Sight
from newsletter.studio.thumbnail import measured
from newsletter.studio.typed import DATES

STATES = {
    Step.READERS: "approved",
    Step.SEND: "approved",
    Step.GO_ON: "sending",
    Step.PUBLISH: "sent",
    Step.NEW: "sent",
}


async def _issue(request: Request) -> Response:
    """The page for what the address asks for; what it cannot have is answered by the default."""
    return show(request, "issue.html", **await _values(request))


async def _parts(request: Request) -> Response:
    """The parts of the page that change while she writes: the head, the list, the form, the problems."""
    return HTMLResponse(draw(request, "issue_parts.html", **await _values(request)))


async def _values(request: Request) -> dict[str, Any]:
    issue = issue_of(request)
    sight = await desk_of(request).glance(issue)
    seen = opened(request, issue, sight)
    stands = await asyncio.to_thread(_month, desk_of(request), sight)
    return {**_letter(request, issue, sight, seen), **_bench(request, seen), **stands}


def _month(desk: Desk, sight: Sight) -> dict[str, Any]:
    """Where the issue stands in its month, and what comes next once there is nothing to mend."""
    stand, way = None, None
    if sight.prepared is not None:
        with suppress(NewsletterError):  # the pages for approvals and for readers say what is wrong there
            kept = list_and_books(desk.workspace, desk.settings)
            stand, way = journey(desk, sight.prepared, sight.problems, kept)
    return {"issue": sight.issue, "stand": stand, "way": way, "state": _state(stand)}


def _state(stand: Stand | None) -> str:
    """In one word how far it is; the words for it are the start page's."""
    if stand is None or stand.dossier is None:
        return "draft"
    known = stand.books or stand.dossier.profile.approval_required
    return (STATES.get(stand.step) if known else None) or ("past" if stand.long_ago else "draft")


def _bench(request: Request, seen: Opened) -> dict[str, Any]:
    """What she writes and mends with."""
    steps = desk_of(request).states.steps(seen.file.path)
    data = seen.file.data
    return {
        "seen": seen,
        "form": seen.form,
        "start": START,
        "by_field": seen.by_field,
        "checks": len(members(CHECKS)),
        "label_of": labels(seen),
        "verb_of": lambda one: _verb(seen, one),
        "address": lambda at, language="": _address(request, at, language or seen.language),
        "send_on": _send_on(seen),
        "undo": steps.back(data) is not None,
        "redo": steps.again(data) is not None,
        "beside": {one: seen.beside(one) for one in seen.editions if one != seen.language},
        "add": sorted(seen.types.values(), key=lambda one: one.label.into(language_of(request)).casefold()),
        "copies": [one for one in desk_of(request).workspace.conflicted() if one.of == seen.file.path.name],
        "words": words_of(request),
        "about_picture": lambda name: _about_picture(request, name),
    }


def _verb(seen: Opened, one: Placed) -> str:
    """The name of what the button of a problem does."""
    if one.problem.fix:
        return "mend_change"
    if not one.language:
        return ""
    form = seen.form if one.at == seen.at and one.language == seen.language else None
    kinds = {box.path: box.kind for box in form.all} if form else {}
    if one.missing:
        return "mend_write"
    return "mend_date" if kinds.get(one.path) in DATES else "mend_look"


def _address(request: Request, at: int, language: str) -> str:
    """The page with another section or edition open, the views as they are."""
    asked = {name: request.query_params[name] for name in ("view", "reader") if name in request.query_params}
    return f"/issues/{request.path_params['issue']}?{urlencode({'section': at + 1, 'language': language, **asked})}"


def _about_picture(request: Request, name: str) -> str:
    """A picture's size in words; "" where it is not there, or no picture."""
    found = measured(desk_of(request).workspace, name)
    if found is None:
        return words_of(request).say("write_picture_not_there")
    return words_of(request).say("write_picture_size", wide=found.width, high=found.height, size=f"{found.kilobytes:,}")


def _send_on(seen: Opened) -> str:
    form = seen.forms.start(seen.file.tree.data) if seen.file.tree else None
    return next((box.value for box in form.boxes if box.path == ("send_on",)), "") if form else ""


def _letter(request: Request, issue: IssueName, sight: Sight, seen: Opened) -> dict[str, Any]:
    """The letter's column, and what the page says of the whole issue."""
    path = f"/issues/{issue}"
    now = chosen(request, sight).values() | {"language": seen.language, "section": str(seen.at + 1)}
    return {
        **showing(request, sight, path),
        "version": desk_of(request).watch.version(issue),
        "month": month(issue, language_of(request)),
        "old": sight.old(seen.language),
        "why": _why(sight, seen.language),
        "groups": [(one, found) for one in Severity if (found := seen.of(one))],
        "count": len(seen.of(Severity.ERROR)),
        "languages": choices(path, now, "language", {one: own_name(one) for one in _in_order(sight, seen)}),
    }


def _why(sight: Sight, language: str) -> Problem | None:
    """What most likely keeps this edition from being made: an error in its own file, else the worst there is."""
    own = sight.file(language or sight.first)
    errors = [one for one in sight.problems if one.severity is Severity.ERROR]
    return next((one for one in errors if one.place.file.endswith(f"/{own}")), next(iter(sight.problems), None))


def _in_order(sight: Sight, seen: Opened) -> list[str]:
    """The languages there are editions in, the default edition's first."""
    there = {*sight.letters, *seen.editions}
    return sorted(there, key=lambda language: (language != sight.first, language))


ROUTES = [Route("/issues/{issue}", _issue), Route("/issues/{issue}/parts", _parts)]
