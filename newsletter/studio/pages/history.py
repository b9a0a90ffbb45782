"""The kept states of an edition, and copies that lie beside it -> a page to look at them by, and to bring one back."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from babel.dates import format_datetime
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from newsletter.difference import lines
from newsletter.errors import ToMend
from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import fill
from newsletter.nouns.conflicted import ConflictedCopy
from newsletter.nouns.draft import IssueName
from newsletter.snapshots import Snapshot, Why, keep_copy, read_snapshot, restore, save, snapshots
from newsletter.studio.asked import asked
from newsletter.studio.desk import Desk, desk_of, issue_of
from newsletter.studio.guard import LETTER_POLICY
from newsletter.studio.months import month
from newsletter.studio.shell import language_of, own_name, show, words_of
from newsletter.studio.states import Step
from newsletter.studio.then import then

MOST = 300
LEAVE = "https://news.example.org/u/only-a-preview"
COPY = "copy:"
"""Before the name of a copy that lies beside the file, where the name of a kept state would stand."""


@dataclass(frozen=True, slots=True)
class _Edition:
    """The edition whose history is asked for."""

    issue: IssueName
    language: str
    path: Path

    @property
    def data(self) -> bytes | None:
        return self.path.read_bytes() if self.path.is_file() else None


class NoSuchCopy(ToMend):
    """A copy was asked for that does not lie beside the file any more."""


async def _edition(request: Request, language: str) -> _Edition:
    """The edition; a language that has none leads nowhere."""
    desk, issue = desk_of(request), issue_of(request)
    sight = await desk.glance(issue)
    language = language or sight.first
    return _Edition(issue, language, desk.file(sight, language))


async def _history(request: Request) -> Response:
    desk = desk_of(request)
    edition = await _edition(request, request.query_params.get("language", ""))
    found = snapshots(desk.workspace, edition.path)[:MOST]
    beside = _beside(desk, edition)
    state = request.query_params.get("state", "")
    names = [*(f"{COPY}{one.name}" for one in beside), *(one.name for one in found)]
    state = state if state in names else next((one.name for one in found if not one.same), "")
    old = (_state(desk, edition, state) or b"").decode("utf-8", "replace") if state else ""
    new = (edition.data or b"").decode("utf-8", "replace")
    rows = [row for row in lines(old, new) if not row.same] if state else []
    return show(
        request,
        "history.html",
        edition=edition,
        month=month(edition.issue, language_of(request)),
        own_name=own_name,
        states=[(one, _when(request, one), _why(one)) for one in found],
        beside=[(one, f"{COPY}{one.name}") for one in beside],
        asked=state,
        is_copy=state.startswith(COPY),
        chosen=next((_when(request, one) for one in found if one.name == state), state.removeprefix(COPY)),
        rows=rows,
    )


def _when(request: Request, one: Snapshot) -> str:
    said = format_datetime(one.taken, "EEEE d MMMM, HH:mm:ss", locale=language_of(request))
    return said[:1].upper() + said[1:]


def _why(one: Snapshot) -> str:
    return f"history_why_{str(one.why or 'changed').replace('-', '_')}"


def _beside(desk: Desk, edition: _Edition) -> list[ConflictedCopy]:
    """The copies of the edition that a synced folder left beside it."""
    return [one for one in desk.workspace.conflicted() if one.of == edition.path.name]


def _state(desk: Desk, edition: _Edition, name: str) -> bytes | None:
    """A kept state, a copy beside the file, or for "" the file as it is. A name never leads anywhere else."""
    if not name:
        return edition.data
    if name.startswith(COPY):
        return _copy(desk, edition, name).read_bytes()
    return read_snapshot(desk.workspace, edition.path, name)


def _copy(desk: Desk, edition: _Edition, name: str) -> Path:
    known = {f"{COPY}{one.name}": one for one in _beside(desk, edition)}
    if name not in known:
        raise NoSuchCopy(
            f"{name.removeprefix(COPY)} does not lie beside the file any more.", "Look at what is there now."
        )
    return desk.workspace.issues / known[name].name


async def _letter(request: Request) -> Response:
    """The letter of a state, for a frame in which nothing runs."""
    desk = desk_of(request)
    edition = await _edition(request, request.path_params["language"])
    data = _state(desk, edition, request.query_params.get("state", ""))
    headers = {"Content-Security-Policy": LETTER_POLICY}
    made = (
        await asyncio.to_thread(then, desk.workspace, edition.path, edition.language, data, desk.settings)
        if data is not None
        else None
    )
    if made is None:
        words = words_of(request).say("history_not_made")
        return HTMLResponse(f"<!doctype html><title>{words}</title><p>{words}</p>", headers=headers)
    letter = fill(made, reader_answers("", LEAVE, lambda name: f"/pictures/{edition.issue}/{name}"))
    return HTMLResponse(letter.html.replace("<head>", '<head><base target="_blank">', 1), headers=headers)


async def _restore(request: Request) -> Response:
    """Bring a state back, or settle which of two copies holds; what stood there is kept."""
    desk = desk_of(request)
    given = await asked(request)
    name, keep = given.text("state"), given.text("keep")
    edition = await _edition(request, given.text("language"))

    def work() -> None:
        before = edition.data
        if name.startswith(COPY):
            _settle(desk, edition, name, mine=keep == "mine", now=desk.now())
        else:
            restore(desk.workspace, edition.path, name, before, desk.now())
        after = edition.data
        if before is not None and after is not None and before != after:
            desk.states.steps(edition.path).add(Step(before, after))

    await desk.act(work)
    return JSONResponse({"to": f"/issues/{edition.issue}?language={edition.language}"})


def _settle(desk: Desk, edition: _Edition, name: str, *, mine: bool, now: dt.datetime) -> None:
    """Take the other or keep this one; the copy goes from beside the file, and is kept like every state."""
    copy = _copy(desk, edition, name)
    data = copy.read_bytes()
    keep_copy(desk.workspace, copy, now, Why.CONFLICT)
    if not mine:
        save(desk.workspace, edition.path, edition.data, data, now, why=Why.CONFLICT)
    copy.unlink()


ROUTES = [
    Route("/issues/{issue}/history", _history),
    Route("/issues/{issue}/then/{language}", _letter),
    Route("/issues/{issue}/restore", _restore, methods=["POST"]),
]
