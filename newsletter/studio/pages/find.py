"""Words -> every place where they were ever said, each with its section and a way there; and the issues of a month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from newsletter.finding.find import Found, Nothing, Wanted, find, nearest
from newsletter.nouns.draft import IssueName
from newsletter.studio.desk import Desk, desk_of
from newsletter.studio.months import month
from newsletter.studio.shell import language_of, own_name, show, words_of
from newsletter.texts.folding import fold
from newsletter.workspace import Workspace

MOST = 60
LONGEST = 200
_WORDS = re.compile(r'["“”«»„][^"“”«»„]*["“”«»„]|\S+')
_EDITION = re.compile(r"(?P<issue>\d{4}-\d{2}(?:-\d{2}-[a-z0-9-]+)?)(?:\.(?P<language>[A-Za-z-]+))?\.yaml")


@dataclass(frozen=True, slots=True)
class Hit:
    """One place: what it is called, its line with the words marked, and where it leads, "" where the studio shows none."""

    where: str
    section: str
    line: Markup
    address: str
    place: str


async def _page(request: Request) -> Response:
    desk, say = desk_of(request), words_of(request).say
    asked = request.query_params.get("q", "").strip()[:LONGEST]
    found: list[Found] = []
    why: Nothing | None = None
    if asked:
        found, why = await desk.look(lambda: _looked(desk, asked))
    months = [(one, month(one, language_of(request))) for one in _months(desk.workspace, asked, language_of(request))]
    headline = say("find_headline", count=len(found)) if asked else say("find_nothing_asked")
    return show(
        request,
        "find.html",
        asked=asked,
        headline=headline,
        hits=[_hit(request, one) for one in found[:MOST]],
        more=max(0, len(found) - MOST),
        months=months,
        near=[(word, near) for word, near in why.nearest.items()] if why else [],
    )


def _looked(desk: Desk, asked: str) -> tuple[list[Found], Nothing | None]:
    """What holds all the words; and the sections of the case or the ask of that name, which come first."""
    wanted = Wanted(tuple(_WORDS.findall(asked)))
    named = (
        [*find(desk.workspace, Wanted(case=asked)), *find(desk.workspace, Wanted(ask=asked))]
        if " " not in asked
        else []
    )
    found = list(dict.fromkeys([*named, *find(desk.workspace, wanted)]))
    return found, None if found else nearest(desk.workspace, wanted)


def _hit(request: Request, one: Found) -> Hit:
    found = _EDITION.fullmatch(one.file.rpartition("/")[2])
    line = Markup("").join(_marked(one))
    if not found:
        return Hit(one.file, one.section, line, "", f"{one.file}:{one.line}")
    named = month(IssueName.parse(found["issue"]), language_of(request))
    asked = {name: value for name, value in (("language", found["language"]), ("line", str(one.line))) if value}
    where = f"{named}, {own_name(found['language'])}" if found["language"] else named
    return Hit(where, one.section, line, f"/issues/{found['issue']}?{urlencode(asked)}", f"{one.file}:{one.line}")


def _marked(one: Found) -> Iterator[Markup]:
    last = 0
    for start, end in one.marks:
        if start >= last:
            yield Markup("{}<mark>{}</mark>").format(one.text[last:start], one.text[start:end])
            last = end
    yield Markup("{}").format(one.text[last:])


def _months(workspace: Workspace, asked: str, language: str) -> Iterator[IssueName]:
    """The issues whose name or month begins with what was asked."""
    wanted = fold(asked).text.strip()
    for one in reversed(workspace.issue_names()):
        if wanted and (str(one).startswith(wanted) or fold(month(one, language)).text.startswith(wanted)):
            yield one


ROUTES = [Route("/find", _page)]
