"""docs/conformance.md and the table of a hostile server -> what the manual says of promises, and of the tests that hold them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from manual_text import table

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the table of answers stands among the tests

from tests.delivery.hostile_table import MEANING, ROWS, STEPS  # noqa: E402 - after its own path

_ROW = re.compile(r"^\| (?P<family>[A-Z])(?P<number>\d+) \| (?P<promise>[^|]+) \| (?P<files>[^|]+) \|$", re.MULTILINE)
_FAMILIES = {
    "F": "What a letter is made of",
    "S": "How letters are sent",
    "A": "How mailboxes know that they are yours",
    "L": "Limits of mailboxes",
    "U": "How readers leave",
    "P": "What is kept of readers",
    "X": "Letters and pages for everyone",
}
_SPOKEN = {
    "long": "a line of 20,000 letters",
    "endless": "three hundred lines, and no end",
    "slow:": "the usual, letter by letter",
    "half:": "half of the usual, then nothing: the line is dropped",
    "drop": "nothing: the line is dropped",
    "stall": "nothing: silence",
}


def promises() -> str:
    """Each promise with the files of the tests that name it, by what it is about."""
    text = (ROOT / "docs" / "conformance.md").read_text("utf-8")
    rows = sorted(_ROW.finditer(text), key=lambda one: int(one["number"]))
    parts = []
    for family, title in _FAMILIES.items():
        mine = [one for one in rows if one["family"] == family]
        lines = ((f"{family}{one['number']}", one["promise"], _linked(one["files"])) for one in mine)
        parts.append(f"### {title}\n\n{table(('', 'What one can count on', 'Held by'), lines)}")
    return "\n".join(parts)


def answers() -> str:
    """What becomes of a letter, by what a mail server answers at which step."""
    lines = ((_said(reply), *(f"`{one}`" for one in row)) for reply, *row in ROWS)
    means = "\n".join(f"- `{short}`: {words}" for short, words in MEANING.items())
    return f"{table(('The server says', *STEPS), lines)}\n{means}\n"


def _said(reply: str) -> str:
    return _SPOKEN.get(reply) or " ".join(f"`{line}`" for line in reply.split("|"))


def _linked(files: str) -> str:
    found = re.findall(r"`([^`]+)`", files)
    return ", ".join(f"[{Path(one).stem.removeprefix('test_')}](../../{one})" for one in found)
