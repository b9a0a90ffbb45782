"""Markdown whose paragraphs are wrapped in the file -> the same with a paragraph a line, as a form shows it; and back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

WIDTH = 96
NARROWEST = 40
_BLOCK = re.compile(r"\s|[-+*>#|~`=<:]|\d{1,9}[.)]|\[[^\]]*\]:")
"""How a line begins that may be more than the next words of a paragraph (CommonMark 0.31, 4 and 5)."""
_ENDS = re.compile(r"(?:  |\\)$|^(?:#|\||```|~~~|<)")
_BREAK = re.compile(r"(?<! ) (?! )")


def unwrapped(text: str) -> str:
    """The text with each paragraph on one line. Every line end that goes becomes one space, so characters keep count."""
    return "\n".join(" ".join(lines) for lines in _paragraphs(text))


def is_wrapped(text: str) -> bool:
    """Whether its author sets a paragraph over several lines."""
    return any(len(lines) > 1 for lines in _paragraphs(text))


def wrapped_like(old: str, new: str, *, usual: bool) -> str:
    """A new text, wrapped where the old one was: paragraphs that stayed keep their lines, others as many as can be.

    ``usual`` says that the other texts of the file are wrapped; a new one then is too.
    """
    before = _paragraphs(old)
    longest = max(len(line) for lines in before for line in lines)
    if not is_wrapped(old) and not (usual and longest <= WIDTH):
        return new
    width = max(NARROWEST, longest) if is_wrapped(old) else WIDTH
    shown, after = [" ".join(lines) for lines in before], new.split("\n")
    done: list[str] = []
    for tag, i, k, j, m in SequenceMatcher(None, shown, after, autojunk=False).get_opcodes():
        if tag == "equal":
            done += [line for lines in before[i:k] for line in lines]
            continue
        for number in range(m - j):
            lines = before[i + number] if i + number < k else []
            done += _wrapped(after[j + number], lines, width)
    return "\n".join(done)


def _paragraphs(text: str) -> list[list[str]]:
    """The lines of a text, those together that make up one paragraph."""
    found: list[list[str]] = []
    fenced = False
    for line in text.split("\n"):
        is_fence = line.lstrip().startswith(("```", "~~~"))
        if not fenced and not is_fence and found and _goes_on(found[-1][-1], line):
            found[-1].append(line)
        else:
            found.append([line])
        fenced ^= is_fence
    return found


def _goes_on(before: str, line: str) -> bool:
    """Whether a line can only be the next words of the one before."""
    return bool(line and before and not _BLOCK.match(line) and not _ENDS.search(before))


def _wrapped(line: str, old: Sequence[str], width: int) -> list[str]:
    """A paragraph in lines: those of the old one that its beginning and its end still have, new ones between."""
    if len(line) <= width or _ENDS.search(line) or line.endswith(" "):
        return [line]
    head = 0
    while head < len(old) - 1 and line.startswith(" ".join(old[: head + 1]) + " "):
        head += 1
    rest = line[len(" ".join(old[:head])) + bool(head) :]
    tail = 0
    while tail < len(old) - head and rest.endswith(" " + " ".join(old[len(old) - tail - 1 :])):
        tail += 1
    if tail:
        rest = rest[: len(rest) - len(" ".join(old[len(old) - tail :])) - 1]
    lines = [*old[:head], *_broken(rest, width), *old[len(old) - tail :]]
    return lines if _reads_back(lines, line) else [line]


def _reads_back(lines: Sequence[str], line: str) -> bool:
    return [" ".join(one) for one in _paragraphs("\n".join(lines))] == [line]


def _broken(text: str, width: int) -> list[str]:
    """A text in lines, none of which begins in a way that means something else."""
    lines: list[str] = []
    for word in _BREAK.split(text):
        if lines and (len(lines[-1]) + 1 + len(word) <= width or _BLOCK.match(word)):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
