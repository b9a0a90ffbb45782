"""Braces after words or a link that were to say their language and do not, or say something else: readers would see them."""

from __future__ import annotations

import datetime as dt
import re

from newsletter.languages import meant, tag
from newsletter.nouns.draft import Kind
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import passages, spoken

NAME = "phrase-language"
_BRACES = re.compile(r"(?<=\])\{(?!first_name\b)[^{}\n]*\}|\{ *lang\b[^{}\n]*\}|^\{[ ]*[.#\w-]+ *(?:=[^{}\n]*)?\}")
_SAID = re.compile(r"\{ *lang *= *[\"'“”‘’]?(?P<tag>[^\"'“”‘’{}]*?)[\"'“”‘’]? *\}")
RIGHT = "[Defensoría del Pueblo]{lang=es}"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error for each, at its place inside the text."""
    problems = []
    for edition in dossier.editions:
        short = ((one.text, one.path, 0) for one in passages(edition) if one.kind is not Kind.MARKDOWN)
        for long, texts in ((True, spoken(edition)), (False, short)):
            for words, path, offset in texts:
                for found in _BRACES.finditer(words):
                    if long or _SAID.fullmatch(found[0]):
                        place = edition.place(path, offset + found.start())
                        message = f"Readers would see {found[0]} as it stands here."
                        problems.append(Problem(place, Severity.ERROR, NAME, message, _hint(found[0], long=long)))
    return problems


def _hint(braces: str, *, long: bool) -> str:
    if not long:
        return "Only in texts (Markdown) can a phrase say its language. Here take it out; a source has  language: es"
    said = _SAID.fullmatch(braces)
    if not said:
        return f"Between braces stands the language of the words before it, and nothing else: {RIGHT}"
    if tag(said["tag"]):
        return f"Put the words that it is about in brackets just before it: {RIGHT}"
    wanted = meant(said["tag"])
    if wanted:
        return f"Write {{lang={wanted}}}"
    if re.search(r"[ .#=]", said["tag"]):
        return f"Nothing but the language may stand there, without spaces: {RIGHT}"
    return f"“{said['tag']}” is no language's short name. Write {RIGHT}"
