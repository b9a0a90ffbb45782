"""A workspace's own templates -> everything wrong with them, found without filling them in, each with its place.

All of them are looked at, also those of section types that the issue at hand does not use. Ours are not: the suite
does that. ``fields.yaml`` and words have their own readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from jinja2 import Environment

from newsletter.drafting.meant import closest
from newsletter.errors import ToMend
from newsletter.nouns.draft import Field, Kind, SectionType
from newsletter.nouns.problem import Place, Problem, Severity
from newsletter.rendering.album import PictureView
from newsletter.rendering.frame import Footer, Masthead
from newsletter.rendering.layout import environment
from newsletter.rendering.lint import css, html, jinja, mjml
from newsletter.rendering.lint.finding import Finding
from newsletter.rendering.lint.jinja import Known, Shape
from newsletter.rendering.palette import Palette
from newsletter.rendering.view import Here
from newsletter.words import read_words
from newsletter.workspace import MissingTemplate, Workspace, shipped

CHECK = "template"
LARGEST = 1_000_000  # bytes; ours have at most ten thousand

EVERYWHERE = (
    *("language", "direction", "start", "end", "preheader", "sender", "logo", "coordinators", "highlights"),
    *("colour", "fonts", "outlook_font", "masthead", "footer", "other_languages", "web_url", "page_of"),
    *("say", "strong", "mailto", "weekday", "month_of", "clock"),
)
"""What every template of a letter may use; each kind of them, more."""
IN_MJML, IN_TEXT, IN_SECTION, IN_FRAME = (
    ("literal", "title"),
    ("date", "link", "last_day"),
    ("section", "here"),
    ("parts", "leave_url"),
)
IN_MJML_FRAME = ("main_begins", "main_ends")
IN_PAGE = ["page", "section", "v", "level", "lead", "wide"]

_OTHERS = ("schema/", "words/")
_OF_A_TYPE = ("fields.yaml", "email.mjml", "email.txt", "web.html")
_BROUGHT_IN = re.compile(r"\{%-?\s*(?:import|include|extends|from)\s+[\"']([^\"']+)")
_TEXTS = (".mjml", ".txt", ".html", ".css", ".xml")


def own_templates(workspace: Workspace, types: Mapping[str, SectionType], language: str) -> list[Problem]:
    """Look every template over; phrases are those of this language, which says whatever another one lacks."""
    own = workspace.template_folders[0]
    if own == shipped() / "templates":
        return []
    texts, problems = _read(workspace, own)
    shelf = _Shelf(workspace, types, texts, _phrases(workspace, language))
    for name, text in texts.items():
        for found in _findings(shelf, name, text):
            place = Place(f"templates/{name}", found.line, found.column)
            problems.append(Problem(place, found.severity, CHECK, _sentence(found.message), found.hint))
    return [*problems, *_unused(texts), *_lacking(workspace, own, types)]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What is known while templates are looked over."""

    workspace: Workspace
    types: Mapping[str, SectionType]
    own: Mapping[str, str]
    phrases: Mapping[str, str]

    def source(self, name: str) -> str | None:
        """The text of a template, the workspace's own or ours; None where there is none."""
        if name in self.own:
            return self.own[name]
        try:
            return self.workspace.template(name).read_text("utf-8-sig")
        except (MissingTemplate, OSError, UnicodeDecodeError):
            return None


def _read(workspace: Workspace, own: Path) -> tuple[dict[str, str], list[Problem]]:
    texts, problems = {}, []
    for path in sorted(own.rglob("*")):
        name = path.relative_to(own).as_posix()
        if not path.is_file() or path.suffix not in _TEXTS or name.startswith((".", *_OTHERS)):
            continue
        place = Place(workspace.relative(path))
        try:
            if path.stat().st_size > LARGEST:
                message = f"This template is larger than {LARGEST // 1_000_000} MB."
                problems.append(Problem(place, Severity.ERROR, CHECK, message, "Keep pictures in issues/images/."))
            else:
                texts[name] = path.read_text("utf-8-sig")
        except UnicodeDecodeError:
            hint = "Save it again as UTF-8 in your editor."
            problems.append(Problem(place, Severity.ERROR, CHECK, "This template is not written in UTF-8.", hint))
        except OSError as error:
            message = f"This template cannot be read: {error.strerror or type(error).__name__}."
            problems.append(Problem(place, Severity.ERROR, CHECK, message, "Look whether you may open it."))
    return texts, problems


