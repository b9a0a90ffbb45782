"""A page's blocks and the issue files made of them -> whether every word came through, and none was added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from newsletter.drafting.adopt.find_in_issue import paragraphs
from newsletter.drafting.adopt.page import Block
from newsletter.drafting.adopt.tidy import tidied
from newsletter.drafting.adopt.to_markdown import spoken, to_markdown
from newsletter.drafting.adopt.write_issue import MADE
from newsletter.yaml_tree.tree import Tree, read_tree


def words_of(text: str) -> list[str]:
    """The words of a text, with the signs at them."""
    return tidied(text).split()


def words_of_blocks(blocks: Sequence[Block]) -> list[str]:
    """The words of blocks."""
    return [word for block in blocks for word in words_of(block.text)]


def words_of_issue(text: str, file: str) -> list[str]:
    """The words that an issue's file took from the page; a title made of the text's own words is not counted twice."""
    tree, _ = read_tree(text, file)
    if tree is None:
        return []
    return [word for one in paragraphs(tree) if not _made(tree, one.path) for word in words_of(one.said)]


def words_of_standing(blocks: Sequence[Block]) -> list[str]:
    """The words of the text that is offered for the profile, as it is offered."""
    return words_of(spoken(to_markdown(blocks)))


def compare(read: Sequence[str], kept: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that were lost and those that were added, each as often as it was."""
    before, after = Counter(read), Counter(kept)
    return tuple((before - after).elements()), tuple((after - before).elements())


def _made(tree: Tree, path: tuple[str | int, ...]) -> bool:
    """Whether a title stands below the note that it was made of the text."""
    line = tree.key(path).line
    return path[-1] == "title" and line > 1 and tree.lines[line - 2].strip() == MADE
