"""Edition + profile + shelf -> Rendered and problems: the one call that turns what was written into a letter."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape

from markupsafe import Markup

from newsletter.nouns.draft import Edition, Profile
from newsletter.nouns.letter import Context, Pieces, Rendered, Slot, SlotName
from newsletter.nouns.problem import Place, Problem, Severity
from newsletter.phrases import FIRST
from newsletter.rendering import mjml
from newsletter.rendering.album import Album
from newsletter.rendering.calendar_file import calendar_addresses, calendar_files
from newsletter.rendering.earlier import without_a_way
from newsletter.rendering.frame import frame
from newsletter.rendering.inline import inline
from newsletter.rendering.layout import TemplateMistake, Templates, mjml_templates, text_templates
from newsletter.rendering.pages import say_so
from newsletter.rendering.palette import palette
from newsletter.rendering.pictures.play_mark import play_mark
from newsletter.rendering.shelf import Shelf
from newsletter.rendering.slots import Marks, cleaned, subject_pieces
from newsletter.rendering.styles import needed, worn
from newsletter.rendering.text import finished
from newsletter.rendering.view import Here, SectionView, sections
from newsletter.words import Words, read_words

_STYLE = re.compile(r"(<style [^>]*>)(.*?)</style>", re.DOTALL)
_CSS = ' type="text/css"'  # what else would it be
_SECTION_MARK = re.compile(r"<!--section (\d+)-->|<!--end of section-->")


def render(edition: Edition, profile: Profile, shelf: Shelf) -> tuple[Rendered, list[Problem]]:
    """Turn an edition into HTML and text. Raises NoWords, BrokenWords, MissingTemplate, TemplateMistake."""
    words = read_words(shelf.workspace, edition.language)
    marks = Marks(_key(edition, profile, words))
    album = Album(shelf.workspace, marks, play_mark(palette(profile.look), words.direction))
    calendars = calendar_files(edition, profile, words)
    views = sections(edition, profile, words, album, calendar_addresses(calendars, edition, profile, shelf))
    values = frame(edition, profile, shelf, words, album)
    for_text = text_templates(shelf.workspace, words, marks)
    css = for_text.fill("content.css", values)
    title = _title(edition, words, marks)
    html = _html(views, {**values, "title": title}, mjml_templates(shelf.workspace, words, marks), marks, css)
    html = say_so(html, words, marks.key)
    text = _text(views, values, for_text, marks)
    parts = _SECTION_MARK.split(html)
    within = dict(zip(parts[1::4], parts[2::4], strict=True))
    rendered = Rendered(
        issue=edition.issue,
        language=edition.language,
        direction=words.direction,
        subject=subject_pieces(cleaned(edition.subject), Context.HEADER, words.say("friend")),
        preheader=cleaned(edition.preheader),
        html=marks.pieces("".join(parts[0::2])),
        text=marks.pieces(text),
        pictures=tuple(album.files[name] for name in sorted(album.files)),
        digest="",
        sections=tuple(marks.pieces(within[str(number)]) for number in range(len(views))),
        calendars=calendars,
    )
    problems = [*album.problems, *without_a_way(edition, shelf), *_unsaid(words)]
    return replace(rendered, digest=_digest(rendered)), problems


def _unsaid(words: Words) -> list[Problem]:
    """A warning where readers of this language would read some phrases in English."""
    if not words.missing:
        return []
    file = f"templates/words/{words.language}.yaml"
    message = f"{len(words.missing)} phrases are missing, and are said in English: {', '.join(words.missing)}."
    hint = f"Copy their lines from templates/words/{FIRST}.yaml, and translate what stands to the right."
    return [Problem(Place(file), Severity.WARNING, "words", message, hint)]


def _html(views: list[SectionView], values: Mapping[str, object], templates: Templates, marks: Marks, css: str) -> str:
    leave = Slot(SlotName.LEAVE_URL, Context.HTML_ATTRIBUTE)
    parts = [_part(number, view, values, templates, marks) for number, view in enumerate(views)]
    around = {
        "leave_url": Markup(marks.put(leave)),  # noqa: S704 - a mark
        "main_begins": Markup(marks.put('<div role="main">')),  # noqa: S704 - a mark, since MJML knows no such box
        "main_ends": Markup(marks.put("</div>")),  # noqa: S704 - a mark
    }
    page = templates.fill("frame.mjml", {**values, "parts": parts, **around})
    bare, islands = mjml.islands(marks.for_tags(page))
    try:
        html = mjml.to_html(bare, str(values["direction"]))
    except ValueError as error:
        raise _guilty(parts, error) from None
    html = mjml.put_back(html, inline([marks.fill(island) for island in islands], css))
    return _dressed(marks.fill(html))


def _dressed(html: str) -> str:
    """The page with those styles alone that something in it meets."""
    head, body, rest = html.partition("<body")
    classes = worn(rest)
    return _STYLE.sub(lambda found: _style(found[1].replace(_CSS, ""), needed(found[2], classes)), head) + body + rest


def _style(tag: str, css: str) -> str:
    return f"{tag}{css}</style>" if css else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section as the frame sees it: its MJML, and marks around it by which its weight is found."""

    here: Here
    mjml: Markup
    begins: Markup
    ends: Markup
    template: str


