"""A value -> YAML as a careful person types it, which `read_tree` reads back as it was. The one writer of values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from newsletter.yaml_tree.quotes import quoted
from newsletter.yaml_tree.text import FORBIDDEN
from newsletter.yaml_tree.tree import Data, Style, read_tree

Value = str | bool | int | dt.date | Sequence["Value"] | Mapping[str, "Value"]
"""What can be written: texts as they are, and what has one way of being typed."""

STEP: Final = 2
"""By how many spaces what belongs to a name is set in."""
WIDTH: Final = 96
"""How long a line may be before a careful person begins another."""
_PLAIN = re.compile(r"[^\W\d_](?:[^:#\"'\\{}\[\]]|:(?=\S)|['’](?=\w)|(?<=\S)#)*")
_WORDS_OF_YAML = frozenset({"yes", "no", "true", "false", "null", "on", "off", "y", "n"})
_TYPED = re.compile(r"yes|no|unsure|\d{4}-\d{2}(?:-\d{2})?", re.ASCII)
_KEY = re.compile(r"[^\W\d][\w-]*")
_SEPARATORS = re.compile(r"[,:\[\]{}]")
_SHORT: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_IN_DOUBLE = re.compile(r"[\\\"\n\t]")
_BREAK = re.compile(r"(?<![ \t]) (?![ \t])")
_ODD = re.compile(r"[^ -~]")


def is_typed(text: str) -> bool:
    """Whether a text is no words but a flag or a day, which have no quotes."""
    return bool(_TYPED.fullmatch(text))


def as_data(value: Value) -> Data:
    """What the reader will make of a value: every text a string, a flag ``yes`` or ``no``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | dt.date):
        return str(value)
    if isinstance(value, Mapping):
        return {name: as_data(one) for name, one in value.items()}
    return [as_data(one) for one in value]


def is_plain(text: str) -> bool:
    """Whether a careful person writes this text without quotes: it can be taken for nothing else by any program."""
    if not _PLAIN.fullmatch(text) or text[-1] in ": " or " #" in text:
        return False
    return text.lower() not in _WORDS_OF_YAML


def scalar(text: str, like: Style = Style.PLAIN, *, flow: bool = False, more: str = "", bare: bool = False) -> str:
    """A text as it stands in one line, in the quotes of what stood there, as far as it reads back as it is.

    ``flow`` says that it stands between brackets, ``more`` what stands after it in its line, ``bare`` that even a text
    that other programs take for a number has no quotes. A character that no file may hold stands there as it is.
    """
    found = list(_candidates(text, like, flow=flow, bare=bare))
    return next((one for one in found if _reads_back(one, text, more, flow=flow)), found[-2])


def _candidates(text: str, like: Style, *, flow: bool, bare: bool) -> Iterator[str]:
    if text and like not in {Style.DOUBLE, Style.SINGLE}:
        careful = (is_plain(text) and not (flow and _SEPARATORS.search(text))) or is_typed(text)
        if careful or bare:
            yield text
    shown = "\n" not in text and "\t" not in text
    if shown and like is Style.SINGLE:
        yield "'" + text.replace("'", "''") + "'"
    if shown and like is not Style.DOUBLE:
        yield quoted(text)
    double = _IN_DOUBLE.sub(lambda found: _SHORT[found[0]], text)
    yield f'"{double}"'
    yield f'"{_ODD.sub(_escaped, double)}"'


def _escaped(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"  # noqa: PLR2004 - what four digits hold


def _reads_back(typed: str, text: str, more: str, *, flow: bool) -> bool:
    """Whether it reads as the text, and nobody is asked whether it was meant so."""
    tree, problems = read_tree(f"k: [{typed}]{more}\n" if flow else f"k: {typed}{more}\n", "")
    return tree is not None and not problems and tree.data == {"k": [text] if flow else text}


def in_double_quotes(text: str) -> str:
    """Another's words, which stand in quotes whatever they are."""
    return scalar(text, Style.DOUBLE)


def typed(value: Value, *, flow: bool = False) -> str:
    """A value in one line: what is no text has no quotes, lists and names stand in brackets."""
    if isinstance(value, str):
        return scalar(value, flow=flow)
    if isinstance(value, bool | int | dt.date):
        return str(as_data(value))
    if isinstance(value, Mapping):
        inside = (f"{key(name)}: {typed(one, flow=True)}" for name, one in value.items())
        return "{" + ", ".join(inside) + "}"
    return "[" + ", ".join(typed(one, flow=True) for one in value) + "]"


def key(name: str) -> str:
    """A name as it stands before the colon."""
    return name if _KEY.fullmatch(name) and name.lower() not in _WORDS_OF_YAML else quoted(name)


def can_be_literal(text: str) -> bool:
    """Whether a text can stand in lines of its own under ``|``."""
    return bool(text.strip()) and not FORBIDDEN.search(text) and "\ufeff" not in text


def takes_lines(text: str) -> bool:
    """Whether a new text is written in lines of its own; not one that ends in blank lines, which the next would join."""
    return "\n" in text and can_be_literal(text) and not text.endswith("\n\n")


def literal_header(text: str, step: int = STEP) -> str:
    """What stands before the lines of a text: ``|``, how it ends, and how far it is set in where that does not show."""
    first = next((line for line in text.split("\n") if line), "")
    indent = str(step) if first[:1] in {" ", "\t"} else ""
    end = "-" if not text.endswith("\n") else "+" if text.endswith("\n\n") else ""
    return f"|{indent}{end}"


def literal_lines(text: str, column: int) -> list[str]:
    """The lines of a text, set in so far; a blank one holds nothing."""
    pad = " " * column
    return [pad + line if line else "" for line in text.removesuffix("\n").split("\n")]


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines, broken where one space stands alone, so that joining them with a space gives the text again."""
    lines: list[str] = []
    for word in _BREAK.split(text):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def folded(text: str, column: int) -> list[str]:
    """A long text of one line in several, which are joined when they are read; none where it does well in one."""
    if len(text) <= WIDTH or "\n" in text or "\t" in text or text != text.strip():
        return []
    lines = wrapped(text, WIDTH - column)
    return [" " * column + line for line in lines] if len(lines) > 1 and can_be_literal(text) else []


def pair(name: str, value: Value, column: int, dash: int = STEP) -> list[str]:
    """The lines of a name and its value at a column; the dashes of a list are set in by ``dash``."""
    head = f"{' ' * column}{key(name)}:"
    if isinstance(value, str) and takes_lines(value):
        return [f"{head} {literal_header(value)}", *literal_lines(value, column + STEP)]
    if isinstance(value, str) and (lines := folded(value, column + STEP)):
        return [f"{head} >-", *lines]
    if isinstance(value, Mapping) and value:
        return [head, *(line for inner, one in value.items() for line in pair(inner, one, column + STEP, dash))]
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        return [head, *(line for one in value for line in item(one, column + dash, dash=dash))]
    return [f"{head} {typed(value)}"]


def item(value: Value, column: int, step: int = STEP, dash: int = STEP) -> list[str]:
    """The lines of a member of a list, its dash at a column, what belongs to it set in by ``step``."""
    pad = " " * column
    if isinstance(value, Mapping) and value:
        lines = [line for name, one in value.items() for line in pair(name, one, column + step, dash)]
        return [f"{pad}-{lines[0][column + 1 :]}", *lines[1:]]
    if isinstance(value, str) and takes_lines(value):
        return [f"{pad}- {literal_header(value)}", *literal_lines(value, column + STEP)]
    return [f"{pad}- {typed(value)}"]
