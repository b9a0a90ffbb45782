"""docs/conformance.md: every row of the list stands there, with tests that are there and name it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\| ([A-Z]\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = {
    row: (promise, re.findall(r"`([^`]+)`", files))
    for row, promise, files in ROW.findall((ROOT / "docs" / "conformance.md").read_text("utf-8"))
}
ASKED = {
    *(f"X{number}" for number in range(1, 15)),
    *(f"F{number}" for number in range(1, 16)),
    *(f"S{number}" for number in range(1, 20)),
    *(f"A{number}" for number in range(1, 13)),
    *(f"L{number}" for number in range(1, 11)),
    *("P1", "P8", "P9", "P10", "P13", "U2"),
}


def naming(row: str, file: Path) -> list[str]:
    """The tests of a file whose docstring names the row."""
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            said = ast.get_docstring(node) or ""
            found += [node.name] if re.search(rf"\b{row}\b", said) else []
    return found


def test_every_row_stands_there() -> None:
    """What letters have to keep, whoever makes them."""
    assert set(ROWS) == ASKED


@pytest.mark.parametrize("row", sorted(ASKED))
def test_every_row_has_tests_that_name_it(row: str) -> None:
    """A file that is gone, or no longer says that it holds the row, is missed at once."""
    promise, files = ROWS[row]
    assert promise.strip()
    assert files
    for file in files:
        assert naming(row, ROOT / file), f"no test of {file} names {row}"
