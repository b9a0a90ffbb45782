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
    *("F8", "F9", "F11", "F13", "F14", "F15", "P1", "P8", "P9", "P10", "P13"),
    *(f"L{number}" for number in (1, 2, 3, 6, 7, 8, 10)),
    *("F1", "F2", "F4", "F10", "U2", "S10", "S11", "A1", "A2", "A3", "A9", "A10"),  # signing and composition
    "S18",  # the ceremony
    *("S1", "S2", "S5", "S7", "S9", "S12", "S14", "S15", "S17", "S19"),
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
