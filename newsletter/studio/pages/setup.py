"""This computer's settings -> the set-up page: light or dark, the language, and what stands where; never a secret."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from newsletter.delivery.server import NoServerSet, server
from newsletter.errors import NewsletterError
from newsletter.phrases import offered
from newsletter.studio.desk import Desk, desk_of
from newsletter.studio.known import Overview, overview
from newsletter.studio.shell import AS_THE_COMPUTER, FAMILY, SCHEME, SCHEMES, language_of, refusal, show, words_of


async def _page(request: Request) -> Response:
    desk = desk_of(request)
    seen = await asyncio.to_thread(overview, desk)
    chosen = request.cookies.get(SCHEME, "")
    return show(
        request,
        "setup.html",
        schemes=(*SCHEMES, AS_THE_COMPUTER),
        chosen=chosen if chosen in SCHEMES else AS_THE_COMPUTER,
        screens=offered(desk.workspace, FAMILY),
        spoken=language_of(request),
        folder=str(desk.workspace.root),
        profile=seen.profile,
        readers=seen.kept.readers,
        server=_server(request, desk, seen),
        public_url=desk.settings.public_url,
    )


def _server(request: Request, desk: Desk, seen: Overview) -> str:
    """Whether a mail server is set, and which; or what is wrong with it."""
    say = words_of(request).say
    if seen.profile is None:
        return say("setup_no_profile")
    try:
        found = server(desk.settings, seen.profile.sender)
    except NoServerSet:
        return say("setup_no_server")
    except NewsletterError as error:
        return refusal(request, error)
    return say("setup_server", host=found.host)


async def _help(request: Request) -> Response:
    """The keys, and the words that the studio uses."""
    return show(request, "help.html")


ROUTES = [Route("/setup", _page), Route("/help", _help)]
