"""A page's template and what it shows -> HTML in the studio's frame, in the language of whoever looks."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from newsletter.drafting.profile import read_profile
from newsletter.errors import NewsletterError
from newsletter.languages import full_name, locale
from newsletter.phrases import Phrases, offered, read_phrases
from newsletter.sentences import Sentences, read_sentences
from newsletter.studio.desk import desk_of, issue_of
from newsletter.studio.months import month
from newsletter.workspace import Workspace, stamp

PAGES = Path(__file__).resolve().parent / "pages"
FAMILY = "studio"
FIRST = "en"
LANGUAGE, SCHEME = "studio-language", "studio-scheme"  # cookies
SCHEMES = ("light", "dark")
AS_THE_COMPUTER = "computer"  # and whatever else the cookie says
KEYS = ("tab", "f6", "f8", "save", "undo", "redo", "marks", "section", "arrows", "escape", "keys")
"""What the keys do stands in the phrases `key_...`: on the help page, behind Ctrl+/ and in the manual."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several that can be chosen, with its address."""

    value: str
    label: str
    address: str
    chosen: bool
    language: str = ""


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters["alone"] = lambda words: words[:1].upper() + words[1:]
    return made


def language_of(request: Request) -> str:
    """The language of the screens: the one chosen, else the first that the browser asks for and we have."""
    there = offered(desk_of(request).workspace, FAMILY)
    asked = [request.cookies.get(LANGUAGE, ""), *_accepted(request.headers.get("accept-language", ""))]
    return next((one for one in asked if one in there), FIRST)


def _accepted(header: str) -> Iterator[str]:
    """The languages of Accept-Language (RFC 9110, 12.5.4) in the browser's order, without regions."""
    for one in header.split(","):
        yield one.partition(";")[0].strip().partition("-")[0].lower()


def words_of(request: Request) -> Phrases:
    """The studio's phrases in the language of the screens."""
    return read_phrases(desk_of(request).workspace, FAMILY, language_of(request))


def sentences_of(request: Request) -> Sentences:
    """What the program says of problems, in the language of the screens."""
    return read_sentences(desk_of(request).workspace, language_of(request))


def show(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page of the family in its frame. ``say`` stands for ``words_of(request).say`` in every template."""
    return HTMLResponse(draw(request, template, **values), status)


def show_of_issue(request: Request, template: str, **values: object) -> HTMLResponse:
    """A page on one issue, with its month in the frame and in the title."""
    issue = issue_of(request)
    return HTMLResponse(draw(request, template, issue=issue, month=month(issue, language_of(request)), **values))


def draw(request: Request, template: str, **values: object) -> str:
    """A template as HTML, whole or a part of a page."""
    desk, language = desk_of(request), language_of(request)
    scheme = request.cookies.get(SCHEME, "")
    frame = {
        "say": words_of(request).say,
        "spoken": partial(in_words, request),
        "way_on": partial(way_on, request),
        "translated": sentences_of(request).told,
        "newsletter": _title(desk.workspace, language, stamp(desk.workspace.profile)),
        "language": language,
        "direction": locale(language).text_direction,
        "scheme": scheme if scheme in SCHEMES else "",
        "token": desk.token,
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "others": {code: name for code, name in offered(desk.workspace, FAMILY).items() if code != language},
        "clock": "{:%H:%M}".format,
        "KEYS": KEYS,
        "quote": quote,
    }
    return _templates().get_template(template).render(frame | values)


def in_words(request: Request, sentence: str) -> str:
    """A sentence of the program's in the language of the screens, or as it is where it has none."""
    return sentences_of(request).said(sentence).text


def way_on(request: Request, error: NewsletterError) -> str:
    """What to do next: in words of the studio's own where it has a button for what one would type in a terminal."""
    words, own = words_of(request), f"way_on_{type(error).__name__}"
    return words.say(own) if own in words else in_words(request, error.hint)


def refusal(request: Request, error: NewsletterError) -> str:
    """What could not be done, and what to do next, in one line."""
    return f"{in_words(request, error.message)} {way_on(request, error)}"


@lru_cache(maxsize=8)
def _title(workspace: Workspace, language: str, _: Hashable) -> str:
    """What the newsletter is called in a language; "" while its profile cannot be read."""
    profile, _problems = read_profile(workspace.profile, workspace.root)
    return profile.title.into(language) if profile else ""


def own_name(language: str) -> str:
    """A language's name in itself: ``Español``; in English, or its code, where nobody has named it."""
    name = full_name(language, language)
    return name[:1].upper() + name[1:]


def choices(path: str, chosen: dict[str, str], name: str, labels: dict[str, str]) -> list[Choice]:
    """What one can choose for one part of the address, the other parts staying as they are."""
    found = []
    for value, label in labels.items():
        asked = {key: one for key, one in {**chosen, name: value}.items() if one}
        address = f"{path}?{urlencode(asked)}" if asked else path
        found.append(Choice(value, label, address, chosen.get(name, "") == value, value if name == "language" else ""))
    return found


def show_trouble(
    request: Request, error: NewsletterError | None, status: int = 409, template: str = "trouble.html"
) -> Response:
    """What went wrong, and the way on: as JSON for an act, as a page for a reader. None: there is no such page."""
    say = words_of(request).say
    if error:
        message, hint = in_words(request, error.message), way_on(request, error)
    else:
        message, hint = say("no_such_page"), say("no_such_page_hint")
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        return show(request, template, status=status, message=message, hint=hint)
    return JSONResponse({"message": message, "hint": hint, "kind": type(error).__name__ if error else ""}, status)
