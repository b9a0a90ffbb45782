"""A CSV file of any make -> Sheet: its columns and its rows with their line numbers, or why it cannot be read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from newsletter.errors import ToMend

LARGEST = 100 * 1024 * 1024  # bytes; a million readers take about 60 MB, and 900 MB of memory
_MAGIC = {
    b"PK\x03\x04": "an Excel or LibreOffice workbook, or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
    b"\x1f\x8b": "a compressed file",
}
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f"))
_TWICE_UTF8 = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")


class UnreadableList(ToMend):
    """The file as a whole cannot be read as a list."""

    def __init__(self, file: str, line: int, what: str, hint: str) -> None:
        super().__init__(f"{file}:{line}: {what}", f"{hint} Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was read; the cells show in no repr."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...] = field(repr=False)  # line in the file, cells
    notices: tuple[str, ...] = ()


def read_sheet(path: Path) -> Sheet:
    """Read a CSV file: commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252. Raises UnreadableList."""
    file = path.as_posix()
    text, notices = _decode(_bytes(path, file), file)
    lines = list(_lines(text, file))
    if not lines:
        raise UnreadableList(file, 1, "the file is empty.", "Export the list again.")
    (_, columns), *rows = lines
    return Sheet(file, columns, tuple(rows), notices)


def _bytes(path: Path, file: str) -> bytes:
    try:
        with path.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or "the disk refused").lower()
        raise UnreadableList(file, 1, f"the file cannot be opened: {reason}.", "Look at its name and place.") from None
    if len(data) > LARGEST:
        raise UnreadableList(file, 1, "the file is larger than 100 MB.", "Split it into several.")
    for start, what in _MAGIC.items():
        if data.startswith(start):
            raise UnreadableList(file, 1, f"this is {what}, not a CSV file.", "Save the list as CSV (UTF-8).")
    return data


def _decode(data: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ("The file is in UTF-16, and was read so.",)
        except UnicodeDecodeError:
            raise UnreadableList(file, 1, "the file is UTF-16, but damaged.", "Save it as CSV (UTF-8).") from None
    if len(data) - len(data.translate(None, _CONTROLS)) > len(data) // 100:
        raise UnreadableList(file, 1, "this is not a text file.", "Save the list as CSV (UTF-8).")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        return _windows(data, file, data.count(b"\n", 0, error.start) + 1)


def _windows(data: bytes, file: str, line: int) -> tuple[str, tuple[str, ...]]:
    hint = "Save it as CSV (UTF-8)."
    if any(_is_utf8(found) for found in _TWICE_UTF8.findall(data)):
        raise UnreadableList(file, line, "the file mixes two encodings, so names would come out wrong.", hint)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise UnreadableList(file, line, "the file is in an encoding that is not known here.", hint) from None
    return text, (
        f"Line {line} is not UTF-8: the file was read as Windows-1252. Look whether names have their accents.",
    )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lines(text: str, file: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each line that is not blank, with the number it starts at."""
    text, skipped = _without_sep(text)
    head = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(head), strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableList(file, line, _csv_trouble(str(error)), "Mend that line.") from None
        if any(cell.strip() for cell in cells):
            yield line, tuple(cells)


def _without_sep(text: str) -> tuple[str, int]:
    """Without the line ``sep=;`` that Excel writes first."""
    first, newline, rest = text.partition("\n")
    return (rest, 1) if newline and re.fullmatch(r"\"?sep=.\"?\s*", first) else (text, 0)


def _delimiter(head: str) -> str:
    outside = re.sub(r'"[^"]*"', "", head)
    return max(",;\t", key=outside.count)


def _csv_trouble(said: str) -> str:
    if "field larger" in said:
        return "a cell that begins here holds more than 100,000 characters; is a quotation mark not closed?"
    return "a quotation mark stands where none can, or is never closed."
