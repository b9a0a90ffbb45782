"""A number -> the text of an issue file as some author may have left it: odd comments, indentation, quotes, line ends.

The same number always gives the same file. Its sections are made of the section types' own fields, by kind, so that forms
can open them; each file can be read, and nearly all of its values fit their fields.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from newsletter.drafting.fields import PARTS
from newsletter.nouns.draft import Field, Kind, SectionType
from newsletter.yaml_tree.tree import read_tree

WORDS = (
    *("Congress", "votes", "in", "Lima", "the", "forest", "law", "and", "a", "river", "ñandú", "año", "مرحبا", "שלום"),
    *(
        "語",
        "👩\u200d👧",
        "🇵🇪",
        "it's",
        "Ramos's",
        "1,200",
        "2025-07",
        "so-called",
        "no",
        "yes",
        "null",
        "“said”",
        "£5",
    ),
)
HARD = ("a: b", "x # y", '"', "\\", "'", "{first_name|you}", "[x](https://example.org)", "- ", "*", "&", "!", "%", "@", "`", "|", ">", "?", ":", "#", ",", "}", "]]")  # fmt: skip
NOTES = ("# a note", "#  another: with a colon", "#", "# - type: news", "#> put here", "# \"quoted\" 'note'", "# ñ 語")
URLS = ("https://example.org/page", "https://example.org/?a=b&c=%20d#part", "mailto:minister@example.org")
Shapes = Mapping[str, Any]


def issue_file(number: int, types: Mapping[str, SectionType]) -> str:
    """The text of an issue file, with its byte-order mark and line ends: ``.encode()`` are its bytes."""
    for attempt in count():
        text = _Pen(random.Random(f"{number}-{attempt}"), types).file()  # noqa: S311 - the same every time is what is wanted
        if read_tree(text, "")[0] is not None:
            return text
    raise AssertionError


class _Pen:
    """One author, with her habits and her slips."""

    def __init__(self, dice: random.Random, types: Mapping[str, SectionType]) -> None:
        self.dice = dice
        self.types = types
        self.dash = dice.choice((0, 2, 2, 2, 4))  # of the sections
        self.offset = dice.choice((2, 2, 2, 3, 4))  # from a dash to the names
        self.step = dice.choice((2, 2, 2, 3, 4))
        self.inner = dice.choice((0, 2, 2, 3))  # of the dashes of inner lists
        self.odd = dice.choice((0.0, 0.05, 0.15, 0.3))  # how often something odd is done
        self.lines: list[str] = []

    def oddly(self, often: float = 1.0) -> bool:
        return self.dice.random() < self.odd * often

    def file(self) -> str:
        if self.oddly():
            self.lines.append("---")
        self.lines += self.dice.choices(NOTES, k=self.dice.randrange(4))
        head: list[Callable[[], None]] = [
            lambda: self.pair("subject", self.text(), 0),
            lambda: self.pair("preheader", self.text(), 0),
            lambda: self.pair("send_on", _Bare("2025-07-04"), 0),
        ]
        if self.oddly(3):
            self.dice.shuffle(head)
        late = head.pop() if self.oddly() else None
        for one in head:
            one()
        self.blank(0)
        self.sections()
        if late:
            late()
        self.lines += self.dice.choice(([], [], ["  # the end"], ["", "# the end", ""]))
        return self.ended()

    def ended(self) -> str:
        """The lines with their ends."""
        ends = self.dice.choice((("\n",), ("\n",), ("\r\n",), ("\r\n",), ("\r",), ("\n", "\r\n")))
        text = "".join(line + self.dice.choice(ends) for line in self.lines)
        if self.dice.random() < 0.15:
            text = text.rstrip("\r\n")
        return ("\ufeff" if self.dice.random() < 0.2 else "") + text

    def sections(self) -> None:
        self.lines.append("sections:" + self.note())
        for number in range(self.dice.randrange(1, 7)):
            if number and not self.oddly():
                self.lines.append("" if not self.oddly() else "   ")
            if self.dice.random() < 0.2:
                self.lines.append(" " * self.dash + self.dice.choice(NOTES))
            self.section(self.dice.choice(list(self.types.values())))

    def section(self, kind: SectionType) -> None:
        values: list[tuple[str, Any]] = [("type", _Bare(kind.name))]
        values += [(one.name, self.value(one)) for one in kind.fields if one.required or self.dice.random() < 0.35]
        if self.oddly(0.5):
            values.append(("not_a_field", self.text()))
        if self.oddly():
            self.dice.shuffle(values)
        self.member(dict(values), self.dash, self.offset)

    def member(self, value: Any, column: int, offset: int) -> None:
        """A member of a list: names with values."""
        pad = " " * column
        if self.dice.random() < (0.3 if column != self.dash else 0):
            self.lines.append(f"{pad}- {self.flow(value, column + 4)}{self.note()}")
            return
        start = len(self.lines)
        for name, one in value.items():
            self.pair(name, one, column + offset)
        while not self.lines[start].strip():  # a blank line before the first name
            del self.lines[start]
        first = self.lines[start]
        if self.oddly() or first.lstrip().startswith("#"):
            self.lines.insert(start, f"{pad}-{self.note()}")
        else:
            self.lines[start] = f"{pad}-{first[column + 1 :]}"

    def pair(self, name: str, value: Any, column: int) -> None:
        if self.oddly():
            self.lines.append(" " * self.dice.choice((column, column, column, 0)) + self.dice.choice(NOTES))
        self.blank(column)
        word = f'"{name}"' if self.oddly(0.5) else name
        head = f"{' ' * column}{word}{' ' if self.oddly(0.3) else ''}:"
        gap = " " * self.dice.choice((1, 1, 1, 1, 3)) if self.oddly(3) else " "
        if isinstance(value, Mapping | list):
            self.many(head, gap, value, column)
        else:
            self.written(head, gap, value, column)

    def many(self, head: str, gap: str, value: Any, column: int) -> None:
        if self.dice.random() < 0.3:
            self.lines += (f"{head}{gap}{self.flow(value, column + 2)}" + self.note()).split("\n")
            return
        self.lines.append(head + self.note())
        if isinstance(value, Mapping):
            for name, one in value.items():
                self.pair(name, one, column + self.step)
            if self.oddly():
                self.lines.append(" " * (column + self.step) + self.dice.choice(NOTES))
            return
        for one in value:
            self.member(one, column + self.inner, self.dice.choice((2, 2, self.offset)))
            self.blank(column)

    def written(self, head: str, gap: str, value: Any, column: int) -> None:
        """A text after its name, in one of the ways in which it can stand there."""
        if isinstance(value, _Bare):
            self.lines.append(f"{head}{gap}{value}{self.note()}{self.trail()}")
        elif "\n" in value:
            self.block(head, gap, value, column)
        else:
            way = self.dice.choice((self.one_line, self.one_line, self.one_line, self.folded, self.over_lines))
            way(head, gap, value, column)

    def one_line(self, head: str, gap: str, value: str, _: int) -> None:
        self.lines.append(f"{head}{gap}{self.quoted(value)}{self.note(bare=True)}{self.trail()}")

    def folded(self, head: str, gap: str, value: str, column: int) -> None:
        pad = " " * (column + self.step)
        self.lines.append(f"{head}{gap}{self.dice.choice(('>-', '>', '>+'))}{self.note()}")
        self.lines += [pad + one for one in self.broken(value)]

    def over_lines(self, head: str, gap: str, value: str, column: int) -> None:
        pad = " " * (column + self.step)
        first, *more = self.broken(json.dumps(value, ensure_ascii=False))
        self.lines += [f"{head}{gap}{first}", *(pad + one for one in more)]

    def broken(self, text: str) -> list[str]:
        """A text in lines of some words."""
        lines, words = [], text.split(" ")
        while words:
            many = self.dice.randrange(1, 7)
            lines.append(" ".join(words[:many]))
            words = words[many:]
        return [one for one in lines if one.strip()] or ["x"]

    def block(self, head: str, gap: str, value: str, column: int) -> None:
        lines = value.split("\n")
        step = self.dice.choice((self.step, self.step, 2, 5))
        digit = str(step) if value[0] in " \t" or self.oddly() else ""
        self.lines.append(f"{head}{gap}|{digit}{self.dice.choice(('', '', '-', '+'))}{self.note()}")
        pad = " " * (column + step)
        self.lines += [pad + line if line else self.dice.choice(("", "", " ")) for line in lines]

    def quoted(self, text: str) -> str:
        """A text in one line, bare where that is safe."""
        if set(text.replace(" ", "")) <= _SAFE and text[:1].isalpha() and self.dice.random() < 0.6:
            return text
        return (
            "'" + text.replace("'", "''") + "'"
            if self.dice.random() < 0.4
            else json.dumps(text, ensure_ascii=self.oddly())
        )

    def flow(self, value: Any, column: int) -> str:
        """A value between brackets, sometimes over several lines, sometimes with a note among them."""
        if isinstance(value, _Bare):
            return str(value)
        if isinstance(value, str):
            return self.in_brackets(value)
        wide = self.dice.random() < 0.3
        pad = "\n" + " " * column if wide else ""
        begin, end = "{}" if isinstance(value, Mapping) else "[]"
        named = value.items() if isinstance(value, Mapping) else (("", one) for one in value)
        parts = [f"{name}: {self.flow(one, column + 2)}" if name else self.flow(one, column + 2) for name, one in named]
        last = "," if self.oddly() else ""
        comma = (
            self.dice.choice((", ", ", ", ",", " , ")) if not wide else f",{self.note() if self.oddly() else ''}{pad}"
        )
        inner = " " if self.oddly() and not wide else pad
        return f"{begin}{inner}{comma.join(parts)}{last}{inner}{end}"

    def in_brackets(self, text: str) -> str:
        flat = text.replace("\n", " ")
        if set(flat.replace(" ", "")) <= _SAFE - set(",") and flat[:1].isalpha() and self.dice.random() < 0.5:
            return flat.strip()
        return json.dumps(text, ensure_ascii=False)

    def note(self, *, bare: bool = False) -> str:
        """A note at the end of a line."""
        return f"  {self.dice.choice(NOTES)}" if self.oddly() and not bare else ""

    def trail(self) -> str:
        return self.dice.choice((" ", "  ")) if self.oddly() else ""

    def blank(self, column: int) -> None:
        if self.oddly(0.5):
            self.lines.append(self.dice.choice(("", "", " ", " " * column)))

    def text(self) -> str:
        """A text of one line."""
        words = self.dice.choices(WORDS, k=self.dice.randrange(1, 14))
        if self.dice.random() < 0.3:
            words.insert(self.dice.randrange(len(words) + 1), self.dice.choice(HARD))
        if self.oddly():
            words.append("tab\tinside")
        return " ".join(words)

    def markdown(self) -> str:
        """A text of several paragraphs."""
        lines = [self.text() for _ in range(self.dice.randrange(1, 6))]
        for _ in range(self.dice.randrange(4)):
            lines.insert(
                self.dice.randrange(1, len(lines) + 1),
                self.dice.choice(("", "", "  indented", "- a", "### b", "\ttab", "# c")),
            )
        if self.oddly():
            lines[0] = f"  {lines[0]}"
        return "\n".join(lines) if len(lines) > 1 else lines[0]

    def value(self, one: Field) -> Any:
        """A value that fits a field."""
        return self.parts(one) if one.kind in {Kind.PICTURE, Kind.SOURCES, Kind.PEOPLE, Kind.ROWS} else self.single(one)

    def single(self, one: Field) -> str:
        if one.kind is Kind.MARKDOWN:
            return self.markdown()
        if one.kind is Kind.URL:
            return _Bare(json.dumps(self.dice.choice(URLS)))
        if one.kind is Kind.CHOICE:
            return _Bare(self.dice.choice(one.choices))
        bare: dict[Kind, Sequence[str]] = {
            Kind.FLAG: ("yes", "no", "true"),
            Kind.CLOSED: ("no", "unsure", "2025-07-20"),
            Kind.DATE: ("2025-07-04", "2025-09-30"),
            Kind.PARTIAL_DATE: ("2025", "2025-07", "2025-07-04"),
            Kind.TIME: ('"18:30"', "9:05"),
            Kind.NUMBER: ("5", "1200"),
        }
        return _Bare(self.dice.choice(bare[one.kind])) if one.kind in bare else self.text()

    def parts(self, one: Field) -> Any:
        inside = one.fields if one.kind is Kind.ROWS else PARTS[one.kind]
        if one.kind is Kind.PICTURE:
            return self.named(inside)
        return [self.named(inside) for _ in range(self.dice.randrange(1, 4))]

    def named(self, inside: Sequence[Field]) -> Mapping[str, Any]:
        chosen = [part for part in inside if part.required or self.dice.random() < 0.5]
        return {part.name: _Bare("es") if part.name == "language" else self.single(part) for part in chosen}


class _Bare(str):
    """What is written as it is."""

    __slots__ = ()


_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZñ語.")


def values_in(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every text of a file with the way to it."""
    if isinstance(data, dict | list):
        for step, one in data.items() if isinstance(data, dict) else enumerate(data):
            yield from values_in(one, (*path, step))
    else:
        yield path, data
