"""Bytes of a file -> text that a YAML parser can take, with a problem for each thing that had to be mended or refused."""

from __future__ import annotations

import re

from newsletter.nouns.problem import Place, Problem, Severity

CHECK = "encoding"
SAVE_AS_UTF8 = (
    "Save it as UTF-8: in Notepad choose File, Save as, Encoding: UTF-8; in VS Code click the name of the encoding "
    "at the bottom right, then Save with encoding, UTF-8; in TextEdit choose Plain text and Unicode (UTF-8)."
)
MOST_SHOWN = 20

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DOCUMENTS = (
    (b"PK\x03\x04", "a Word, LibreOffice or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich-text (RTF) file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_LINE_ENDS = re.compile(r"\r\n?")
_OTHER_LINE_ENDS = re.compile("[\u2028\u2029]")
_C1 = re.compile("[\x80-\x9f]")
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")
"""What no value may hold: C0 and C1 controls but tab and line feed, lone surrogates, other line ends."""


def decode(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Read bytes as UTF-8, with or without a byte-order mark; where they are not, say what they are.

    With a problem the text is what the bytes most likely mean, so that the rest can be looked over too; None where
    they are no text at all.
    """
    for start, name in _DOCUMENTS:
        if data.startswith(start):
            return None, [_error(Place(file), f"This is {name}, not a text file.", _PLAIN_TEXT)]
    for start, encoding in _MARKS:
        if data.startswith(start):
            message = f"The file is saved as {encoding.upper()} (Windows calls it Unicode), not as UTF-8."
            return data.decode(encoding, "replace"), [_error(Place(file), message, SAVE_AS_UTF8)]
    if encoding := _without_mark(data):
        message = "The file is saved as UTF-16 (Windows calls it Unicode), not as UTF-8."
        return data.decode(encoding, "replace"), [_error(Place(file), message, SAVE_AS_UTF8)]
    if _no_text(data):
        return None, [_error(Place(file), "This is no text file, whatever its name says.", _PLAIN_TEXT)]
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        return _windows(data, error, file)


_PLAIN_TEXT = "Copy its text into a plain-text file with the ending .yaml (Notepad, TextEdit or VS Code make them)."


_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1a\x1b"))
_MOST_CONTROLS = 30  # of a thousand bytes: a bad paste brings a few, a picture or a program hundreds


def _no_text(data: bytes) -> bool:
    """Whether so many bytes are control characters that nobody wrote this."""
    head = data[:4096]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > 10 and controls * 1000 > len(head) * _MOST_CONTROLS  # noqa: PLR2004 - a bad paste has as many


def _without_mark(data: bytes) -> str:
    """UTF-16 that does not say so: every other byte of ASCII text is then NUL."""
    head = data[:200]
    if len(head) < 4 or head.count(0) < len(head) // 3:  # noqa: PLR2004 - two characters tell nothing
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _windows(data: bytes, error: UnicodeDecodeError, file: str) -> tuple[str, list[Problem]]:
    before = data[: error.start].decode("utf-8").replace("\r\n", "\n").split("\n")
    message = (
        "The file is not saved as UTF-8 but, as it seems, as Windows-1252 (also called ANSI or Western): "
        f"here in “{_word_at(data, error.start)}”."
    )
    text = "\n".join(_line(line) for line in data.split(b"\n"))
    return text, [_error(Place(file, len(before), len(before[-1]) + 1), message, SAVE_AS_UTF8)]


def _line(line: bytes) -> str:
    """A line of a file that may be partly UTF-8, partly Windows-1252 (pasted together from two others)."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _word_at(data: bytes, index: int) -> str:
    text = data.decode("cp1252", "replace")  # one byte is one character there, so the index holds
    start, end = index, index + 1
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


def mend(text: str, file: str) -> tuple[str, list[Problem]]:
    """Make every line end a line feed and give Windows-1252 characters their meaning; refuse control characters.

    No character moves to another line or column. Gmail shows "[Message clipped]" on a letter with a C1 character.
    """
    text = _OTHER_LINE_ENDS.sub(" ", _LINE_ENDS.sub("\n", text.removeprefix("\ufeff")))
    mended = _C1.sub(lambda found: _meaning(found[0]), text)
    problems = _said_once(text, mended, file)
    for found in list(FORBIDDEN.finditer(mended))[:MOST_SHOWN]:
        place = place_at(mended, found.start(), file)
        problems.append(_error(place, f"An invisible control character ({name_of(found[0])}) stands here.", _TAKE_OUT))
    return FORBIDDEN.sub(" ", mended), problems


_TAKE_OUT = "Delete it: put the cursor before it and press Delete once."


def _meaning(character: str) -> str:
    return bytes([ord(character)]).decode("cp1252", "ignore") or character


def _said_once(text: str, mended: str, file: str) -> list[Problem]:
    """One warning however many there are: a text pasted from Word has hundreds."""
    if text == mended:
        return []
    changed = [index for index, (old, new) in enumerate(zip(text, mended, strict=True)) if old != new]
    first = changed[0]
    count = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    message = f"A character of old Windows texts ({name_of(text[first])}) was read as “{mended[first]}”{count}."
    hint = "It comes from pasting; save the text anew, or type the character again."
    return [Problem(place_at(mended, first, file), Severity.WARNING, CHECK, message, hint)]


def name_of(character: str) -> str:
    """How a character that cannot be shown is named: ``U+0007``."""
    return f"U+{ord(character):04X}"


def place_at(text: str, index: int, file: str) -> Place:
    """The place of a character of the whole text."""
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _error(place: Place, message: str, hint: str) -> Problem:
    return Problem(place, Severity.ERROR, CHECK, message, hint)
