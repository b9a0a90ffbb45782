"""A tree -> the error of an issue that is longer than any letter can be, at the section where it becomes so."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.nouns.draft import Path
from newsletter.nouns.problem import Problem, Severity
from newsletter.yaml_tree.tree import Data, Tree

NAME = "size"
MOST = 200_000
"""Twice the bytes that Gmail shows of a letter: what is longer cannot leave, and would only keep her waiting."""
LONGEST = 20_000
"""Characters without an empty line between them: three thousand words in one piece are no paragraph."""
A_LINE, A_VALUE = 40, 100
"""What a line and a value come to on the page beside their own characters, at the least."""


def too_long(tree: Tree) -> Iterator[Problem]:
    """Errors where the issue, or a paragraph of it, is far too long; it is then neither laid out nor looked over."""
    if not isinstance(tree.data, dict):
        return
    sections = tree.data.get("sections")
    weight = _weight({name: one for name, one in tree.data.items() if one is not sections})
    for number, section in enumerate(sections if isinstance(sections, list) else [sections or ""]):
        weight += _weight(section)
        if weight > MOST:
            message = "From here on this is longer than a letter can be: Gmail cuts off what comes after about 100 kB."
            hint = "Divide it into several issues, or leave some of it out."
            yield Problem(tree.place(("sections", number)), Severity.ERROR, NAME, message, hint)
            return
    yield from _one_piece(tree)


def _one_piece(tree: Tree) -> Iterator[Problem]:
    """An error for each text that goes on and on without a paragraph."""
    for path, text in _texts(tree.data, ()):
        at = 0
        for piece in text.split("\n\n") if len(text) > LONGEST else ():
            if len(piece) > LONGEST:
                message = f"This goes on for {len(piece.strip()):,} characters without an empty line: no paragraph is so long."
                yield Problem(tree.place(path, at), Severity.ERROR, NAME, message, "Divide it into paragraphs.")
            at += len(piece) + len("\n\n")


def _texts(data: Data, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
        return
    inside = data.items() if isinstance(data, dict) else enumerate(data)
    for key, one in inside:
        yield from _texts(one, (*path, key))


def _weight(data: Data) -> int:
    """About how many bytes of a page some data come to."""
    if isinstance(data, dict):
        return sum(map(_weight, data.values()))
    if isinstance(data, list):
        return sum(map(_weight, data))
    return len(data) + A_LINE * data.count("\n") + A_VALUE
