"""A line of YAML -> the same line with its text in quotes, as it is shown to whoever has to type it."""

from __future__ import annotations

import re

LONGEST = 200
LONGEST_MENDED = 4000  # characters; what follows would cost time, and is shown cut anyway
QUOTES = "\"'"
_LINE = re.compile(
    r"(?P<head>[ ]*(?:- +)*(?:(?P<key>[^\W\d][\w-]*|\"[^\"]*\"|'[^']*'):[ \t]+)?)(?P<value>\S.*?)(?P<note>\s{2,}# .*)?\s*"
)
_GAP = re.compile(r"\s{200}")
PARTS = re.compile(r"\{\s*[^\W\d][\w-]*:[\s\"'][^{}]*\}")
_NEXT_PART = re.compile(r"(?:,\s*|(?<=[\"'])\s+)(?=[^\W\d][\w-]*:[\s\"'])")
_CURLY = re.compile(r"[“„]([^“”„]+)[”“]|«([^«»]+)»")
_NEEDS_QUOTES = re.compile(r"^[^\"'].*[:,#\[\]{}\"']|^[@`%*&!|>?\[#-]|^([\"']).*\1.+(?<!\1)$")


def parted(line: str) -> re.Match[str] | None:
    """A line parted into its head (dashes and key), its value and the comment after it."""
    if len(line) > LONGEST_MENDED or _GAP.search(line):
        return None
    return _LINE.fullmatch(line)


def quoted_line(line: str, *, column: int | None = None, comment: bool = False) -> str:
    """A line with its value put in quotes, with ``comment`` what stands after `` #`` too.

    "" where it has no such value, or where the value does not start at the column (from 0).
    """
    found = parted(line)
    if not found or not found["head"].strip() or column not in {None, found.start("value")}:
        return ""
    value, note = found["value"], found["note"] or ""
    if comment:
        value, note = value + note.rstrip(), ""
    if value[0] in QUOTES and value[-1] == value[0] and len(value) > 1 and value[0] not in value[1:-1]:
        return ""
    return f"{found['head']}{quoted(uncurled(value))}{note}"


def uncurled(text: str) -> str:
    """A text without the typographic marks around the whole of it, which Word puts in place of quotes."""
    found = _CURLY.fullmatch(text)
    return (found[1] or found[2]).strip() if found else text


def quoted(text: str) -> str:
    """A text of one line in quotes that YAML reads back as it is."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def quoted_parts(line: str) -> str:
    """A line with ``{names: with texts}`` whose texts stand in quotes where they need them; "" where it has none."""
    found = parted(line)
    if not found or not PARTS.fullmatch(found["value"]):
        return ""
    parts = _NEXT_PART.split(found["value"][1:-1].strip())
    named = [(name.strip(), text.strip()) for name, _, text in (part.partition(":") for part in parts)]
    mended = ", ".join(f"{name}: {_part(text)}" for name, text in named)
    return f"{found['head']}{{{mended}}}{found['note'] or ''}"


def _part(text: str) -> str:
    if uncurled(text) != text:
        return quoted(uncurled(text))
    if text and (text[0] in QUOTES) != (text[-1] in QUOTES):  # one of the two marks was forgotten
        return quoted(text.strip(QUOTES))
    return quoted(text) if _NEEDS_QUOTES.search(text) else text


def instead(line: str) -> str:
    """The advice to type a line as it should be; the middle of a very long one is left out."""
    line = line.strip()
    return f"Type instead: {line if len(line) <= LONGEST else line[:80] + ' ... ' + line[-40:]}"
