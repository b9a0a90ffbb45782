"""What was copied elsewhere (HTML, else plain text) -> Markdown of the same words, and in words what was left out of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from newsletter.detours import without_detour
from newsletter.drafting.adopt.copied import COMMENT, DELETED, FOOTNOTE
from newsletter.drafting.adopt.page import Block, Form, LeftOut, Page, Run
from newsletter.drafting.adopt.read_html import TooDeep, read_html
from newsletter.drafting.adopt.read_text import read_text
from newsletter.drafting.adopt.set_in import set_in
from newsletter.drafting.adopt.settle_runs import settled
from newsletter.drafting.adopt.tidy import tidied
from newsletter.errors import ToMend

LARGEST = 5_000_000
"""Characters of a clipboard without its pictures; a whole newsletter has a hundredth of it."""
WITH_PICTURES = 50_000_000
"""The same with the pictures that some programs put into it."""
LONGEST = 200_000
"""Characters of words: ten letters."""
MOST = 3_000
"""Paragraphs and items of lists."""

_FILE = "the clipboard"
_WINDOWS_HEAD = re.compile(r"Version:\d\.\d.*?(?=<)", re.DOTALL)
_DATA_PICTURE = re.compile(r"(\ssrc\s*=\s*[\"']?data:)[^\"'\s>]*", re.IGNORECASE)
_BODY = re.compile("<body", re.IGNORECASE)
_OF_AN_EDITOR = re.compile(r"<(?:div|pre) style=[\"'][^\"'>]*white-space:\s*pre\b", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"\]\((?:https?:|mailto:)|\*\*\w|\{first_name|^#{1,6} |^> |^ *[-*+] \S|^ *\d{1,3}[.)] \S", re.MULTILINE
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_SHOWN = 60  # characters


class What(StrEnum):
    """What may be said of a paste: the key of its phrase."""

    PICTURE = "picture"
    COMMENT = "comment"
    FOOTNOTE = "footnote"
    DELETED = "deleted"
    OTHER = "other"  # a menu, a form, hidden text: what stands in ``words``
    LOST_LINK = "lost-link"
    DETOUR = "detour"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a paste did not take over as it was, how often, and its first words where there are some."""

    what: What
    number: int
    words: str = ""

    def __str__(self) -> str:
        one, more = _SENTENCES[self.what]
        return (one if self.number == 1 else more).format(number=self.number, words=self.words)


_SENTENCES = {
    What.PICTURE: ("A picture was left out: drop it in.", "{number} pictures were left out: drop them in."),
    What.COMMENT: ("A comment was left out.", "{number} comments were left out."),
    What.FOOTNOTE: (
        "The mark of a footnote was left out; what the footnote says stands where it stood.",
        "{number} marks of footnotes were left out; what the footnotes say stands where it stood.",
    ),
    What.DELETED: ("Deleted text was left out: {words}", "Deleted text was left out in {number} places: {words}"),
    What.OTHER: ("Left out as no part of the text: {words}", "Left out as no part of the text: {words}"),
    What.LOST_LINK: (
        "The link of {words} leads nowhere outside; only its words were taken.",
        "{number} links lead nowhere outside; only their words were taken, the first: {words}",
    ),
    What.DETOUR: (
        "A link went by way of somebody who notes who follows it; now it leads straight.",
        "{number} links went by way of somebody who notes who follows them; now they lead straight.",
    ),
    What.TABLE: (
        "A table came as lines, with a dot between its cells. A section of the type table shows it as one.",
        "{number} tables came as lines, with a dot between their cells. Sections of the type table show them as such.",
    ),
}


@dataclass(frozen=True, slots=True)
class Pasted:
    """Markdown for a field; ``title`` is said by a heading at its start, which may belong into a field of its own.

    ``pictures`` are the descriptions of those that were left out, "" where one had none.
    """

    markdown: str
    title: str = ""
    notes: tuple[Note, ...] = ()
    pictures: tuple[str, ...] = ()


