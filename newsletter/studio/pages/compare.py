"""Two issues, or two editions of one -> what changed from one to the other, or both side by side, section by section."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from newsletter.difference import What, words
from newsletter.drafting.read import read
from newsletter.drafting.source import UnreadableFile
from newsletter.drafting.types import read_types
from newsletter.languages import full_name
from newsletter.nouns.draft import Edition, Section
from newsletter.review.carried import Carried, Fared, carried
from newsletter.studio.desk import Desk, desk_of
from newsletter.studio.known import Overview, overview
from newsletter.studio.months import month
from newsletter.studio.shell import language_of, show, words_of
from newsletter.workspace import NoIssue


@dataclass(frozen=True, slots=True)
class Side:
    """A section as one side shows it."""

    kind: str
    title: str
    text: str


async def _page(request: Request) -> Response:
    desk, say = desk_of(request), words_of(request).say
    seen = await desk.look(lambda: overview(desk))
    choices = _choices(request, seen)
    there = [name for name, _ in choices]
    a, b = (request.query_params.get(one, "") for one in ("a", "b"))
    own = [name for name in there if "." not in name]
    if not a and not b and len(own) > 1:
        b, a = own[0], own[1]
    one, other = await desk.look(lambda: _both(desk, seen, a, b)) if a and b else (None, None)
    same = bool(one and other and one.language == other.language)
    named = dict(choices)
    return show(
        request,
        "compare.html",
        headline=say("compare_headline", a=named.get(a, a), b=named.get(b, b)) if one else say("compare_choose"),
        choices=choices,
        a=a,
        b=b,
        names=(named.get(a, a), named.get(b, b)),
        one=one,
        other=other,
        heads=_heads(one, other) if one and other and same else [],
        sections=_carried(one, other) if one and other and same else [],
        sides=_sides(one, other) if one and other and not same else [],
        same=same,
        What=What,
        Fared=Fared,
    )


def _choices(request: Request, seen: Overview) -> list[tuple[str, str]]:
    speaker, found = language_of(request), []
    for card in seen.cards:
        for language in card.languages:
            name = str(card.issue) if language == seen.first else f"{card.issue}.{language}"
            found.append((name, f"{month(card.issue, speaker)}, {full_name(language, speaker)}"))
    return found


def _both(desk: Desk, seen: Overview, a: str, b: str) -> tuple[Edition, Edition]:
    return _edition(desk, seen, a), _edition(desk, seen, b)


def _edition(desk: Desk, seen: Overview, name: str) -> Edition:
    """The edition of this name, ``2025-07.es``. Raises NoIssue, UnreadableFile."""
    issue, _, language = name.partition(".")
    language = language or seen.first
    card = next((one for one in seen.cards if str(one.issue) == issue), None)
    if card is None or language not in card.languages:
        raise NoIssue(name[:40], desk.workspace.issue_names())
    path = desk.workspace.edition_files(card.issue, seen.first)[language]
    types, _ = read_types(desk.workspace)
    edition, _ = read(path, types, root=desk.workspace.root, language=language)
    if edition is None:
        raise UnreadableFile(path.name, OSError(0, "it has mistakes; open the issue to see them"))
    return edition


def _heads(one: Edition, other: Edition) -> list[tuple[str, object]]:
    """The subject and the line after it, word by word, where they differ."""
    both = (("subject", one.subject, other.subject), ("preheader", one.preheader, other.preheader))
    return [(name, words(old, new)) for name, old, new in both if old != new]


def _carried(one: Edition, other: Edition) -> list[Carried]:
    """What became of each section; what was the same is told last, by its title alone."""
    found = carried(other, one)
    return sorted(found, key=lambda each: each.fared is Fared.SAME)


def _sides(one: Edition, other: Edition) -> list[tuple[Side | None, Side | None]]:
    left, right = ([_side(section, each.language) for section in each.sections] for each in (one, other))
    return list(zip_longest(left, right))


def _side(section: Section, language: str) -> Side:
    body = section.values.get("body")
    return Side(section.type.label.into(language), section.title, body if isinstance(body, str) else "")


ROUTES = [Route("/compare", _page)]
