"""The events of a month -> the text of an issue file, as a careful person would type it; what was guessed is marked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from newsletter.drafting.adopt.find_lost_links import is_call
from newsletter.drafting.adopt.first_words import first_sentence, first_words
from newsletter.drafting.adopt.gather import Event, Pictured, has_lead
from newsletter.drafting.adopt.only_date import only_date
from newsletter.drafting.adopt.page import Block
from newsletter.drafting.adopt.tidy import squeezed
from newsletter.drafting.adopt.to_markdown import safe_start, to_markdown
from newsletter.nouns.draft import IssueName
from newsletter.yaml_tree.write import WIDTH, typed

_LONGEST_SUBJECT, _SHORTEST_PREHEADER, _LONGEST_PREHEADER = 60, 40, 100
_UNBROKEN = re.compile(r"(?:[^\s\[\\]|\\.)*\[(?:[^\]\\]|\\.)*\]\([^)\s]*\)\S*|\S+")
_SIGNATURES = ((b"\x89PNG", ".png"), (b"\xff\xd8", ".jpg"), (b"GIF8", ".gif"), (b"RIFF", ".webp"))
_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
MADE = "# made of the text's first words: give it a title"


@dataclass(frozen=True, slots=True)
class Draft:
    """What an issue file is written of. ``day`` is a known day of sending, ``subject`` a known subject."""

    name: IssueName
    language: str
    source: str
    events: Sequence[Event]
    significant: bool = False
    country: str = ""
    subject: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of an issue: the name under which the issue shows it, and what was on the page."""

    name: str
    pictured: Pictured


def write_issue(draft: Draft) -> tuple[str, tuple[PictureFile, ...]]:
    """The file's text, and the pictures that it names."""
    writing = _Writing(draft)
    head = "\n".join(writing.head())
    sections = "\n\n".join("\n".join(section) for section in writing.sections())
    return f"{head}\n\nsections:\n{sections}\n", tuple(writing.pictures)


def title_of(event: Event) -> tuple[str, bool]:
    """An event's title, and whether it was made of the words of its text."""
    if event.title:
        return squeezed(event.title.text).replace("\n", " "), False
    first = event.body[0]
    if has_lead(first):
        return squeezed(first.runs[0].text).rstrip(" .:–—-"), True
    return first_words(first.text), True


