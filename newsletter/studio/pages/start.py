"""The workspace -> the start page: where things stand and the one next step, three acts, and every other issue."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from newsletter.nouns.draft import IssueName, Profile
from newsletter.nouns.problem import Problem, Severity
from newsletter.rendering.pictures.ready import UnreadablePicture, ready
from newsletter.stand.cards import Card, State
from newsletter.stand.stand import Stand, missing_approvals
from newsletter.studio.bar import Part, bar
from newsletter.studio.days import day_in_words, how_far
from newsletter.studio.desk import Desk, desk_of, issue_of
from newsletter.studio.guard import MOST_BYTES
from newsletter.studio.journey import journey
from newsletter.studio.known import Looked, Overview, look_at, looked, overview
from newsletter.studio.months import month
from newsletter.studio.shell import draw, language_of, show, words_of
from newsletter.studio.way import Stage, Way

SMALL, LARGE = 360, 640  # CSS pixels
WORDS_A_MINUTE = 220


@dataclass(frozen=True, slots=True)
class Shown:
    """A card with the words for it."""

    card: Card
    month: str
    subject: str
    day: str
    ask: bool  # whether only making the letter can tell its state
    bar: tuple[Part, ...]


async def _start(request: Request) -> Response:
    desk = desk_of(request)
    seen = await asyncio.to_thread(overview, desk)
    current = seen.current
    it = await desk.soon(lambda: look_at(desk.workspace, desk.settings, current.issue)) if current else None
    return show(
        request,
        "start.html",
        seen=seen,
        current=_shown(request, desk, current) if current else None,
        rest=[_shown(request, desk, one) for one in seen.cards if one is not current],
        head=_head(request, seen, current, it) if current and it else "",
        pauses=_pauses(request, seen.profile),
        most=MOST_BYTES,
    )


async def _current(request: Request) -> Response:
    """The part on the current issue, as soon as it is made."""
    desk, issue = desk_of(request), issue_of(request)
    seen = await asyncio.to_thread(overview, desk)
    card = next((one for one in seen.cards if one.issue == issue), None)
    if card is None:
        raise HTTPException(404)
    return JSONResponse({"part": _head(request, seen, card, await looked(desk, issue))})


def _head(request: Request, seen: Overview, card: Card, it: Looked) -> str:
    desk, language, say = desk_of(request), language_of(request), words_of(request).say
    stand, way = journey(desk, it.prepared, it.problems, seen.kept)
    today = desk.now().date()
    return draw(
        request,
        "start_stand.html",
        stand=stand,
        way=way,
        stages=list(Stage),
        issue=card.issue,
        month=month(card.issue, language),
        day=day_in_words(card.told.send_on, say, language, today) if card.told.send_on else "",
        far=how_far(card.told.send_on, say, today) if card.told.send_on else "",
        has_picture=bool(card.told.picture),
        sections=card.told.sections,
        minutes=_minutes(stand),
        where=_where(stand),
        languages=stand.missing_approvals,
        pause=[month(one, language) for one in stand.pause.months] if stand.pause else [],
        next_day=day_in_words(stand.pause.ends, say, language, today) if stand.pause else "",
        headline=_headline(request, stand, way),
    )


def _headline(request: Request, stand: Stand, way: Way) -> str:
    """The one sentence that says where things stand."""
    say = words_of(request).say
    if stand.dossier is None:
        return say("start_unreadable")
    if way.now in (Stage.WRITE, Stage.MEND):
        return say(f"start_headline_{way.now}", count=stand.to_mend)
    if way.now is Stage.SEND and stand.books:
        return say("start_headline_go_on", count=stand.books.waiting + stand.books.deferred)
    return say(f"start_headline_{way.now or 'done'}")


def _where(stand: Stand) -> list[tuple[str, int]]:
    """In which sections the errors are, by title, in the order of the letter."""
    found: dict[str, int] = {}
    for problem in stand.problems:
        if problem.severity is Severity.ERROR and (title := _section(stand, problem)):
            found[title] = found.get(title, 0) + 1
    return list(found.items())


def _section(stand: Stand, problem: Problem) -> str:
    for edition in stand.dossier.editions if stand.dossier else ():
        if edition.file == problem.place.file:
            above = [one for one in edition.sections if edition.place(one.path).line <= problem.place.line]
            return above[-1].title or above[-1].type.label.into(edition.language) if above else ""
    return ""


def _minutes(stand: Stand) -> int:
    """How long the first edition takes to read."""
    if stand.dossier is None:
        return 0
    text = "".join(one for one in next(iter(stand.dossier.renderings.values())).text if isinstance(one, str))
    return max(1, round(len(text.split()) / WORDS_A_MINUTE))


def _shown(request: Request, desk: Desk, card: Card) -> Shown:
    language, say = language_of(request), words_of(request).say
    day = day_in_words(card.told.send_on, say, language, desk.now().date()) if card.told.send_on else ""
    return Shown(
        card,
        month(card.issue, language),
        card.told.subject,
        day,
        card.state is State.UNKNOWN,
        bar(card.books) if card.books else (),
    )


def _pauses(request: Request, profile: Profile | None) -> list[str]:
    ahead = [IssueName(one.year, one.month) for one in profile.pause if one.month] if profile else []
    today = desk_of(request).now().date()
    coming = [one for one in ahead if (one.year, one.month) >= (today.year, today.month)]
    return [month(one, language_of(request)) for one in coming]


async def _state(request: Request) -> Response:
    """How far a draft is, which only making it tells: to mend, approved, or written and not approved."""
    desk, issue, say = desk_of(request), issue_of(request), words_of(request).say
    it = await looked(desk, issue)
    errors = it.count("error")
    if errors or it.dossier is None:
        return JSONResponse({"state": "mend", "word": say("to_mend", count=errors)})
    missing = await desk.look(lambda: missing_approvals(desk.workspace, it.dossier))
    approved = it.dossier.profile.approval_required and not missing
    return JSONResponse(
        {"state": "approved" if approved else "draft", "word": say("start_approved" if approved else "start_draft")}
    )


async def _picture(request: Request) -> Response:
    """The first picture of an issue, small; large on the card of the current one."""
    desk, issue = desk_of(request), issue_of(request)
    width = LARGE if request.query_params.get("large") else SMALL

    def made() -> Response:
        card = next((one for one in overview(desk).cards if one.issue == issue), None)
        path = desk.workspace.picture(card.told.picture) if card and card.told.picture else None
        if path is None:
            raise HTTPException(404)
        try:
            found = ready(path, width, desk.workspace.outbox / ".cache" / "pictures")
        except UnreadablePicture:
            raise HTTPException(404) from None
        return Response(found.data, media_type=found.media_type)

    return await desk.look(made)


ROUTES = [
    Route("/", _start),
    Route("/start/{issue}/current", _current),
    Route("/start/{issue}/state", _state),
    Route("/start/{issue}/picture", _picture),
]
