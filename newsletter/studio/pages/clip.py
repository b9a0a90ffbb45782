"""A link or a file -> the draft section that it would become, what was found in it, and, when she says so, in an issue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from newsletter.drafting.clip.article import Article, TooLargeFile, Voice
from newsletter.drafting.clip.draft import draft, summary
from newsletter.drafting.clip.findings import figures, named
from newsletter.drafting.clip.put_in import keeping, put_in, with_section
from newsletter.drafting.clip.understand import LARGEST, understand
from newsletter.drafting.clip.voices import voices
from newsletter.languages import full_name
from newsletter.studio.asked import asked
from newsletter.studio.desk import Desk, desk_of
from newsletter.studio.guard import MOST_BYTES
from newsletter.studio.known import Overview, overview
from newsletter.studio.months import month
from newsletter.studio.shell import language_of, show, words_of
from newsletter.studio.taken import Taken, taken_by
from newsletter.workspace import NoIssue

_FILE = re.compile(r"(?P<issue>[^.]+)(?:\.(?P<language>[^.]+))?")


@dataclass(frozen=True, slots=True)
class Found:
    """What an article holds, to be looked at before anything of it is put in."""

    article: Article
    voices: tuple[Voice, ...]
    figures: tuple[str, ...]
    names: tuple[str, ...]
    summary: str
    lines: str
    kept: str
    already: bool


async def _page(request: Request) -> Response:
    desk, say = desk_of(request), words_of(request).say
    seen = await desk.look(lambda: overview(desk))
    keys = request.query_params.getlist("taken")
    found = await _found(request, seen, keys[0]) if keys else None
    into = request.query_params.get("into", "")
    return show(
        request,
        "clip.html",
        headline=say("clip_found", title=found.article.title) if found else say("start_act_clip"),
        found=found,
        key=keys[0] if keys else "",
        into=into or (str(seen.current.issue) if seen.current else ""),
        targets=_targets(request, seen),
        most=MOST_BYTES,
    )


async def _found(request: Request, seen: Overview, key: str) -> Found:
    desk, taken = desk_of(request), taken_by(request, key)

    def work() -> Found:
        article = _article(taken)
        where = keeping(desk.workspace, article, desk.now().date())
        kept = desk.workspace.relative(where.path)
        return Found(
            article,
            tuple(voices(article.paragraphs)),
            figures(article),
            named(article),
            summary(article),
            draft(article, kept, language=seen.first),
            kept,
            not where.text,
        )

    return await desk.look(work)


def _article(taken: Taken) -> Article:
    if len(taken.data) > LARGEST:
        raise TooLargeFile(taken.name, LARGEST)
    return understand(taken.data, taken.name, content_type=taken.content_type, address=taken.address)


def _targets(request: Request, seen: Overview) -> list[tuple[str, str]]:
    """The editions into which it can be put, the current issue's first; sent ones are not offered."""
    speaker = language_of(request)
    open_ones = [one for one in seen.cards if one.books is None and one.told.readable]
    current = [one for one in open_ones if one is seen.current]
    found = []
    for card in (*current, *(one for one in open_ones if one is not seen.current)):
        for language in card.languages:
            name = str(card.issue) if language == seen.first else f"{card.issue}.{language}"
            words = f"{month(card.issue, speaker)}, {full_name(language, speaker)}"
            found.append((name, words))
    return found


async def _put(request: Request) -> Response:
    desk, given = desk_of(request), await asked(request)
    taken, into = taken_by(request, given.text("taken")), given.text("into")

    def work() -> str:
        first = overview(desk).first
        target = _target(desk, into, first)
        article = _article(taken)
        where = keeping(desk.workspace, article, desk.now().date(), target)
        whole = with_section(desk.workspace, target, article, desk.workspace.relative(where.path), first)
        put_in(desk.workspace, target, whole, where, desk.now())
        return target.name.partition(".")[0]

    issue = await desk.act(work)
    language = into.partition(".")[2]
    return JSONResponse({"address": f"/issues/{issue}" + (f"?language={language}" if language else "")})


def _target(desk: Desk, into: str, first: str) -> Path:
    """The file of the edition that was chosen. Raises NoIssue."""
    there = desk.workspace.issue_names()
    found = _FILE.fullmatch(into)
    issue = next((one for one in there if found and str(one) == found["issue"]), None)
    files = desk.workspace.edition_files(issue, first) if issue else {}
    wanted = (found["language"] if found else None) or first
    if wanted not in files:
        raise NoIssue(into[:40], there)
    return files[wanted]


ROUTES = [Route("/clip", _page), Route("/clip", _put, methods=["POST"])]
