"""A file's text -> its tree, and where each line stands in it; cuts -> the text with these made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsletter.editing.not_safe import NotSafe
from newsletter.mending import BOM, LINE_END
from newsletter.nouns.problem import Severity
from newsletter.yaml_tree.tree import Tree, read_tree


@dataclass(frozen=True, slots=True)
class Cut:
    """From one character of the text to another (not included): what shall stand there."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Source:
    """A text that can be read, as it stands in its file, with all its line ends."""

    text: str
    tree: Tree
    starts: Sequence[int]
    """Where each line of the tree starts in the text, and where the text ends."""

    def at(self, line: int, column: int) -> int:
        """Which character of the text stands at a line and column, from 0."""
        return self.starts[line] + column

    def end_of(self, line: int) -> str:
        """How a new line near this one ends: as this one does, or one before it; where none does, with a line feed."""
        for number in range(min(line, len(self.starts) - 2), -1, -1):
            if found := LINE_END.search(self.text, self.starts[number] + len(self.tree.lines[number])):
                return found[0]
        return "\n"

    @property
    def is_ended(self) -> bool:
        """Whether the last line has an end."""
        return not self.tree.lines[-1]

    @property
    def count(self) -> int:
        """How many lines there are, without the nothing after the last end."""
        return len(self.tree.lines) - self.is_ended

    def past_blank(self, line: int) -> int:
        """The first line from this one on that is not blank."""
        while line < self.count and not self.tree.lines[line].strip():
            line += 1
        return line

    def with_lines(self, line: int, new: Iterable[str]) -> Cut:
        """New lines before a line, or after the last."""
        end = self.end_of(line - 1)
        if line >= self.count and not self.is_ended:
            return Cut(len(self.text), len(self.text), "".join(end + one for one in new))
        return Cut(self.starts[line], self.starts[line], "".join(one + end for one in new))

    def without_lines(self, first: int, stop: int) -> Cut:
        """Lines taken out; the last line of a file has an end after it where the old one had."""
        start = self.starts[first]
        if stop >= self.count and not self.is_ended and first:
            start = self.starts[first - 1] + len(self.tree.lines[first - 1])
        return Cut(start, self.starts[stop], "")

    def lines_for(self, first: int, stop: int, new: Sequence[str]) -> Cut:
        """Other lines in the place of some, which have the line ends of those."""
        if not new:
            return self.without_lines(first, stop)
        if first == stop:
            return self.with_lines(first, new)
        last = self.starts[stop - 1] + len(self.tree.lines[stop - 1])
        return Cut(self.starts[first], last, self.end_of(first).join(new))


def read_source(text: str, file: str) -> Source:
    """Read a text. Raises NotSafe where it cannot be read without errors."""
    tree, problems = read_tree(text, file)
    if tree is None:
        wrong = next(one for one in problems if one.severity is Severity.ERROR)
        why = f"Line {wrong.place.line} of the file cannot be read: {wrong.message}"
        raise NotSafe(why, wrong.hint or "Mend this line first.", wrong)
    head = len(BOM) if text.startswith(BOM) else 0
    ends = [found.end() for found in LINE_END.finditer(text)]
    return Source(text, tree, (head, *ends, len(text)))


def cut(source: Source, cuts: Iterable[Cut]) -> str:
    """The text with every cut made; none of them meets another."""
    pieces, done = [], 0
    for one in sorted(cuts, key=lambda one: (one.start, one.end)):
        if one.start < done:
            raise NotSafe("Two changes meet in the same place.", "Make one of them, then the other.")
        pieces += [source.text[done : one.start], one.new]
        done = one.end
    return "".join(pieces) + source.text[done:]
