"""The earlier issues -> the page on which the next one is begun, with what comes along, is left out, or was never told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from newsletter.begin import Beginning, NoName, begin, beginning
from newsletter.drafting.matters import Fate, Matter
from newsletter.studio.asked import Asked, asked
from newsletter.studio.days import day_in_words
from newsletter.studio.desk import Desk, desk_of
from newsletter.studio.months import month
from newsletter.studio.shell import draw, language_of, own_name, show, words_of


@dataclass(frozen=True, slots=True)
class Told:
    """An ask of an earlier issue and what becomes of it."""

    title: str
    kind: str
    issue: str
    why: str


async def _page(request: Request) -> Response:
    desk = desk_of(request)

    def proposed() -> Beginning:
        return beginning(desk.workspace, None, (), desk.now().date(), desk.settings.public_url)

    about_to = await desk.look(proposed)
    return show(request, "new.html", **_told(request, about_to), several=len(about_to.profile.languages) > 1)


async def _begin(request: Request) -> Response:
    desk, given = desk_of(request), await asked(request)

    def work() -> Beginning:
        wanted = given.chosen("language")
        about_to = beginning(desk.workspace, _name(given), wanted, desk.now().date(), desk.settings.public_url)
        begin(desk.workspace, about_to)
        return about_to

    about_to = await desk.act(work)
    told = _told(request, about_to)
    return JSONResponse({"part": draw(request, "new_begun.html", **told), "said": told["begun"], "done": True})


def _name(given: Asked) -> str:
    """The issue that is meant: its month, or for a special its day and its name."""
    if given.text("kind") != "special":
        return given.text("month")
    day, words = given.text("day"), given.text("name").lower()
    slug = "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in words).split())
    if not slug:
        raise NoName(words, "Give it a short name in plain letters, such as apci.")
    return f"{day}-{slug}"


def _told(request: Request, about_to: Beginning) -> dict[str, Any]:
    language, say = language_of(request), words_of(request).say
    draft, today = about_to.draft, desk_of(request).now().date()
    named = month(about_to.issue, language)
    return {
        "issue": about_to.issue,
        "month": named,
        "begun": say("new_begun", month=named),
        "day": day_in_words(draft.plan.send_on, say, language, today),
        "why": draft.why.get(language, ""),
        "passed": draft.plan.send_on < today,
        "languages": [(one, own_name(one)) for one in about_to.profile.languages],
        "carried": [_one(request, about_to, one) for one in draft.carried],
        "left_out": [_one(request, about_to, one) for one in draft.left_out],
        "unreported": [_one(request, about_to, one) for one in draft.unreported],
        "folded": [month(one, language) for one in draft.folded],
        "skipped": [month(one, language) for one in about_to.skipped],
        "in_a_pause": about_to.in_a_pause,
        "meanwhile": [_one(request, about_to, one) for one in about_to.close_meanwhile],
        "unreadable": [file for _, file in about_to.past.unreadable],
    }


def _one(request: Request, about_to: Beginning, matter: Matter) -> Told:
    language, section = language_of(request), matter.newest.section
    kind = section.type.label.into(language)
    why = _why(request, about_to, matter)
    return Told(section.title or kind, kind, month(matter.newest.issue, language), why)


def _why(request: Request, about_to: Beginning, matter: Matter) -> str:
    say, fate = words_of(request).say, about_to.draft.fate(matter)
    day = _day(request, matter.over_on)
    if fate is Fate.OPEN:
        return say("new_open", day=day) if day else say("new_open_undated")
    if fate is Fate.OVER:
        return say("new_over", day=day)
    if fate is Fate.CLOSED:
        return say("new_closed", day=day) if day else say("new_closed_undated")
    return say("new_old" if fate is Fate.OLD else "new_to_confirm")


def _day(request: Request, day: dt.date | None) -> str:
    desk: Desk = desk_of(request)
    return day_in_words(day, words_of(request).say, language_of(request), desk.now().date()) if day else ""


ROUTES = [Route("/new", _page), Route("/new", _begin, methods=["POST"])]