class TooMuch(ToMend):
    """What was copied is larger than any letter, or made to do harm."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"What was copied cannot be put in here: {why}.",
            "Copy less of it at a time, or paste the words alone: Ctrl+Shift+V (on a Mac Cmd+Shift+Option+V).",
        )


def pasted(html: str, plain: str = "") -> Pasted:
    """What a clipboard holds as HTML, and as plain text. Raises TooMuch."""
    html = _without_bytes(html) if len(html) <= WITH_PICTURES else html
    if max(len(html), len(plain)) > LARGEST:
        raise TooMuch("it is larger than any letter")
    if plain.strip() and (not html.strip() or _OF_AN_EDITOR.search(html[:1_000])):
        return _of_plain(plain)
    try:
        page = read_html(html if _BODY.search(html) else f"<body>{html}", _FILE, copied=True)
    except TooDeep:
        raise TooMuch("its parts stand in each other too deep") from None
    if len(page.blocks) > MOST or sum(len(block.text) for block in page.blocks) > LONGEST:
        raise TooMuch("it is longer than any letter")
    blocks = [replace(block, runs=_straight(block.runs)) for block in page.blocks]
    return Pasted(set_in(blocks), _title(blocks), tuple(_notes(page, blocks)), tuple(_pictures(blocks)))


def _without_bytes(html: str) -> str:
    """HTML without the bytes of pictures in it, and without what Windows puts before it."""
    html = _WINDOWS_HEAD.sub("", html, count=1) if html.startswith("Version:") else html
    return _DATA_PICTURE.sub(r"\1", html)


def _of_plain(plain: str) -> Pasted:
    """Words as typed; what is written in Markdown already stays so."""
    text = "\n".join(tidied(line).rstrip() for line in _LINE_ENDS.sub("\n", plain).split("\n"))
    if len(text) > LONGEST:
        raise TooMuch("it is longer than any letter")
    return Pasted(text.strip("\n") if _MARKDOWN.search(text) else set_in(read_text(text, _FILE).blocks))


def _straight(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Links that lead straight to where they lead, each in one piece."""
    plain = [replace(run, strong=False, em=False) if run.link else run for run in runs]
    return settled([replace(run, link=without_detour(run.link) or run.link) for run in plain])


def _title(blocks: Sequence[Block]) -> str:
    first = next((block for block in blocks if block.form is not Form.PICTURE), None)
    return " ".join(first.text.split()) if first and first.form is Form.HEADING else ""


def _pictures(blocks: Sequence[Block]) -> Iterator[str]:
    return (block.picture.alt or "" for block in blocks if block.picture)


def _notes(page: Page, blocks: Sequence[Block]) -> Iterator[Note]:
    if pictures := sum(block.form is Form.PICTURE for block in blocks):
        yield Note(What.PICTURE, pictures)
    kinds = Counter(_KINDS.get(one.what, What.OTHER) for one in page.left_out)
    for what, number in kinds.items():
        first = next(one for one in page.left_out if _KINDS.get(one.what, What.OTHER) is what)
        yield Note(what, number, _first_words(first))
    lost = [run.text.strip() for block in blocks for run in block.runs if run.lost and run.text.strip()]
    if lost:
        yield Note(What.LOST_LINK, len(lost), _short(lost[0]))
    detours = sum(bool(run.link and without_detour(run.link)) for block in page.blocks for run in block.runs)
    if detours:
        yield Note(What.DETOUR, detours)
    if page.tables:
        yield Note(What.TABLE, page.tables)


_KINDS = {COMMENT: What.COMMENT, FOOTNOTE: What.FOOTNOTE, DELETED: What.DELETED}


def _first_words(one: LeftOut) -> str:
    return _short(one.words) if one.what == DELETED else f"{one.what}, {_short(one.words)}"


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return f"“{flat}”" if len(flat) <= _SHOWN else f"“{flat[:_SHOWN].rstrip()} …”"
