"""What she types, adds, moves, removes and takes back -> the edition's file, its lines changed; and what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from newsletter.drafting.types import read_types
from newsletter.errors import StoppedForSafety
from newsletter.mending import mend
from newsletter.nouns.draft import Kind
from newsletter.snapshots import ChangedMeanwhile, save
from newsletter.studio.asked import asked
from newsletter.studio.asking import Asking, asking
from newsletter.studio.desk import Desk, desk_of, issue_of
from newsletter.studio.form import shown
from newsletter.studio.opened import forms_for
from newsletter.studio.saving import Answer, Saving
from newsletter.studio.shell import language_of, words_of
from newsletter.studio.states import Step
from newsletter.studio.typed import Asked
from newsletter.studio.written import written
from newsletter.words import read_words


class Meanwhile(StoppedForSafety):
    """What was to be done belongs to a state of the file that is no longer there."""


async def _save(request: Request) -> Response:
    """Make changes of one edition; whether they were made, and what she has to choose, is told as data."""
    desk, issue = desk_of(request), issue_of(request)
    wanted = await _asking(request)
    sight = await desk.glance(issue)
    path = desk.file(sight, wanted.language)
    types, _ = read_types(desk.workspace)
    saving = Saving(desk.workspace, desk.states, forms_for(request, types), issue.year, desk.now())

    def work() -> Answer:
        try:
            return saving(written(desk.workspace, path, wanted.language), wanted)
        except ChangedMeanwhile:  # between looking and writing: look once more
            return saving(written(desk.workspace, path, wanted.language), wanted)

    answer = await desk.act(work)
    return JSONResponse(_told(request, answer) | _steps(desk, answer, path))


async def _asking(request: Request) -> Asking:
    try:
        return asking(await request.json())
    except ValueError:
        raise HTTPException(400) from None


def _told(request: Request, answer: Answer) -> dict[str, Any]:
    words = read_words(desk_of(request).workspace, language_of(request))

    def days(asked: Asked) -> list[dict[str, str]]:
        return [{"now": f"{day}", "label": shown(Kind.DATE, f"{day}", words)} for day in asked.days]

    return {
        "digest": answer.digest,
        "at": f"{answer.at:%H:%M}",
        "wrote": answer.wrote,
        "boxes": [
            {"path": list(path), "was": box.was, "value": box.value, "iso": box.iso}
            for path, box in zip(answer.paths, answer.boxes, strict=True)
        ],
        "both": [
            {"path": list(one.path), "label": one.label, "mine": one.mine, "theirs": one.theirs, "was": one.was}
            for one in answer.both
        ],
        "asked": [{"path": list(path), "days": days(asked)} for path, asked in answer.asked],
    }


def _steps(desk: Desk, answer: Answer, path: Path) -> dict[str, bool]:
    steps, data = desk.states.steps(path), desk.states.find(answer.digest)
    return {"undo": steps.back(data) is not None, "redo": steps.again(data) is not None}


async def _back(request: Request) -> Response:
    return await _walk(request, back=True)


async def _again(request: Request) -> Response:
    return await _walk(request, back=False)


async def _walk(request: Request, *, back: bool) -> Response:
    """Undo the last change that was made here, or do it again; a change made in another place is never taken back."""
    desk, issue = desk_of(request), issue_of(request)
    wanted = await _asking(request)
    sight = await desk.glance(issue)
    path = desk.file(sight, wanted.language)

    def work() -> bytes:
        now = written(desk.workspace, path, wanted.language).data
        steps = desk.states.steps(path)
        step = steps.back(now) if back else steps.again(now)
        if step is None:
            raise _meanwhile(request)
        data = step.before if back else step.after
        save(desk.workspace, path, now, data, desk.now())
        (steps.went_back if back else steps.went_on)()
        return data

    data = await desk.act(work)
    return JSONResponse({"digest": desk.states.keep(data), "at": f"{desk.now():%H:%M}"})


def _meanwhile(request: Request) -> Meanwhile:
    say = words_of(request).say
    return Meanwhile(say("mend_gone"), say("mend_gone_hint"))


async def _mend(request: Request) -> Response:
    """Write the mending of one problem that nobody needs to judge; it can be undone like any change."""
    desk, issue = desk_of(request), issue_of(request)
    meant = (await asked(request)).fields.get("problem")
    sight = await desk.glance(issue)
    problem = next((one for one in sight.problems if one.fix and str(one) == meant), None)

    def work() -> bytes:
        found = mend(desk.workspace, [problem]) if problem else []
        if not found:
            raise _meanwhile(request)
        one = found[0]
        before = one.before.encode()
        save(desk.workspace, one.path, before, one.data, desk.now())
        desk.states.steps(one.path).add(Step(before, one.data))
        return one.data

    data = await desk.act(work)
    return JSONResponse({"digest": desk.states.keep(data), "at": f"{desk.now():%H:%M}"})


ROUTES = [
    Route("/issues/{issue}/save", _save, methods=["POST"]),
    Route("/issues/{issue}/undo", _back, methods=["POST"]),
    Route("/issues/{issue}/redo", _again, methods=["POST"]),
    Route("/issues/{issue}/mend", _mend, methods=["POST"]),
]
