"""What is pasted or dropped into a form -> Markdown for its field, or a picture of the newsletter's own; and what was left out."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from newsletter.drafting.pasted import Note, pasted
from newsletter.phrases import Phrases
from newsletter.rendering.pictures.take_in import take_in
from newsletter.studio.asked import asked
from newsletter.studio.desk import desk_of, issue_of
from newsletter.studio.shell import words_of

LONGEST_NAME = 300


async def _pasted(request: Request) -> Response:
    """A clipboard's HTML as Markdown."""
    issue_of(request)
    fields = (await asked(request)).fields
    html, plain = (fields.get(name, "") for name in ("html", "plain"))
    if not isinstance(html, str) or not isinstance(plain, str):
        raise HTTPException(400)
    found, words = await desk_of(request).act(lambda: pasted(html, plain)), words_of(request)
    return JSONResponse({"markdown": found.markdown, "said": [_said(words, note) for note in found.notes]})


def _said(words: Phrases, note: Note) -> str:
    phrase = f"pasted_{str(note.what).replace('-', '_')}"
    return words.say(phrase, count=note.number, words=note.words) if phrase in words else str(note)


async def _picture(request: Request) -> Response:
    """A picture's bytes; it is kept under a name that is free, without what its file told beside."""
    issue_of(request)
    desk, name = desk_of(request), request.query_params.get("name", "")[:LONGEST_NAME]
    data = await request.body()
    taken = await desk.act(lambda: take_in(desk.workspace, data, name))
    words = words_of(request)
    said = [words.say(f"picture_{one}") if f"picture_{one}" in words else one.sentence for one in taken.found]
    return JSONResponse({"file": taken.name, "credit": taken.credit, "said": said})


ROUTES = [
    Route("/issues/{issue}/pasted", _pasted, methods=["POST"]),
    Route("/issues/{issue}/picture", _picture, methods=["POST"]),
]
