"""An issue's file and a number -> the file as a slip of the hand, a bad paste or a broken disk would leave it."""

from __future__ import annotations

import random
from collections.abc import Callable

LONGEST = 60_000  # bytes: longer than any issue of the sample, short enough to try many
AWKWARD = (
    ": ", "- ", "#", " #", "'", '"', "|", ">", ">-", "|2", "&a ", "*a", "!!str ", "!<x> ", "?", "? ", "{", "}", "[", "]", ",", "%YAML 9.9\n",
    "---\n", "...\n", "\t", "\r", "\r\n", "\n\n", "\x00", "\x85", "\u00a0", "\u2028", "\ufeff", "\ud7ff", "“", "”", "{{", "}}", "{% if", "{first_name",
    "{first_name|", "|friend}", "](", "![", "**", "~~", "<b>", "</script>", "https://", "mailto:", "=", "<<: ", "0x10", "1e9", "1_000", "null", "~",
    "yes", "2025-02-30", "25:61", "99999999999999999999", "-0", "\\", "\\u", "\\x4", "🤷", "e\u0301", "\u202e", "type", "type: news", "sections",
    "sections:", "  - type: letter", "until: ", "image: {file: x", "people: [", "lang=es",
)  # fmt: skip
BRACKETS = ("[", "{", "- ", "> ", "((", "[[](", "**", "*", "_", "`", "{a: ", '"', "  ")

Mutation = Callable[[list[str], random.Random, list[str]], None]


def mutated(data: bytes, others: list[bytes], seed: int) -> bytes:
    """One file made of another by one to five slips; the same seed makes the same file."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    text = data.decode("utf-8", "surrogateescape")
    lines = text.split("\n")
    lent = chance.choice(others).decode("utf-8", "replace").split("\n") if others else lines
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        chance.choice(MUTATIONS)(lines, chance, lent)
        lines = lines or [""]
    made = "\n".join(lines).encode("utf-8", "surrogatepass" if chance.random() < 0.02 else "replace")
    return _bytewise(made, chance)[:LONGEST]


def _bytewise(data: bytes, chance: random.Random) -> bytes:
    """Now and then what a disk or a transfer does: a byte changed, an end cut off, another encoding."""
    kind = chance.random()
    if kind < 0.06 and data:
        at = chance.randrange(len(data))
        return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    if kind < 0.10:
        return data[: chance.randrange(len(data) + 1)]
    if kind < 0.12:
        coding = chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "cp1252", "utf-32"))
        return data.decode("utf-8", "replace").encode(coding, "replace")
    return data


def _at(lines: list[str], chance: random.Random) -> int:
    return chance.randrange(len(lines))


def insert(lines: list[str], chance: random.Random, lent: list[str]) -> None:
    """Something awkward in the middle of a line."""
    del lent
    at = _at(lines, chance)
    column = chance.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:column] + chance.choice(AWKWARD) + lines[at][column:]


def delete(lines: list[str], chance: random.Random, lent: list[str]) -> None:
    """A few characters gone."""
    del lent
    at = _at(lines, chance)
    start = chance.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:start] + lines[at][start + chance.randrange(1, 8) :]


def value(lines: list[str], chance: random.Random, lent: list[str]) -> None:
    """Another value after a name."""
    at = _at(lines, chance)
    name, colon, _ = lines[at].partition(":")
    lines[at] = f"{name}{colon} {chance.choice((*AWKWARD, chance.choice(lent).strip()))}"


def drop(lines: list[str], chance: random.Random, lent: list[str]) -> None:
    """Lines gone."""
    del lent
    at = _at(lines, chance)
    del lines[at : at + chance.choice((1, 1, 2, 5, 20))]


def twice(lines: list[str], chance: random.Random, lent: list[str]) -> None:
    """Lines pasted a second time, here or elsewhere."""
    del lent
    at, to = _at(lines, chance), _at(lines, chance)
    lines[to:to] = lines[at : at + chance.choice((1, 2, 8))]


def borrow(lines: list[str], chance: random.Random, lent: list[str]) -> None:
    """Lines of another issue in between."""
    at, start = _at(lines, chance), chance.randrange(len(lent))
    lines[at:at] = lent[start : start + chance.choice((1, 3, 12))]


def swap(lines: list[str], chance: random.Random, lent: list[str]) -> None:
    """Two lines change places."""
    del lent
    one, other = _at(lines, chance), _at(lines, chance)
    lines[one], lines[other] = lines[other], lines[one]


def indent(lines: list[str], chance: random.Random, lent: list[str]) -> None:
    """Lines moved to the left or to the right."""
    del lent
    at, by = _at(lines, chance), chance.choice((-4, -2, -1, 1, 2, 3, 4))
    for number in range(at, min(at + chance.choice((1, 1, 4)), len(lines))):
        old = lines[number]
        lines[number] = " " * by + old if by > 0 else old[min(-by, len(old) - len(old.lstrip())) :]


def nest(lines: list[str], chance: random.Random, lent: list[str]) -> None:
    """The same opening again and again."""
    del lent
    at = _at(lines, chance)
    lines[at] += chance.choice(BRACKETS) * chance.choice((2, 30, 500, 5000))


def lengthen(lines: list[str], chance: random.Random, lent: list[str]) -> None:
    """A line far too long."""
    del lent
    at = _at(lines, chance)
    lines[at] = lines[at] + (lines[at].strip() or "word ") * chance.choice((3, 40, 400))


def join(lines: list[str], chance: random.Random, lent: list[str]) -> None:
    """The end of a line taken away."""
    del lent
    at = _at(lines, chance)
    lines[at : at + 2] = ["".join(lines[at : at + 2])]


MUTATIONS: tuple[Mutation, ...] = (
    *(insert, insert, insert, delete, delete, value, value, value),
    *(drop, twice, borrow, swap, indent, indent, nest, lengthen, join),
)
