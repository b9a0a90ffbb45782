"""A block -> phrases that were links once and lost their address: “petition here”, “click here”, “aquí”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.drafting.adopt.page import Block

_HERE = r"here|aquí|acá|ici|aqui|hier|qui|هنا"
_CALLS = (
    r"click|read|sign(?:ed)?|see(?:n)?|watch(?:ed)?|found|available|joined?|downloaded|donate|download|register|listen|find out|sign up|take action|learn|petition|report"
    r"|statement|link|recording|video|article|letter|details|information|info|more|story|stories|form|page|website"
    r"|haz clic|haga clic|clic|pincha|pinche|firma|firme|firmar|lee|lea|leer|ver|vea|mira|mire|descarga|descargue"
    r"|petición|informe|enlace|comunicado|más|información|artículo|vídeo|grabación|página"
    r"|cliquez|signez|lisez|voir|pétition|rapport|clique|assine|leia|veja|petição|relatório"
    r"|klicken|klicke|lesen|unterschreiben|petition|bericht|clicca|firma|leggi|petizione|rapporto"
    r"|اضغط|انقر|وقع|اقرأ|العريضة|التقرير"
)
_SURE = re.compile(
    rf"\b(?P<words>(?:{_CALLS})\b(?:[ \u00a0](?!(?:{_HERE})\b)[\w'’-]+){{0,4}}?[ \u00a0](?:{_HERE}))\b(?!['’-]\w)"
    rf"|(?P<brackets>[(\[]\s*(?:{_HERE})\s*[)\]])",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\b(?P<words>(?:{_HERE}))\b(?=\s*(?:[.,;:!)\]»”\"]|$))", re.IGNORECASE)
_LINE = re.compile(
    r"\W*(?:(?:read|find out|learn|see|discover) more\b.*|sign (?:the|this|our) .*|sign now|take action(?: now)?"
    r"|watch (?:the|this) .*|download (?:the|this) .*|donate(?: now)?|register(?: now)?|leer más|lee más|saber más"
    r"|más información|firma (?:la|esta) .*|firma ahora|actúa(?: ahora)?|en savoir plus|lire la suite|saiba mais"
    r"|leia mais|mehr erfahren|weiterlesen|jetzt unterschreiben|leggi tutto|scopri di più)\W*",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"(?:^|(?<=[.!?][ \u00a0]))(?P<words>take action(?: now)?|sign now|act now|read more|find out more|learn more|more information"
    r"|donate now|actúa(?: ahora)?|firma ahora|leer más|más información|en savoir plus|saiba mais|mehr erfahren)\W*$",
    re.IGNORECASE,
)
_LONGEST_CALL = 8  # words of a line that is nothing but a call to act


@dataclass(frozen=True, slots=True)
class LostLink:
    """Words that led somewhere, and where they begin in the block's text."""

    words: str
    offset: int
    sure: bool


def find_lost_links(block: Block) -> Iterator[LostLink]:
    """The phrases of a block that must have been links and are none; where a run says that it was one, it is sure."""
    text = block.text
    taken: list[tuple[int, int]] = []
    at = 0
    for run in block.runs:
        if run.link:
            taken.append((at, at + len(run.text)))
        elif run.lost and run.text.strip():
            taken.append((at, at + len(run.text)))
            yield LostLink(run.text.strip(), at + len(run.text) - len(run.text.lstrip()), sure=True)
        at += len(run.text)
    for found in _candidates(text):
        start, end = found.offset, found.offset + len(found.words)
        if not any(start < other_end and other < end for other, other_end in taken):
            taken.append((start, end))
            yield found


def is_call(text: str) -> bool:
    """Whether a line does nothing but call to act or to read on."""
    return len(text.split()) <= _LONGEST_CALL and bool(_LINE.fullmatch(text) or _SURE.search(text))


def _candidates(text: str) -> Iterator[LostLink]:
    for found in _SURE.finditer(text):
        group = "words" if found["words"] else "brackets"
        words = found[group].strip("()[] ")
        yield LostLink(words, found.start(group) + found[group].index(words), sure=True)
    start = 0
    for line in text.split("\n"):
        if len(line.split()) <= _LONGEST_CALL and _LINE.fullmatch(line):
            words = line.strip(" \u00a0.:>»→!")
            yield LostLink(words, start + line.index(words), sure=True)
        elif button := _BUTTON.search(line):
            yield LostLink(button["words"], start + button.start("words"), sure=True)
        start += len(line) + 1
    for found in _ALONE.finditer(text):
        yield LostLink(found["words"], found.start("words"), sure=False)
