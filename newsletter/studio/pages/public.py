"""Every issue -> the public pages as they would be, in a frame in which nothing runs; and as words to be copied."""

from __future__ import annotations

import asyncio
import mimetypes
import re
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from newsletter.archive.publish import Published, publish
from newsletter.archive.reduced import reduced
from newsletter.gate.clear import ChangedSince, NotApproved, NotReady
from newsletter.journal import What, note
from newsletter.nouns.draft import IssueName
from newsletter.studio.desk import Desk, desk_of
from newsletter.studio.guard import LETTER_POLICY
from newsletter.studio.months import month
from newsletter.studio.shell import draw, in_words, language_of, show, words_of
from newsletter.studio.site_seen import SiteSeen, site_seen
from newsletter.studio.zipped import zipped

POLICY = LETTER_POLICY.replace("style-src 'unsafe-inline'", "style-src 'self' 'unsafe-inline'")
_OUT = re.compile(rb'<a\b(?=[^>]*\bhref="https?:)')


@dataclass(frozen=True, slots=True)
class Held:
    """An issue that would not be published today, and why."""

    issue: IssueName
    month: str
    why: str


async def _page(request: Request) -> Response:
    desk = desk_of(request)
    seen = await desk.soon(lambda: site_seen(desk))
    return show(request, "public.html", part=_part(request, seen) if seen else "")


async def _made(request: Request) -> Response:
    """What the page shows, as soon as it is made."""
    return JSONResponse({"part": _part(request, await _site(desk_of(request)))})


async def _site(desk: Desk) -> SiteSeen:
    return await desk.look(lambda: site_seen(desk))


def _part(request: Request, seen: SiteSeen) -> str:
    desk, say, speaker = desk_of(request), words_of(request).say, language_of(request)
    held = [Held(one.issue, month(one.issue, speaker), _why(request, one.why)) for one in seen.held]
    ready = len(seen.issues) - sum(one.issue in seen.issues for one in seen.held)
    return draw(
        request,
        "public_made.html",
        seen=seen,
        held=held,
        ready=ready,
        headline=say("public_headline", count=ready)
        if ready
        else say("public_none" if seen.issues else "public_nothing"),
        months=[(one, month(one, speaker)) for one in seen.issues],
        public_url=desk.settings.public_url,
    )


def _why(request: Request, refusal: Exception) -> str:
    say = words_of(request).say
    if isinstance(refusal, NotReady):
        return say("public_to_mend")
    if isinstance(refusal, NotApproved | ChangedSince):
        return say("public_not_approved")
    return in_words(request, str(refusal).partition("\n")[0])


async def _file(request: Request) -> Response:
    """A page, a picture or the style sheet of the site; links that lead out of it open beside the studio."""
    seen = await _site(desk_of(request))
    address = request.path_params["path"]
    address = f"{address}index.html" if address.endswith("/") or not address else address
    data = seen.files.get(address)
    if data is None:
        raise HTTPException(404)
    kind = mimetypes.guess_type(address)[0] or "application/octet-stream"
    if kind == "text/html":
        data = _OUT.sub(b'<a target="_blank"', data)
    return Response(data, media_type=kind, headers={"Content-Security-Policy": POLICY})


async def _copied(request: Request) -> Response:
    """A month's page, or the whole page of the country and year, as words to be pasted into a website's editor."""
    desk = desk_of(request)
    seen = await _site(desk)
    named = request.query_params.get("issue", "")
    issue = next((one for one in seen.issues if str(one) == named), None)
    if named and issue is None:
        raise HTTPException(404)
    address = seen.page(issue) if issue else "index.html"
    if address not in seen.files:
        raise HTTPException(404)
    url = desk.settings.public_url
    found = await asyncio.to_thread(reduced, seen.files[address], f"{url}/{address}" if url else "")
    return JSONResponse({"html": found.html, "text": found.text})


async def _publish(request: Request) -> Response:
    """Write the pages into ``outbox/site/``, as ``newsletter publish`` does: only what the gate lets through."""
    desk = desk_of(request)

    def work() -> Published:
        done = publish(desk.workspace, desk.settings, desk.now())
        for issue in done.issues:
            note(desk.workspace, issue, What.PUBLISHED, desk.now())
        return done

    done = await desk.act(work)
    say = words_of(request).say
    said = say("public_written", count=len(done.issues), folder=str(done.folder))
    return JSONResponse({"said": said, "hint": say("public_written_hint"), "download": "/public/site.zip"})


async def _archive(request: Request) -> Response:
    """The folder that was written last, as one archive."""
    desk = desk_of(request)
    folder = desk.workspace.outbox / "site"
    if not folder.is_dir():
        raise HTTPException(404)

    def work() -> bytes:
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        return zipped(files, "site")

    data = await asyncio.to_thread(work)
    headers = {"Content-Disposition": 'attachment; filename="site.zip"'}
    return Response(data, media_type="application/zip", headers=headers)


ROUTES = [
    Route("/public", _page),
    Route("/public", _publish, methods=["POST"]),
    Route("/public/made", _made),
    Route("/public/copied", _copied),
    Route("/public/site.zip", _archive),
    Route("/site/{path:path}", _file),
]
