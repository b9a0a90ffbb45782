"""Edition -> what readers read in it: every text with the way to it, and every link with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from newsletter.nouns.draft import Edition, Entry, Kind, Path, Picture, Source, entries
from newsletter.nouns.problem import Edit, Fix, Place
from newsletter.rendering.phrases import with_phrases

BUTTON = "button"
"""The field whose words stand on the link of a section's ``url``, in every type that has one."""
LONGEST_ADDRESS = 2000
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9:/?#@!$&*+;=%._~'-]*")
"""What can be put in another's place wherever that stands: in Markdown, in YAML with quotes, with brackets, or bare."""
NAMES_THINGS = ("id", "country", "case")
"""Fields of text that name things for the program, and that no reader reads."""
DEEPEST = 20  # as deep as rendering follows lists and quotations
_BEFORE_ADDRESS = re.compile(r"(?:\]\(\s*<?|<|^ {0,3}\[[^\]]*\]:\s*<?)\Z", re.MULTILINE)
LONGEST_LABEL = 1000  # characters (CommonMark 4.7)
_UNREAD = re.compile(r"\]\((?=\S)[^()]*\)?|\] +\((?:https?://|www\.|mailto:)[^()]*\)?")


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of an edition; ``path`` leads to it, so that each of its characters has a place."""

    text: str
    kind: Kind
    path: Path


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a reader meets it. ``words`` is None where the template says them; ``offset`` as in Edition.place.

    ``language`` is that of an address which only readers of that language meet: ``url_es``. ``at`` is the offset at
    which the address itself stands; None where it is not written there as it is.
    """

    words: str | None
    url: str
    path: Path
    offset: int | None = None
    button: bool = False
    language: str = ""
    at: int | None = 0


def where(edition: Edition, link: Link) -> Place:
    """The place of a link's address, or of the link where the address is not written as it is."""
    return edition.place(link.path, link.offset if link.at is None else link.at)


def readdressed(edition: Edition, link: Link, address: str) -> Fix:
    """The edit that gives a link this address; none where it could not be written there as it is."""
    if link.at is None or not _PLAIN_ADDRESS.fullmatch(address) or len(address) > LONGEST_ADDRESS:
        return ()
    return (Edit(edition.place(link.path, link.at), link.url, address),)


def passages(edition: Edition) -> Iterator[Passage]:
    """Every text that readers may see, in the order of the file: subject and preheader, then section by section."""
    yield Passage(edition.subject, Kind.TEXT, ("subject",))
    yield Passage(edition.preheader, Kind.TEXT, ("preheader",))
    for entry in entries(edition):
        if isinstance(entry.value, str):
            yield Passage(entry.value, entry.field.kind, entry.path)
        elif isinstance(entry.value, Picture):
            for name in ("alt", "caption", "credit"):
                yield Passage(getattr(entry.value, name) or "", Kind.TEXT, (*entry.path, name))
        for path, source in _sources(entry):
            yield Passage(source.title, Kind.TEXT, (*path, "title"))
            yield Passage(source.publisher, Kind.TEXT, (*path, "publisher"))


def links(edition: Edition) -> Iterator[Link]:
    """Every link of the sections, in the order of the file: in texts, of buttons, of sources."""
    for entry in entries(edition):
        if entry.field.kind is Kind.MARKDOWN and isinstance(entry.value, str):
            yield from _in_markdown(entry.value, entry.path)
        elif entry.field.kind is Kind.URL and isinstance(entry.value, str) and entry.value:
            words = entry.section.values.get(BUTTON) if entry.field.name == "url" else None
            said = words if isinstance(words, str) else None
            yield Link(said, entry.value, entry.path, button=True, language=entry.language)
        for path, source in _sources(entry):
            if source.url:
                yield Link(source.title, source.url, (*path, "url"))
            for language, url in source.urls:
                yield Link(source.title, url, (*path, f"url_{language}"), language=language)


def no_links(edition: Edition) -> Iterator[tuple[str, Path, int]]:
    """What was meant as a link in a text, and is none: what readers would see of it, with its place."""
    for words, path, offset in spoken(edition):
        if meant := _UNREAD.search(words):
            yield meant[0], path, offset + meant.start()


def spoken(edition: Edition) -> Iterator[tuple[str, Path, int]]:
    """The words of every Markdown text as readers see them, piece by piece with its place; code is left out."""
    for passage in passages(edition):
        if passage.kind is Kind.MARKDOWN:
            yield from (
                (token.content, passage.path, offset) for token, offset in _walk(passage.text) if token.type == "text"
            )


def _sources(entry: Entry) -> Iterator[tuple[Path, Source]]:
    if entry.field.kind is Kind.SOURCES and isinstance(entry.value, tuple):
        for number, source in enumerate(entry.value):
            if isinstance(source, Source):
                yield (*entry.path, number), source


def _in_markdown(text: str, path: Path) -> Iterator[Link]:
    opened: tuple[str, int] | None = None
    words = ""
    for token, offset in _walk(text):
        if token.type == "link_open":
            opened, words = (str(token.attrs["href"]), offset), ""
        elif token.type == "link_close" and opened:
            yield Link(words, opened[0], path, opened[1], at=_address_at(text, *opened))
            opened = None
        elif token.type == "image" and not opened:  # rendering makes a link of it
            src = str(token.attrs["src"])
            yield Link(token.content, src, path, offset, at=_address_at(text, src, offset))
        else:
            words += token.content or ("" if token.nesting else " ")


def _address_at(text: str, url: str, offset: int) -> int | None:
    """Where the address of a link that begins at ``offset`` stands in the text; further down where it is referred to."""
    at = text.find(url, offset) if url else -1
    while at >= 0:
        if _BEFORE_ADDRESS.search(text, max(offset, at - LONGEST_LABEL), at):
            return at
        at = text.find(url, at + 1)
    return None


def blocks(text: str) -> Iterator[tuple[str, int]]:
    """Each paragraph, item and heading of a Markdown text as readers see its words, with the offset where it begins."""
    for block in _blocks(text):
        words = "".join(token.content if token.type != "image" else "" for token, _ in block)
        if words.strip():
            yield words, block[0][1]


def _walk(text: str) -> Iterator[tuple[Token, int]]:
    """The tokens inside the blocks of a text, each with the offset at which it stands, as nearly as can be told."""
    return (pair for block in _blocks(text) for pair in block)


@lru_cache(maxsize=512)  # several checks look at the same texts, and a preview at hardly changed ones
def _blocks(text: str) -> tuple[tuple[tuple[Token, int], ...], ...]:
    lines = [0, *(found.end() for found in re.finditer("\n", text)), len(text)]
    walked = []
    for block in _parser().parse(text):
        if block.type != "inline" or not block.map:
            continue
        at, end = (lines[min(line, len(lines) - 1)] for line in block.map)
        walked.append(tuple(_placed(text, block.children or (), at, end)))
    return tuple(walked)


def _placed(text: str, tokens: Sequence[Token], at: int, end: int) -> Iterator[tuple[Token, int]]:
    for token in tokens:
        found = text.find(_trace(token), at, end) if _trace(token) else -1
        at = max(at, found)
        yield token, at
        at += len(token.content) if found >= 0 else 0


def _trace(token: Token) -> str:
    """What of a token stands in the source as it is."""
    if token.type == "link_open":
        return "<" if token.markup == "autolink" else "["
    return "![" if token.type == "image" else token.content


@cache
def _parser() -> MarkdownIt:
    """Markdown as rendering reads it, but with every link taken as one, so that the bad ones can be told."""
    parser = with_phrases(MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}))
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - named so by the parser
    return parser
