"""Old letters or web pages -> the issues that they would become, line by line and with what is unsure; then their files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from newsletter.drafting.adopt.adopt import adopt, month_meant
from newsletter.drafting.adopt.adoption import Adoption, State
from newsletter.drafting.adopt.keep import keep
from newsletter.drafting.adopt.open_page import open_page
from newsletter.drafting.profile import standing_facts
from newsletter.errors import NewsletterError
from newsletter.nouns.problem import Problem
from newsletter.studio.asked import NothingChosen, asked
from newsletter.studio.desk import Desk, desk_of
from newsletter.studio.guard import MOST_BYTES
from newsletter.studio.months import month
from newsletter.studio.shell import draw, language_of, show, words_of
from newsletter.studio.taken import Taken, taken_by


@dataclass(frozen=True, slots=True)
class Would:
    """What one file or page would become, or why nothing."""

    name: str
    adoption: Adoption | None = None
    trouble: NewsletterError | None = None

    @property
    def problems(self) -> list[Problem]:
        """What to look at; what is unsure stands at its line."""
        return [one for one in self.adoption.problems if one.check != "unsure"] if self.adoption else []

    @property
    def unsure(self) -> list[tuple[str, tuple[str, ...]]]:
        """The lines that somebody should look at, with what is unsure."""
        return [(one.words, one.doubts) for one in self.adoption.lines if one.doubts] if self.adoption else []


async def _page(request: Request) -> Response:
    desk, asked_for = desk_of(request), request.query_params
    some = [taken_by(request, key) for key in asked_for.getlist("taken")]
    said_month = asked_for.get("month", "").strip()
    found = await desk.look(lambda: list(_each(desk, some, said_month)))
    issues = [one for would in found if would.adoption for one in would.adoption.issues]
    say = words_of(request).say
    new = sum(one.state is not State.LEFT for one in issues)
    return show(
        request,
        "adopt.html",
        headline=say("adopt_found", count=len(issues)) if some else say("start_act_adopt"),
        found=found,
        keys=asked_for.getlist("taken"),
        said_month=said_month,
        new=new,
        named={one.name: month(one.name, language_of(request)) for one in issues},
        most=MOST_BYTES,
    )


def _each(desk: Desk, some: Sequence[Taken], said_month: str) -> Iterator[Would]:
    """Each by itself, one after another: what is wrong with one does not hold back the others."""
    for taken in some:
        try:
            yield Would(taken.name, _adoption(desk, taken, said_month))
        except Exception as error:  # noqa: BLE001 - whatever a file makes us stumble over is said beside its name
            yield Would(taken.name, trouble=desk.explained(error))


def _adoption(desk: Desk, taken: Taken, said_month: str) -> Adoption:
    page = open_page(taken.data, taken.name, address=taken.address, content_type=taken.content_type)
    return adopt(page, desk.workspace, standing_facts(desk.workspace), month=month_meant(said_month))


async def _write(request: Request) -> Response:
    """Make the files, one source after another; each is understood anew, as the files are by then."""
    desk, given = desk_of(request), await asked(request)
    some = [taken_by(request, key) for key in given.texts("taken")]
    if not some:
        raise NothingChosen

    def work() -> list[Adoption]:
        done = []
        for would in _each(desk, some, given.text("month")):
            if would.adoption:  # what is wrong with the others was said before
                keep(would.adoption, desk.workspace, desk.now())
                done.append(would.adoption)
        return done

    done = await desk.act(work)
    issues = [one for adoption in done for one in adoption.issues]
    named = [(one, month(one.name, language_of(request))) for one in issues]
    say = words_of(request).say
    written = sum(one.state is State.NEW for one in issues)
    part = draw(request, "adopt_done.html", issues=named, written=written)
    return JSONResponse({"part": part, "said": say("adopt_done", count=written), "done": True})


ROUTES = [Route("/adopt", _page), Route("/adopt", _write, methods=["POST"])]
