"""An issue -> the page of the test copy, which goes to the coordinators' own addresses only (STANDARDS P16)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from newsletter.delivery.server import server
from newsletter.delivery.test_copy import send_test_copy
from newsletter.errors import NewsletterError
from newsletter.gate.clear import embargo
from newsletter.journal import What, read_journal
from newsletter.languages import full_name
from newsletter.nouns.draft import Profile
from newsletter.nouns.letter import Fate
from newsletter.nouns.problem import Severity
from newsletter.studio.asked import asked
from newsletter.studio.days import moment_in_words
from newsletter.studio.desk import desk_of, issue_of
from newsletter.studio.known import look_at, looked
from newsletter.studio.shell import in_words, language_of, show_of_issue, way_on, words_of


async def _page(request: Request) -> Response:
    desk, issue = desk_of(request), issue_of(request)
    it, say, speaker = await looked(desk, issue), words_of(request).say, language_of(request)
    dossier = it.dossier
    to_mend = sum(one.severity is Severity.ERROR for one in it.prepared.problems)
    ready = dossier is not None and not to_mend
    trouble = _trouble(request, dossier.profile) if dossier else None
    left = [one for one in read_journal(desk.workspace, issue) if one.what is What.TEST_COPY]
    until = embargo(dossier) if dossier else None
    return show_of_issue(
        request,
        "testcopy.html",
        headline=say("testcopy_headline") if ready else say("testcopy_not_ready"),
        story=say("testcopy_story") if ready else say("testcopy_not_ready_why"),
        ready=ready,
        trouble=trouble,
        addresses=dossier.profile.test_addresses if dossier else (),
        languages=[(one, full_name(one, speaker)) for one in dossier.renderings] if dossier else [],
        embargo=bool(until and desk.now() < until),
        last=moment_in_words(left[-1].when, say, speaker, desk.now()) if left else "",
    )


def _trouble(request: Request, profile: Profile) -> tuple[str, str] | None:
    """Why no test copy can leave from here, and what to do next."""
    say = words_of(request).say
    try:
        server(desk_of(request).settings, profile.sender)
    except NewsletterError as error:
        return in_words(request, error.message), way_on(request, error)
    return None if profile.test_addresses else (say("testcopy_no_address"), say("testcopy_no_address_hint"))


async def _send(request: Request) -> Response:
    desk, issue, given = desk_of(request), issue_of(request), await asked(request)

    def work() -> Fate:
        prepared = look_at(desk.workspace, desk.settings, issue).prepared
        address, language = given.text("address"), given.text("language")
        return send_test_copy(desk.workspace, prepared, desk.settings, address, desk.now(), language=language).fate

    fate = await desk.act(work)
    say = words_of(request).say
    sent = "testcopy_sent" if fate is Fate.ACCEPTED else "testcopy_unsure"
    onward = {"address": f"/issues/{issue}/export", "words": say("testcopy_next")}
    return JSONResponse({"said": say(sent), "hint": say("testcopy_sent_hint"), "onward": onward})


ROUTES = [Route("/issues/{issue}/test", _page), Route("/issues/{issue}/test", _send, methods=["POST"])]
