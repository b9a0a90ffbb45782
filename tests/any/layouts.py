"""Sections -> hypothesis strategies for the many ways in which an author may lay them out in YAML, her notes among them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from hypothesis import strategies as st

NOTES = ("a note", "until: 2020-01-01", "- type: news", "#> not ours?", "“quoted”", "closed: yes", "{", "'", "ñandú")
WORDS = (
    "Rosa",
    "asks:",
    "# no note",
    "- no dash",
    "end",
    "“x”",
    "ñandú",
    "it's",
    '"so"',
    "a\\b",
    "{",
    "[1]",
    "&",
    "*b*",
    "|",
    "%",
    "@a",
    "!",
    "?",
    "#",
)
TABS = "\t"


@dataclass(frozen=True)
class Written:
    """A file's text, and the notes that stand inside each of its sections."""

    text: str
    notes: tuple[tuple[str, ...], ...]


@dataclass
class Pen:
    """Writes sections as one author might, by the throws of a die."""

    random: Random
    notes: list[tuple[str, ...]] = field(default_factory=list)
    count: int = 0

    def sections(self, sections: list[Mapping[str, str]]) -> Written:
        """The list of sections under its name, as a file goes on with it."""
        margin = self.random.choice((0, 2, 2, 2, 4, 1))
        if self.random.random() < 0.05:
            flow = ",\n ".join(json.dumps(one, ensure_ascii=False) for one in sections)
            self.notes = [() for _ in sections]
            return Written(f"sections: [{flow}]\n", tuple(self.notes))
        lines = ["sections:"]
        for one in sections:
            lines += self._around(margin)
            lines += self._section(one, margin)
        lines += self._around(margin) if self.random.random() < 0.3 else []
        text = "\n".join(lines) + self.random.choice(("\n", "", "\n\n", "\n...\n", "\nlanguage: en\n"))
        return Written(text, tuple(self.notes))

    def _around(self, margin: int) -> list[str]:
        lines = [""] * self.random.choice((0, 0, 1, 2))
        for _ in range(self.random.choice((0, 0, 1, 2))):
            lines.append(f"{' ' * self.random.choice((0, margin))}# between {self.random.choice(NOTES)}")
        return [*lines, *[""] * self.random.choice((0, 0, 1))]

    def _section(self, values: Mapping[str, str], margin: int) -> list[str]:
        self.here: list[str] = []
        gap = self.random.choice((1, 1, 1, 3))
        dash = " " * margin + "-"
        if self.random.random() < 0.15:
            flow = ", ".join(f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in values.items())
            lines = [f"{dash} {{{flow}}}{self._tail()}"]
        else:
            indent = margin + 1 + gap
            own = [line for key, text in values.items() for line in self._pair(key, text, indent)]
            lone = self.random.random() < 0.15
            lines = [f"{dash}{self._tail()}", *own] if lone else [dash + own[0][margin + 1 :], *own[1:]]
        self.notes.append(tuple(self.here))
        return lines

    def _pair(self, key: str, text: str, indent: int) -> list[str]:
        before = " " * indent
        lines = self._value(f"{before}{key}:", text, indent)
        if self.random.random() < 0.2 and key != "type":
            deeper = " " * (indent + self.random.choice((0, 0, 2)))
            if not lines[0].rstrip().endswith(("|", "|-", "|+", ">", ">-", ">+")):
                lines.append(f"{deeper}{self._note()}")
            else:  # set in as far as a text it would be part of it
                lines.append(f"{before}{self._note()}")
        if self.random.random() < 0.1 and lines[-1].lstrip().startswith("#"):
            lines.insert(-1, "")
        return lines

    def _value(self, head: str, text: str, indent: int) -> list[str]:
        block = () if head.strip(" -") == "type:" else ("block", "block", "folded")
        way = self.random.choice(("plain", "double", "single", *block))
        if "\n" in text or (way == "block" and text == text.strip() and text):
            return self._block(head, text, indent, "|")
        if way == "folded" and text == text.strip() and text and "\n" not in text:
            words = text.split(" ")
            if all(words):
                return self._block(head, "\n".join(words), indent, ">-")
        if way == "single" and TABS not in text:
            return [f"{head} '" + text.replace("'", "''") + f"'{self._tail()}"]
        if way == "double" and " " in text.strip() and "  " not in text and self.random.random() < 0.3:
            first, _, rest = text.strip().partition(" ")
            inner = [json.dumps(part, ensure_ascii=False)[1:-1] for part in (first, rest)]
            return [f'{head} "{inner[0]}', f'{" " * self.random.choice((1, indent + 2))}{inner[1]}"']
        if way == "plain" and text.replace(" ", "").replace("-", "").isalnum() and text == text.strip():
            return [f"{head} {text}{self._tail()}"]
        return [f"{head} {json.dumps(text, ensure_ascii=False)}{self._tail()}"]

    def _block(self, head: str, text: str, indent: int, style: str) -> list[str]:
        chomp = self.random.choice(("", "-", "+")) if style == "|" else ""
        width = self.random.choice((1, 2, 4))
        explicit = str(width) if self.random.random() < 0.2 or text.startswith((" ", "\n")) else ""
        body = [f"{' ' * (indent + width)}{line}" if line else "" for line in text.split("\n")]
        return [f"{head} {style}{explicit}{chomp}", *body, *[""] * self.random.choice((0, 0, 1))]

    def _tail(self) -> str:
        return f"  {self._note()}" if self.random.random() < 0.2 else ""

    def _note(self) -> str:
        self.count += 1
        note = f"# {self.random.choice(NOTES)} {self.count}"
        self.here.append(note)
        return note


def texts() -> st.SearchStrategy[str]:
    """A text of one line or of several."""
    line = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
    return st.one_of(
        line, line, st.lists(st.one_of(line, st.just(""), line.map("  ".__add__)), min_size=2, max_size=5).map(_whole)
    )


def _whole(lines: list[str]) -> str:
    return "\n".join(["Begin", *lines, "End"])


def layouts(sections: list[Mapping[str, str]]) -> st.SearchStrategy[Written]:
    """The sections in some layout."""
    return st.randoms(use_true_random=False).map(lambda random: Pen(random).sections(sections))