class _Writing:
    """One issue being written; its pictures are numbered on the way."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.pictures: list[PictureFile] = []

    def head(self) -> Iterator[str]:
        draft = self.draft
        titles = [title_of(event)[0] for event in draft.events if event.body and not event.letter]
        titles = titles or [first_words(event.text) for event in draft.events if event.text] or [str(draft.name)]
        yield f"# Adopted from {draft.source}. The words are those of the page; look over what is marked."
        yield "" if draft.subject else "# To look over: made of the first title."
        yield f"subject: {scalar(draft.subject or _short(titles[0], _LONGEST_SUBJECT))}"
        yield "# To look over: made of what the issue holds, 40 to 100 characters."
        yield f"preheader: {scalar(_preheader(draft.events, titles))}"
        day = draft.day or dt.date(draft.name.year, draft.name.month, 1)
        said = "the day on which the mail was sent" if draft.day else "a guess: the page tells the month only"
        yield f"send_on: {day} # {said}"

    def sections(self) -> Iterator[list[str]]:
        for event in self.draft.events:
            rest = list(event.pictures)
            if event.body:
                own = [] if event.letter or not rest else [rest.pop(0)]
                yield list(self.letter(event) if event.letter else self.news(event, own))
            for pictured in rest:
                yield ["  - type: picture", *self.common(), *self.image(pictured)]

    def letter(self, event: Event) -> Iterator[str]:
        yield "  - type: letter"
        yield from _body(event.body)

    def news(self, event: Event, pictures: Sequence[Pictured]) -> Iterator[str]:
        title, made = title_of(event)
        yield "  - type: news"
        if made:
            yield f"    {MADE}"
        yield f"    title: {scalar(title, 4)}"
        draft = self.draft
        if day := only_date(event.text, draft.language, draft.name.year, draft.name.month):
            yield f"    date: {day} # the only day that the text names"
        yield from self.common()
        yield from _body(event.body)
        for pictured in pictures:
            yield from self.image(pictured)

    def common(self) -> Iterator[str]:
        if self.draft.country:
            yield f"    country: {self.draft.country}"
        if self.draft.significant:
            yield "    significant: yes"

    def image(self, pictured: Pictured) -> Iterator[str]:
        name = f"{self.draft.name}-picture-{len(self.pictures) + 1}{_ending(pictured)}"
        self.pictures.append(PictureFile(name, pictured))
        yield "    image:"
        note = "" if pictured.picture and pictured.picture.data else " # to be put into issues/images/ under this name"
        yield f"      file: {name}{note}"
        alt = pictured.picture.alt if pictured.picture else None
        if alt:
            yield f"      alt: {scalar(squeezed(alt), 6)}"
        else:
            yield "      # alt: say here what is to be seen, for readers who cannot see it"
        if pictured.caption:
            yield f"      caption: {scalar(squeezed(pictured.caption.text).replace(chr(10), ' '), 6)}"


def scalar(text: str, indent: int = 0) -> str:
    """A text of one line as YAML; a long one goes over several lines."""
    if len(text) > WIDTH and not text.startswith(" "):
        pad = " " * (indent + 2)
        return ">-\n" + "\n".join(pad + line for line in _wrapped(text, WIDTH - len(pad)))
    return typed(text)


def wrapped(markdown: str, indent: int) -> Iterator[str]:
    """The lines of a Markdown text as they stand in a file, set in by so many spaces."""
    pad = " " * indent
    for line in markdown.split("\n"):
        hang = "  " if line.startswith(("- ", "  ")) or re.match(r"\d+\. ", line) else ""
        first, *more = _wrapped(line.strip(" "), WIDTH - indent - len(hang)) or [""]
        lead = hang if line.startswith("  ") else ""
        yield f"{pad}{lead}{first}".rstrip(" ")
        yield from (f"{pad}{hang}{one}" for one in more)


def _body(blocks: Sequence[Block]) -> Iterator[str]:
    yield "    body: |"
    yield from wrapped(to_markdown(blocks), 6)


def _wrapped(text: str, width: int) -> list[str]:
    """A line as several, none of which begins with a sign; a link, or a word too long, stands alone."""
    lines: list[str] = []
    for word in _UNBROKEN.findall(text):
        room = lines and len(lines[-1]) + 1 + len(word) <= width
        if lines and (room or safe_start(word) != word or word.startswith("#")):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _short(text: str, most: int) -> str:
    """As many whole words of a text as there is room for."""
    if len(text) <= most:
        return text.removesuffix(" …")
    kept = ""
    for word in text.split(" "):
        if len(kept) + 1 + len(word) > most:
            break
        kept = f"{kept} {word}".strip()
    return kept.rstrip(" ,;:–—-") or text[:most]


def _preheader(events: Sequence[Event], titles: Sequence[str]) -> str:
    """The titles after the first; where there is only one, how its text goes on."""
    if len(titles) > 1:
        return _short("; ".join(title.removesuffix(" …") for title in titles[1:]), _LONGEST_PREHEADER)
    words = squeezed(" ".join(block.text for event in events for block in event.body)).replace("\n", " ")
    after = words.removeprefix(first_sentence(words)).strip()
    if len(after) < _SHORTEST_PREHEADER or is_call(after):
        after = words
    return _short(after or titles[0], _LONGEST_PREHEADER)


def _ending(pictured: Pictured) -> str:
    """The ending of a picture's file: by its bytes, else by its address, else that of a photograph."""
    picture = pictured.picture
    if picture is None:
        return ".jpg"
    for start, ending in _SIGNATURES:
        if picture.data.startswith(start):
            return ending
    try:
        found = PurePosixPath(urlsplit(picture.source).path).suffix.lower()
    except ValueError:
        found = ""
    return found if found in _ENDINGS else ".jpg"
