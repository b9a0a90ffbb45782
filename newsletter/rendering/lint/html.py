"""A tag of HTML with its attributes -> what no letter and no public page of ours may hold; a page's own template whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newsletter.drafting.meant import closest
from newsletter.nouns.problem import Severity
from newsletter.rendering.lint import css
from newsletter.rendering.lint.finding import Finding, Lines
from newsletter.rendering.lint.nesting import Nesting
from newsletter.rendering.lint.scan import Attribute, Piece, scan
from newsletter.rendering.lint.values import HOLE, alternatives

Told = tuple[int, str, str, Severity]
"""An offset, what is wrong there, what to do, and how much it matters."""

_FETCH = "Whoever sends it would see who reads, and when. Let the author name it in the issue: a value, {{ ... }}."
_RUNS = "Mail programs take out whatever runs or asks for input, and so warn of the letter. Link to a page instead."
_SHOWS = "Mail programs take it out. Show a picture that links to it, as sections/recording does."
REFUSED = {
    **dict.fromkeys(("script", "form", "input", "textarea", "select", "button", "noscript", "dialog"), _RUNS),
    **dict.fromkeys(("iframe", "frame", "frameset", "object", "embed", "applet", "video", "audio", "canvas"), _SHOWS),
    "svg": "Mail programs take it out. Keep the drawing as a PNG picture, and let the author name it.",
    "link": "It fetches from elsewhere. Styles stand in templates/content.css, icons nowhere.",
    "base": "It bends every link of the letter. Write links in full.",
    "map": "Hardly any mail program knows picture maps. Write the links as words.",
    "marquee": "Nobody can stop it. Write it as plain words.",
    "blink": "Nobody can stop it. Write it as plain words.",
    "font": "It is long out of use. Give the tag a class, and write the class in templates/content.css.",
    "center": 'It is long out of use. Use <td align="center">.',
}  # fmt: skip
_IN_HEAD = ("meta", "style", "title")
KNOWN = frozenset(
    """a abbr address article aside b bdi bdo blockquote body br caption cite code col colgroup dd del details dfn div dl
    dt em figcaption figure footer h1 h2 h3 h4 h5 h6 head header hgroup hr html i img ins kbd li main mark nav ol p
    picture pre q rp rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead time
    tr u ul var wbr""".split()  # noqa: SIM905 - a list of words
)
_ATTRIBUTES = frozenset(
    """abbr align alt bgcolor border cellpadding cellspacing charset cite class color colspan content coords datetime dir
    download headers height hidden href hreflang http-equiv id lang loading media name property rel reversed role rowspan
    scope shape size sizes span src srcset start style summary tabindex target title translate type usemap valign value
    width xmlns xml:lang background decoding""".split()  # noqa: SIM905 - a list of words
)
_LOADED = ("src", "srcset", "background", "background-url", "poster", "data", "code", "thumbnails-src", "lowsrc")
_SCHEME = re.compile(r"\s*(?:([a-z][a-z0-9+.-]*):|(//))", re.IGNORECASE)


def tag(piece: Piece, around: tuple[str, ...], *, page: bool = False) -> Iterator[Told]:
    """What is wrong with a tag and its attributes; ``page`` is one of the public pages, else it is a letter."""
    name = piece.text.lower()
    if name in REFUSED:
        yield piece.at, f"<{name}> may not stand here.", REFUSED[name], Severity.ERROR
        return
    if "{{" not in name and name not in KNOWN and name not in _IN_HEAD:
        close = closest(name, sorted(KNOWN))
        hint = f"Did you mean <{close}>?" if close else "Use one that HTML knows, such as <p>, <span> or <table>."
        yield piece.at, f"there is no <{piece.text}> in HTML.", hint, Severity.ERROR
    if name == "style" and "mj-text" in around:
        yield piece.at, "<style> within the letter is passed over by Gmail.", "Put the rules into templates/content.css.", Severity.ERROR  # fmt: skip
    yield from _attributes(piece)
    if not page:
        yield from _needed(piece, name)


def address(name: str, value: str, at: int) -> Iterator[Told]:
    """What is wrong with where an attribute leads or what it loads, as far as it is written out in the template."""
    for way in alternatives(value):
        found = _SCHEME.match(way)
        scheme = (found[1] or "").lower() if found else ""
        if scheme in ("javascript", "vbscript", "data"):
            yield at, f"“{name}” with {scheme}: is taken out by mail programs, and warned of.", "Use an https address.", Severity.ERROR  # fmt: skip
        elif not found or scheme in ("mailto", "tel", "sms", "cid"):
            continue
        elif name in _LOADED:
            yield at, f"“{name}” loads something from elsewhere.", _FETCH, Severity.ERROR
        elif HOLE not in way:
            message = f"“{name}” leads to one fixed address, in every language and every issue."
            hint = "Let the author name it: add a field with kind: url, and write its value here, {{ section.... }}."
            yield at, message, hint, Severity.WARNING
        return


def style(attribute: Attribute) -> Iterator[Told]:
    """What is wrong with a style attribute."""
    value = attribute.value or ""
    lines = Lines(value)
    for found in css.declarations(value):
        yield attribute.inside + lines.offset(found.line, found.column), found.message, found.hint, found.severity


def _attributes(piece: Piece) -> Iterator[Told]:
    for one in piece.attributes:
        name = one.name.lower()
        if re.match(r"on[a-z]+$", name):
            yield one.at, f"“{name}” runs a script, which mail programs take out.", "Take it away.", Severity.ERROR
        elif name == "style":
            yield from style(one)
        elif name in ("href", *_LOADED):
            yield from address(name, one.value or "", one.inside)
        elif name not in _ATTRIBUTES and not name.startswith(("data-", "aria-", "xmlns")) and "{{" not in name:
            close = closest(name, sorted(_ATTRIBUTES))
            hint = f"Did you mean “{close}”?" if close else "It will have no effect."
            yield one.at, f"<{piece.text}> has no attribute “{one.name}”.", hint, Severity.WARNING
    yield from twice(piece)


def twice(piece: Piece) -> Iterator[Told]:
    """Attributes that stand twice in a tag, outside of any condition."""
    seen = set()
    for one in piece.attributes:
        if one.name in seen:
            yield one.at, f"“{one.name}” stands twice in <{piece.text}>; only one of them counts.", "Take one away.", Severity.ERROR  # fmt: skip
        if not one.conditional:
            seen.add(one.name)


def _needed(piece: Piece, name: str) -> Iterator[Told]:
    has = {one.name.lower() for one in piece.attributes}
    if name == "img" and "alt" not in has:
        hint = 'Say what it shows: alt="{{ image.alt }}"; alt="" for a mere ornament.'
        yield piece.at, "a picture without alt: who cannot see it hears its file's name.", hint, Severity.ERROR
    if name == "img" and "width" not in has:
        hint = 'Say it: width="{{ shown.width }}", with  {% set shown = image.at(488) %}  before.'
        yield piece.at, "a picture without width is drawn at its full size by Outlook.", hint, Severity.WARNING
    if name == "table" and "role" not in has:
        hint = 'Write role="presentation" where it only puts things in their places, role="table" where it holds data.'
        yield (
            piece.at,
            "a table without role: a screen reader counts its rows and columns aloud.",
            hint,
            Severity.WARNING,
        )


@lru_cache(maxsize=256)
def page(source: str) -> tuple[Finding, ...]:
    """What is wrong with a section's part of a public page, ``web.html``."""
    lines = Lines(source)
    found: list[Finding] = []

    def note(at: int, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        found.append(Finding(*lines.place(at), message, hint, severity))

    pieces = tuple(scan(source))
    nesting = Nesting(pieces, note)
    for piece in pieces:
        if piece.kind == "open":
            for told in tag(piece, nesting.around, page=True):
                note(*told)
            nesting.open(piece)
        elif piece.kind == "close":
            nesting.close(piece)
        elif piece.kind == "block":
            nesting.block(piece)
        elif piece.kind == "slip":
            note(piece.at, f"{piece.text}.", "A < that is meant as such is written &lt;")
    nesting.finish()
    return tuple(sorted(dict.fromkeys(found)))