def _findings(shelf: _Shelf, name: str, text: str) -> Iterator[Finding]:
    suffix = name.rpartition(".")[2]
    if name.startswith("web/"):
        yield from jinja.lint(text, _of_pages(), Known(None, shelf.phrases, shelf.source, context=False))
        yield from css.sheet(text, css.PAGE) if suffix == "css" else ()
    elif name.endswith("/web.html"):
        names = {**dict.fromkeys(IN_PAGE), "v": _of_page(shelf.types.get(name.split("/")[1]))}
        yield from jinja.lint(text, _of_pages(), Known(names, shelf.phrases, shelf.source, context=False))
        yield from html.page(text)
    elif suffix in ("mjml", "txt", "css"):
        known = Known(_names(shelf, name), shelf.phrases, shelf.source)
        yield from jinja.lint(text, environment(shelf.workspace, markup=suffix == "mjml"), known)
        yield from mjml.lint(text, mjml.lands(name)) if suffix == "mjml" else ()
        yield from css.sheet(text, css.CONTENT) if suffix == "css" else ()


def _names(shelf: _Shelf, name: str) -> Mapping[str, Shape | None]:
    """The names that a template of a letter may use; one that others bring in sees what they see."""
    section = shelf.types.get(name.split("/")[1]) if name.startswith("sections/") else None
    known: dict[str, Shape | None] = dict.fromkeys([*EVERYWHERE, *(IN_MJML if name.endswith(".mjml") else IN_TEXT)])
    known |= {"colour": _of_class(Palette), "masthead": _of_class(Masthead), "footer": _of_class(Footer)}
    inside = {"section": _of_fields(section.fields) if section else None, "here": _of_class(Here)}
    if name == "content.css":
        return known
    if name in ("frame.mjml", "frame.txt"):
        return known | dict.fromkeys((*IN_FRAME, *IN_MJML_FRAME) if name == "frame.mjml" else IN_FRAME)
    if name.endswith("/email.mjml") and section:
        return known | inside
    return known | inside | {"leave_url": None} | ({} if section else dict.fromkeys(IN_FRAME))


@cache
def _of_class(kind: Any) -> Shape | None:
    """What an instance of one of our dataclasses offers to a template."""
    if get_origin(kind) is UnionType:
        kind = next((one for one in get_args(kind) if is_dataclass(one)), None)
    if not is_dataclass(kind):
        return None
    hints = get_type_hints(kind)
    offered = {name: None for name in dir(kind) if not name.startswith("_")}
    return MappingProxyType(
        offered | {one.name: _of_class(hints[one.name]) for one in fields(kind) if one.name in offered}
    )


def _of_fields(given: tuple[Field, ...]) -> Shape:
    return {one.name: _of_class(PictureView) if one.kind is Kind.PICTURE else None for one in given}


def _of_page(section: SectionType | None) -> Shape | None:
    """A page gets what was filled in as a mapping, which has its own parts too."""
    return {**dict.fromkeys(dir(dict)), **{one.name: None for one in section.fields}} if section else None


@cache
def _of_pages() -> Environment:
    return Environment(autoescape=True)


def _phrases(workspace: Workspace, language: str) -> Mapping[str, str]:
    try:
        return read_words(workspace, language).phrases
    except ToMend:  # told where an edition is rendered
        return {}


def _unused(texts: Mapping[str, str]) -> Iterator[Problem]:
    """A file that no template brings in and that has no name the program looks for: often a slip in its name."""
    ours = shipped() / "templates"
    asked = {name for text in texts.values() for name in _BROUGHT_IN.findall(text)}
    for name in texts:
        folder, _, file = name.rpartition("/")
        of_a_type = re.fullmatch(r"sections/[^/]+", folder)
        if name in asked or (ours / name).is_file() or (of_a_type and file in _OF_A_TYPE):
            continue
        there = _OF_A_TYPE if of_a_type else [path.name for path in (ours / folder).glob("*") if path.is_file()]
        close = closest(file, there)
        hint = f"Did you mean {close}?" if close else "Bring it in with {% import %} or {% include %}, or take it away."
        yield Problem(Place(f"templates/{name}"), Severity.WARNING, CHECK, "No template uses this file.", hint)


def _lacking(workspace: Workspace, own: Path, types: Mapping[str, SectionType]) -> Iterator[Problem]:
    """A type of one's own without what a letter is made of."""
    for name in types:
        for file in ("email.mjml", "email.txt"):
            try:
                workspace.template(f"sections/{name}/{file}")
            except MissingTemplate:
                part = "letter" if file.endswith("mjml") else "text part of the letter"
                message = f"Sections of the type “{name}” cannot stand in the {part}: {file} is missing."
                hint = f"Put it beside fields.yaml; look at templates/sections/letter/{file}."
                place = Place(workspace.relative(own / "sections" / name / "fields.yaml"))
                yield Problem(place, Severity.ERROR, CHECK, message, hint)


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:]
