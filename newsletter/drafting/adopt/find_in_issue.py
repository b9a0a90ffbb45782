"""An issue file and words of a page's block -> where they stand in the file, and whether they are a link there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.drafting.adopt.page import Block
from newsletter.drafting.adopt.tidy import letters
from newsletter.drafting.adopt.to_markdown import spoken
from newsletter.nouns.draft import Path
from newsletter.nouns.problem import Place
from newsletter.yaml_tree.tree import Style, Tree

_LINK = re.compile(r"!?\[(?:[^\[\]\\]|\\.)*\]\((?:[^()\\]|\\.)*\)")
_PARAGRAPH = re.compile(r"(?:^|(?<=\n))[^\n]+(?:\n(?![ ]*(?:[-+*]|\d+[.)])[ ]|[ ]*\n)[^\n]+)*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it stands in a file: its Markdown, and where that begins in the value at ``path``."""

    path: Path
    text: str
    start: int
    markdown: bool = True

    @property
    def said(self) -> str:
        """Its words."""
        return spoken(self.text) if self.markdown else self.text


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand in a paragraph; ``linked`` where they are a link already."""

    start: int
    end: int
    linked: bool


def paragraphs(tree: Tree) -> Iterator[Paragraph]:
    """The paragraphs of every text that is written in lines, and the titles and captions."""
    for path, style in tree.styles.items():
        value = _value(tree, path)
        if not isinstance(value, str) or not path:
            continue
        if style is Style.LITERAL and path[-1] == "body":
            for found in _PARAGRAPH.finditer(value):
                yield Paragraph(path, found[0], found.start())
        elif path[-1] in {"title", "caption"}:
            yield Paragraph(path, value, 0, markdown=False)


class Index:
    """The paragraphs of a file by what they say."""

    def __init__(self, tree: Tree | None) -> None:
        self.tree = tree
        self.paragraphs = tuple(paragraphs(tree)) if tree else ()
        self._by_words = {letters(one.said): one for one in reversed(self.paragraphs)}

    def same_words(self, block: Block) -> Paragraph | None:
        """The paragraph that says what a block says, letter for letter."""
        return self._by_words.get(letters(block.text))

    def place(self, paragraph: Paragraph, at: int) -> Place:
        """Where a character of a paragraph stands in the file."""
        return self.tree.place(paragraph.path, paragraph.start + at) if self.tree else Place("")

    def place_after(self, paragraph: Paragraph, end: int) -> Place:
        """The place behind the character before ``end``, be it the last of its line or not."""
        last = self.place(paragraph, end - 1)
        return Place(last.file, last.line, last.column + 1)

    def likely(self, block: Block) -> Place | None:
        """Where a paragraph that was changed most likely stands: the one that shares most words with the block."""
        words = set(block.text.split())
        best = max(self.paragraphs, key=lambda one: len(words & set(one.said.split())), default=None)
        return self.place(best, 0) if best else None


def find_words(paragraph: Paragraph, block: Block, offset: int, words: str) -> Found | None:
    """The words that stand at this offset of the block, in the paragraph that says the same; None if it is not sure."""
    which = len(_occurrences(block.text[:offset], words))
    found = _occurrences(paragraph.text, words)
    if len(found) != len(_occurrences(block.text, words)):
        return _in_an_address(paragraph, words)
    one = found[which]
    linked = any(link.start() < one.end() and one.start() < link.end() for link in _LINK.finditer(paragraph.text))
    return Found(one.start(), one.end(), linked)


def linked_words(paragraph: Paragraph) -> list[str]:
    """The words of the links of a paragraph, each without white space."""
    return [letters(spoken(found[0])) for found in _LINK.finditer(paragraph.text)]


def _in_an_address(paragraph: Paragraph, words: str) -> Found | None:
    """Words that are a link's, whose address says them once more."""
    for link in _LINK.finditer(paragraph.text):
        if found := _occurrences(link[0], words):
            return Found(link.start() + found[0].start(), link.start() + found[0].end(), linked=True)
    return None


def _occurrences(text: str, words: str) -> list[re.Match[str]]:
    """Where words stand in Markdown or in a plain text: signs escaped, lines broken anywhere."""
    parts = [r"\\?".join(re.escape(letter) for letter in word) for word in words.split()]
    return list(re.finditer(r"\\?" + r"\\?\s+\\?".join(parts), text)) if parts else []


def _value(tree: Tree, path: Path) -> object:
    found: object = tree.data
    for step in path:
        if isinstance(found, dict) and isinstance(step, str):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int):
            found = found[step]
    return found