def _part(number: int, view: SectionView, values: Mapping[str, object], templates: Templates, marks: Marks) -> Part:
    name = f"sections/{view.here.type}/email.mjml"
    return Part(
        here=view.here,
        mjml=Markup(templates.fill(name, {**values, "section": view.values, "here": view.here})),  # noqa: S704 - marks
        begins=Markup(marks.put(f"<!--section {number}-->")),  # noqa: S704 - a mark
        ends=Markup(marks.put("<!--end of section-->")),  # noqa: S704 - a mark
        template=name,
    )


def _guilty(parts: list[Part], error: ValueError) -> TemplateMistake:
    """Lay each section out alone to find the one that mrml refuses: it does not say where it stumbled."""
    found = next((part.template for part in parts if mjml.refuses(mjml.islands(part.mjml)[0])), "frame.mjml")
    return TemplateMistake(f"templates/{found}", 1, f"this is not MJML that can be laid out ({error}).")


def _text(views: list[SectionView], values: Mapping[str, object], templates: Templates, marks: Marks) -> str:
    leave = marks.put(Slot(SlotName.LEAVE_URL, Context.PLAIN_TEXT))
    around = {**values, "leave_url": leave}
    parts = [
        {
            "here": view.here,
            "section": view.values,
            "closes": view.section.type.closes,
            "text": templates.fill(
                f"sections/{view.here.type}/email.txt", {**around, "section": view.values, "here": view.here}
            ),
        }
        for view in views
    ]
    return finished(templates.fill("frame.txt", {**around, "parts": parts}), str(values["direction"]))


def _title(edition: Edition, words: Words, marks: Marks) -> Markup:
    pieces = subject_pieces(cleaned(edition.subject), Context.HTML_TEXT, words.say("friend"))
    return Markup("".join(marks.put(escape(one) if isinstance(one, str) else one) for one in pieces))  # noqa: S704 - a mark


def _key(edition: Edition, profile: Profile, words: Words) -> str:
    """What our marks begin with: no author can write it by chance, and the same letter gets the same."""
    written = repr((edition.subject, edition.preheader, [one.values for one in edition.sections], profile, words))
    return hashlib.sha256(written.encode("utf-8", "backslashreplace")).hexdigest()[:10]


def _digest(rendered: Rendered) -> str:
    seen = {
        "language": [rendered.language, rendered.direction],
        "subject": _plain(rendered.subject),
        "preheader": rendered.preheader,
        "html": _plain(rendered.html),
        "text": _plain(rendered.text),
        "pictures": [[one.name, hashlib.sha256(one.data).hexdigest()] for one in rendered.pictures],
    }
    if rendered.calendars:
        seen["calendars"] = [[one.name, hashlib.sha256(one.data).hexdigest()] for one in rendered.calendars]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def _plain(pieces: Pieces) -> list[object]:
    return [one if isinstance(one, str) else [one.name, one.context, one.fallback, one.picture] for one in pieces]
