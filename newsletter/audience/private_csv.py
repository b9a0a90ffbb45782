"""Rows -> a CSV that a table program opens without harm: line by line, or a file that is its owner's alone."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from newsletter.audience.formula import harmless
from newsletter.errors import OutsideFailed


class CannotExport(OutsideFailed):
    """The file cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be written: {reason}.", "See that the disk has room and that you may write there."
        )


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """The lines, the columns' names first, each with its line end."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        yield out.getvalue()
        out.seek(0)
        out.truncate()
        writer.writerow([harmless(row[name]) for name in columns])
    yield out.getvalue()


def write_private_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> int:
    """Write them whole or not at all, 0600 from the first byte on (mkstemp makes files so), and say how many rows.

    Raises CannotExport; what stood there before stays then.
    """
    part, lines = "", -1
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=".list-", suffix=".part")
        with os.fdopen(handle, "wb") as out:
            for line in csv_lines(columns, rows):
                out.write(line.encode("utf-8"))
                lines += 1
        Path(part).replace(path)
    except BaseException as error:  # also Ctrl-C: no half list is left behind
        if part:
            Path(part).unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise CannotExport(path, (error.strerror or "the disk refused").lower()) from None
    return lines
