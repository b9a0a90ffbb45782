"""Paragraphs -> what people say in them, word for word, each with who says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsletter.drafting.clip.article import Voice
from newsletter.texts.quotations import Quotation, quotations

_SAID = (
    "said|says|told|tells|added|adds|explained|explains|warned|warns|wrote|writes|argued|insisted|recalled|stated|declared|asked|"
    "according to|dijo|dice|declar[óo]|señal[óo]|afirm[óo]|explic[óo]|sostuvo|agreg[óo]|añadi[óo]|advirti[óo]|indic[óo]|coment[óo]|"
    "manifest[óo]|record[óo]|asegur[óo]|según"
)
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_NAME = rf"{_UPPER}[\w’'-]+(?:\s+(?:(?:de|del|la|las|los|van|von|bin|al|da|do|dos|di|y)\s+)*{_UPPER}[\w’'-]+)*"
_FULL = re.compile(rf"{_UPPER}[\w’'-]+(?:\s+(?:(?:de|del|la|van|von|bin|al|da|do|di)\s+)*{_UPPER}[\w’'-]+)+")
_AFTER = re.compile(rf"^[\s,”\"»’]*(?:{_SAID})\s+(?P<title>(?:[^\W\d_A-Z][\w’'-]*,?\s+){{0,6}}?)(?P<name>{_NAME})")
_NAME_THEN = re.compile(rf"^[\s,”\"»’]*(?P<name>{_NAME})(?:,[^,.]{{2,80}},)?\s+(?:{_SAID})\b")
_BEFORE = re.compile(rf"(?P<name>{_NAME})(?:,[^.“”\"«»]{{2,80}}?,|,)?\s+(?:{_SAID})\b[^.“”\"«»]{{0,60}}[,:]?\s*$")
_PRONOUN = re.compile(
    rf"\b(?:he|she|they|él|ella)\b\s+(?:{_SAID})\b|\b(?:{_SAID})\s+(?:he|she|they|él|ella)\b", re.IGNORECASE
)
_NOT_PEOPLE = frozenset("The A An In On At It He She They This That There We But And El La Los Las En Un Una".split())  # noqa: SIM905 - words
_AROUND = 160  # characters on either side in which one says who speaks


def voices(paragraphs: Iterable[str]) -> Iterator[Voice]:
    """Every quotation with its speaker, as far as the words around it tell; who speaks in a paragraph goes on in it."""
    last_named = ""
    for paragraph in paragraphs:
        speaker = ""
        for found in quotations(paragraph):
            speaker = _speaker(paragraph, found, last_named) or speaker
            yield Voice(found.words, speaker)
        names = [one[0] for one in _FULL.finditer(paragraph) if one[0].split()[0] not in _NOT_PEOPLE]
        last_named = speaker or (names[-1] if names else last_named)


def _speaker(paragraph: str, one: Quotation, last_named: str) -> str:
    end = one.offset + len(one.words)
    before, after = paragraph[max(0, one.offset - _AROUND) : max(0, one.offset - 1)], paragraph[end : end + _AROUND]
    for pattern, around in ((_AFTER, after), (_NAME_THEN, after), (_BEFORE, before)):
        found = pattern.search(around)
        if found and found["name"].split()[0] not in _NOT_PEOPLE:
            return found["name"]
    clause = f"{re.split(r'[.!?]', before)[-1]} | {re.split(r'[.!?“«]', after.lstrip(' ,”»'))[0]}"
    if not _PRONOUN.search(clause):
        return ""
    here = [found[0] for found in _FULL.finditer(before) if found[0].split()[0] not in _NOT_PEOPLE]
    return here[-1] if here else last_named
