"""Plain text, typed or pasted from a browser -> Page: paragraphs, lists, and lines that were wrapped made whole."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsletter.drafting.adopt.page import Block, Form, Page, Run
from newsletter.drafting.adopt.tidy import tidied
from newsletter.nouns.problem import Place, Stretches

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_WORD = re.compile(r"[^ \t]+")
_BULLET = re.compile(r"(?:[•◦▪‣·●○■]|[-*–](?=[ \t\u00a0]))[ \t\u00a0]*(?=\S)")
_NUMBER = re.compile(r"(\d{1,2})[.)][ \t\u00a0]+(?=\S)")
_RULE = re.compile(r"[-_*=–—~]{3,}")
_WRAPPED = (50, 82)  # characters: as far as mail programs and typists go before they begin a new line
_SPACES = " \t\u00a0"
_SENTENCE_ENDS = '.!?:;…"”»)'


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


def read_text(text: str, file: str, kind: str = "plain text") -> Page:
    """The page, each character of it with its line and column."""
    lines = [_Line(number, tidied(line)) for number, line in enumerate(_LINE_ENDS.sub("\n", text).split("\n"), 1)]
    return Page(file, kind, tuple(_blocks(lines, file)))


def _blocks(lines: Sequence[_Line], file: str) -> Iterator[Block]:
    spaced = _spaced(lines)
    for group in _groups(lines):
        wrapped = _wrapped(group)
        numbered = _numbered(group)
        for part in _parts(group, wrapped=wrapped, each=not (spaced or wrapped) or numbered):
            joint = " " if wrapped or _signed(part[0]) else "\n"
            yield from _block(part, joint, file, numbered=numbered)


def _parts(group: Sequence[_Line], *, wrapped: bool, each: bool) -> Iterator[list[_Line]]:
    """The lines that make a block together: a sign begins one, and what follows it unwrapped another."""
    part: list[_Line] = []
    for line in group:
        alone = bool(part) and _signed(part[0]) and not wrapped and line.text[0] not in _SPACES
        if part and (each or _signed(line) or alone or _RULE.fullmatch(part[0].text.strip())):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _signed(line: _Line) -> bool:
    bare = line.text.strip(_SPACES)
    return bool(_BULLET.match(bare) or _RULE.fullmatch(bare))


def _spaced(lines: Sequence[_Line]) -> bool:
    """Whether an empty line parts the paragraphs; where hardly one does, each line is a paragraph."""
    groups = list(_groups(lines))
    return len(groups) > sum(map(len, groups)) / 4


def _groups(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    group: list[_Line] = []
    for line in lines:
        if line.text.strip():
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _wrapped(group: Sequence[_Line]) -> bool:
    """Whether the lines of a paragraph end where there was no more room, not where something ends."""
    lengths = [len(line.text.rstrip()) for line in group[:-1]]
    if not lengths or max(len(line.text.rstrip()) for line in group) > _WRAPPED[1]:
        return False
    within = [line for line in group[:-1] if line.text.rstrip()[-1] not in _SENTENCE_ENDS]
    return statistics.median(lengths) >= _WRAPPED[0] and len(within) >= len(lengths) / 2


def _numbered(lines: Sequence[_Line]) -> bool:
    """Whether each line begins with the next number, from 1 on: a list, and nobody's prose."""
    found = [_NUMBER.match(line.text.strip(_SPACES)) for line in lines]
    return len(lines) > 1 and all(one and int(one[1]) == number for number, one in enumerate(found, 1))


def _block(part: Sequence[_Line], joint: str, file: str, *, numbered: bool) -> Iterator[Block]:
    first = part[0]
    start = len(first.text) - len(first.text.lstrip(_SPACES))
    rest = first.text[start:]
    if _RULE.fullmatch(rest.strip()):
        yield Block(Form.RULE, Place(file, first.number, start + 1))
        return
    sign = (_NUMBER if numbered else _BULLET).match(rest)
    if sign:
        skip = start + sign.end()
        part = [_Line(first.number, " " * skip + first.text[skip:]), *part[1:]]
    text, stretches = _joined(part, joint)
    if text:
        place = Place(file, stretches[0][1], stretches[0][2])
        form, number = (Form.ITEM if sign else Form.PARAGRAPH), (int(sign[1]) if sign and numbered else 0)
        yield Block(form, place, (Run(text),), number=number, stretches=stretches)


def _joined(part: Sequence[_Line], joint: str) -> tuple[str, Stretches]:
    """The words of some lines with single spaces between, and where each stands."""
    pieces: list[str] = []
    stretches: list[tuple[int, int, int]] = []
    length = 0
    for line in part:
        for at, word in enumerate(_WORD.finditer(line.text)):
            between = "" if not pieces else joint if at == 0 else " "
            length += len(between)
            stretches.append((length, line.number, word.start() + 1))
            pieces += [between, word[0]]
            length += len(word[0])
    return "".join(pieces), tuple(stretches)
