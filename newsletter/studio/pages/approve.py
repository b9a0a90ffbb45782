"""An issue -> the page of the second pair of eyes: the file for her, her code, or her name at this computer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from newsletter.gate.approvals import read_approvals
from newsletter.gate.leaving import NoSuchEdition, leaving
from newsletter.languages import full_name
from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Severity
from newsletter.review.let_go import NoCode, let_go, meant
from newsletter.review.states import states
from newsletter.review.written import review_file, written
from newsletter.studio.asked import asked
from newsletter.studio.days import moment_in_words
from newsletter.studio.desk import desk_of, issue_of
from newsletter.studio.known import Looked, look_at, looked
from newsletter.studio.shell import language_of, show_of_issue, words_of


@dataclass(frozen=True, slots=True)
class Read:
    """An edition as to its approval."""

    language: str
    name: str
    subject: str
    approved: bool
    said: str  # by whom it was approved and when, or that nobody has
    changed: tuple[str, ...]  # since then
    given: bool  # whether the file for the second reader was made of these very words


async def _page(request: Request) -> Response:
    desk = desk_of(request)
    it = await looked(desk, issue_of(request))
    editions = await desk.look(lambda: _editions(request, it))
    ready = not it.count(Severity.ERROR) and it.dossier is not None
    done = bool(editions) and all(one.approved for one in editions)
    say = words_of(request).say
    return show_of_issue(
        request,
        "approve.html",
        headline=say(
            "approve_done" if done else "approve_headline" if ready else "approve_not_ready",
            count=it.count(Severity.ERROR),
        ),
        story=say("approve_record" if done else "approve_story") if ready else say("approve_not_ready_why"),
        ready=ready,
        done=done,
        editions=editions,
        given=any(one.given for one in editions),
        warnings=it.count(Severity.WARNING),
    )


def _editions(request: Request, it: Looked) -> list[Read]:
    dossier = it.dossier
    return [_read(request, dossier, one) for one in _there(dossier)] if dossier else []


def _there(dossier: Dossier) -> list[Edition]:
    """The editions that could be made."""
    return [one for one in dossier.editions if one.language in dossier.renderings]


def _read(request: Request, dossier: Dossier, edition: Edition) -> Read:
    desk, say, language = desk_of(request), words_of(request).say, edition.language
    it = leaving(desk.workspace, dossier, language)
    approval = read_approvals(desk.workspace, dossier.issue).get(language)
    said = say("approve_nobody")
    changed: tuple[str, ...] = ()
    if approval:
        at = moment_in_words(dt.datetime.fromisoformat(approval.at).astimezone(), say, language_of(request), desk.now())
        said = say("approve_by_code" if approval.how == "code" else "approve_by", name=approval.by, when=at)
        changed = () if approval.digest == it.digest else tuple(it.changed(approval.saw))
    approved = bool(approval and approval.digest == it.digest)
    given = any(one.digest == it.digest for one in states(desk.workspace, dossier.issue, language))
    return Read(language, full_name(language, language_of(request)), edition.subject, approved, said, changed, given)


async def _review(request: Request) -> Response:
    """Make the file for the second reader, and have the browser keep it."""
    desk, issue, given = desk_of(request), issue_of(request), await asked(request)
    language = given.text("language")

    def work() -> str:
        it = look_at(desk.workspace, desk.settings, issue)
        there = _there(it.dossier) if it.dossier else []
        edition = next((one for one in there if one.language == language), None)
        if it.dossier is None or edition is None:
            raise NoSuchEdition(language, [one.language for one in there])
        return written(desk.workspace, it.dossier, edition, it.problems, desk.now())[1]

    code = await desk.act(work)
    say = words_of(request).say
    answer = {"said": say("approve_made"), "hint": say("approve_made_hint", code=code)}
    return JSONResponse({**answer, "download": f"/issues/{issue}/review/{language}"})


async def _file(request: Request) -> Response:
    """The file for the second reader as it was made last."""
    desk, issue = desk_of(request), issue_of(request)
    it = await looked(desk, issue)
    language = request.path_params["language"]
    if it.dossier is None or language not in it.dossier.renderings:
        raise HTTPException(404)
    path = review_file(desk.workspace, issue, it.dossier.profile, language)
    if not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, media_type="text/html", filename=f"{issue}-{path.name}")


async def _approve(request: Request) -> Response:
    """Take a code or a name at this computer for her word."""
    desk, issue, given = desk_of(request), issue_of(request), await asked(request)
    by, code, languages = given.text("by"), given.text("code"), given.chosen("language")
    by_code = given.text("how") == "code"

    def work() -> None:
        if by_code and not code:
            raise NoCode("")
        dossier = look_at(desk.workspace, desk.settings, issue).mended()
        read = meant(desk.workspace, dossier, [code] if by_code else [], () if by_code else languages)
        let_go(desk.workspace, dossier, read, by, desk.now(), how="code" if by_code else "")

    await desk.act(work)
    return JSONResponse({"address": f"/issues/{issue}/approve"})


ROUTES = [
    Route("/issues/{issue}/approve", _page),
    Route("/issues/{issue}/approve", _approve, methods=["POST"]),
    Route("/issues/{issue}/review", _review, methods=["POST"]),
    Route("/issues/{issue}/review/{language}", _file),
]
