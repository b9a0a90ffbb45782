"""Links whose words say nothing alone: empty, a bare address, “click here”, or the same words for two targets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import Link, links, spoken

NAME = "link-text"
VAGUE = frozenset({
    # English
    "click", "click here", "click this link", "click on this link", "details", "find out more", "follow this link",
    "full text", "go", "here", "learn more", "link", "more", "more details", "more here", "more info",
    "more information", "read", "read here", "read more", "read on", "see here", "see more", "source", "this",
    "this article", "this link", "this one", "this page", "website",
    # Spanish
    "acá", "ahí", "aquí", "clic", "clic aquí", "click aquí", "continuar", "de aquí", "detalles", "el enlace", "enlace",
    "en este enlace", "este artículo", "este enlace", "esta página", "fuente", "haga clic", "haga clic aquí",
    "haz clic", "haz clic aquí", "ir", "leer", "leer más", "leer aquí", "lee más", "lea más", "más", "más aquí",
    "más detalles", "más info", "más información", "pincha aquí", "pinche aquí", "pulsa aquí", "pulse aquí",
    "saber más", "seguir leyendo", "ver", "ver aquí", "ver más", "web",
})  # fmt: skip
"""Words that say nothing of where they lead, in every language of the program: an English phrase in a Spanish letter
is no better. Compared without capitals and without marks at either end."""
_BARE = re.compile(r"(https?://|www\.)\S*", re.IGNORECASE)
_WRITTEN = re.compile(r"(?<![(<\[\w/])https?://[^\s<>()\[\]]+[^\s<>()\[\].,;:!?]", re.IGNORECASE)
_EDGE = " \t\n\u00a0.,:;!?¡¿…→»«›‹“”\"'()[]>-–—"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error where nothing can be read or clicked, else a warning (WCAG 2.4.4)."""
    return [
        problem for edition in dossier.editions for problem in (*_vague(edition), *_same(edition), *_unlinked(edition))
    ]


def _vague(edition: Edition) -> Iterator[Problem]:
    for link in links(edition):
        if link.words is None:
            continue
        place = edition.place(link.path, link.offset)
        words = link.words.strip(_EDGE)
        if not words:
            message = f"The link to {link.url} has no words, so nobody can click it or hear of it."
            yield Problem(place, Severity.ERROR, NAME, message, "Put between the brackets what one finds there.")
        elif _BARE.fullmatch(link.words.strip()):
            message = f"The address {link.words.strip()} stands bare; a screen reader spells it out."
            hint = f"Put words before it: [the report of the Ombudsman]({link.url})"
            yield Problem(place, Severity.WARNING, NAME, message, hint)
        elif words.casefold() in VAGUE:
            message = f"“{link.words.strip()}” does not say where the link leads, read alone."
            hint = "Let the words name what one finds there: “the letter to the Congress”, not “here”."
            yield Problem(place, Severity.WARNING, NAME, message, hint)


def _unlinked(edition: Edition) -> Iterator[Problem]:
    """Addresses in running text that are no links: in some mail programs nobody can press them."""
    linked = {(link.path, (link.words or "").strip()) for link in links(edition)}
    for words, path, offset in spoken(edition):
        for found in () if (path, words.strip()) in linked else _WRITTEN.finditer(words):
            message = f"The address {found[0]} stands bare, and is no link; a screen reader spells it out."
            hint = f"Put words before it, in brackets: [the report of the Ombudsman]({found[0]})"
            yield Problem(edition.place(path, offset + found.start()), Severity.WARNING, NAME, message, hint)


def _same(edition: Edition) -> Iterator[Problem]:
    """Links in running text; a button has its section's title beside it, and may say “Sign” twice."""
    seen: dict[str, Link] = {}
    for link in links(edition):
        words = (link.words or "").strip(_EDGE).casefold()
        if not words or link.button or link.language or words in VAGUE:
            continue
        first = seen.setdefault(words, link)
        if first.url != link.url:
            message = f"Two links say “{(link.words or '').strip()}” and lead to different pages."
            there = edition.place(first.path, first.offset)
            hint = f"The other is in line {there.line}, to {first.url}. Let each say what is its own."
            yield Problem(edition.place(link.path, link.offset), Severity.WARNING, NAME, message, hint)
