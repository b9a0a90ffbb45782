"""Words that somebody meant to replace later: TO WRITE, TO REWRITE, lorem ipsum, TBC, XXX, [name], a made-up address."""

from __future__ import annotations

import datetime as dt
import re

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import Link, links, passages
from newsletter.reading.prose import TO_WRITE

NAME = "placeholder"
_LATER = re.compile(
    rf"\b(?P<begun>{TO_WRITE})\b|\b(?i:lorem ipsum|dolor sit amet)\b"
    r"|\b(?:FIXME|TBC|TBD|TBA|XXX+|TO BE (?:WRITTEN|CONFIRMED|ADDED)|REWRITE THIS|POR (?:CONFIRMAR|COMPLETAR)|"
    r"PENDIENTE DE|COMPLETAR AQUÍ|À COMPLÉTER|A COMPLETAR|DA COMPLETARE)\b|\?\?\?+|(?<=[\s(])\?\?+(?=[\s,.;)])|(?<=\bof )XX\b|(?<=[£$€])XX\b|\bXX(?= (?:people|cases|years|personas|casos|años)\b)|\b(?:TODO|To do|Todo):"
    r"|(?i:\[(?:(?:insert|add|your|check|ask|confirm|verify|insertar|poner|aquí|verificar|comprobar|confirmar|preguntar)\b[^\[\]\n]{0,40}"
    r"|(?:first )?name|date|title|number|place|address|link|photo|picture|source|xx+"
    r"|nombre|fecha|título|número|lugar|dirección|enlace|foto|fuente)\])(?![({])"
    r"|\[[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ /_-]{2,30}\](?![({])"
    r"|(?i:\b(?:insert|add) (?:link|name|date|picture|photo|text) here\b|\b(?:poner|insertar) (?:enlace|nombre|fecha|foto|texto)\b)"
)
_TODO = re.compile(r"(?<![\w“\"=/#?&-])TODO(?!\w)(?! (?:el|la|los|las|lo|o|os|a|as|el)\b)")
_WORD_THERE = ("es", "pt", "it", "gl", "ca")  # “TODO el Perú”: all of Peru
_MADE_UP = re.compile(
    r"^https?://(?:www\.)?(?:link|url|address|enlace|direccion|xxx+)\.|^https?://[^/]*\bxxx+\b|[/=#](?:xxx+|todo|tbc|tbd)(?:[/?#.]|$)"
    r"|^mailto:(?:name|your|someone|nombre|xxx+)(?:[.\w]*)@",
    re.IGNORECASE,
)


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error for TO WRITE and TO REWRITE, and for an address that is none; a warning for each of the others, at its place."""
    return [problem for edition in dossier.editions for problem in (*_in_texts(edition), *_in_links(edition))]


def _in_texts(edition: Edition) -> list[Problem]:
    patterns = (_LATER,) if edition.language[:2] in _WORD_THERE else (_LATER, _TODO)
    return [
        Problem(
            edition.place(passage.path, found.start()),
            Severity.ERROR if _begun(found) else Severity.WARNING,
            NAME,
            f"“{found[0]}” looks like something that was to be written later.",
            "Write it in place of these words and of what they ask for."
            if _begun(found)
            else "Write it, or take it out.",
        )
        for passage in passages(edition)
        for pattern in patterns
        for found in pattern.finditer(passage.text)
        if not (pattern is _TODO and passage.text.startswith(":", found.end()))
    ]


def _begun(found: re.Match[str]) -> bool:
    """Whether it asks for what has to be written: a new file does, and a draft made of another's words."""
    return found.re is _LATER and found["begun"] is not None


def _in_links(edition: Edition) -> list[Problem]:
    return [_made_up(edition, link) for link in links(edition) if _MADE_UP.search(link.url)]


def _made_up(edition: Edition, link: Link) -> Problem:
    message = f"{link.url} is no address, but stands in for one."
    hint = "Put the real one there; where there is none yet, take the link out."
    return Problem(edition.place(link.path, link.offset), Severity.ERROR, NAME, message, hint)
