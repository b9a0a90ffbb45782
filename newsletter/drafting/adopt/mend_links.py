"""An issue file that was adopted as text, and the same month with links -> the file with these links at their very words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsletter.drafting.adopt.find_in_issue import Index, find_words
from newsletter.drafting.adopt.page import Block
from newsletter.drafting.adopt.tidy import letters
from newsletter.drafting.adopt.to_markdown import address
from newsletter.nouns.problem import Place
from newsletter.yaml_tree.tree import Tree, read_tree


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page: its words, where they begin in their block, and where it leads."""

    words: str
    offset: int
    url: str
    block: Block

    @property
    def markdown(self) -> str:
        """As one types it."""
        return f"[{self.words}]({address(self.url)})"


@dataclass(frozen=True, slots=True)
class Mended:
    """The file's new text, the links that were put in, and those that were not, each with where they belong."""

    text: str
    put: tuple[tuple[Link, Place], ...] = ()
    left: tuple[tuple[Link, Place], ...] = ()


def mend_links(text: str, tree: Tree, blocks: Sequence[Block]) -> Mended:
    """Put in what can be put without touching a word: the paragraph must still say what the page's says.

    ``text`` is the file's own, with line feeds, ``tree`` what was read of it.
    """
    index = Index(tree)
    inserts: list[tuple[Place, str]] = []
    put: list[tuple[Link, Place]] = []
    left: list[tuple[Link, Place]] = []
    for link in _links(blocks):
        same = index.same_words(link.block)
        found = find_words(same, link.block, link.offset, link.words) if same else None
        if found and found.linked:
            continue
        if same is None or found is None or not same.markdown:
            place = index.place(same, 0) if same else index.likely(link.block)
            left.append((link, place or Place(tree.file)))
            continue
        start = index.place(same, found.start)
        inserts += [(start, "["), (index.place_after(same, found.end), f"]({address(link.url)})")]
        put.append((link, start))
    whole = _inserted(text, inserts)
    if not _says_the_same(index, read_tree(whole, tree.file)[0]):  # nothing is worth a word of hers
        return Mended(text, (), (*put, *left))
    return Mended(whole, tuple(put), tuple(left))


def _says_the_same(before: Index, after: Tree | None) -> bool:
    said = [letters(one.said) for one in before.paragraphs]
    return said == [letters(one.said) for one in Index(after).paragraphs]


def _links(blocks: Sequence[Block]) -> Iterator[Link]:
    for block in blocks:
        at = 0
        for run in block.runs:
            words = run.text.strip()
            if run.link and words:
                yield Link(words, at + run.text.index(words), run.link, block)
            at += len(run.text)


def _inserted(text: str, inserts: Sequence[tuple[Place, str]]) -> str:
    lines = text.split("\n")
    for place, piece in sorted(inserts, key=lambda one: (one[0].line, one[0].column), reverse=True):
        line = lines[place.line - 1]
        lines[place.line - 1] = line[: place.column - 1] + piece + line[place.column - 1 :]
    return "\n".join(lines)
