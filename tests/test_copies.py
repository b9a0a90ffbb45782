"""A copy is kept of what is about to change, and no copy ever takes another's place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from newsletter.copies import keep_copy
from newsletter.workspace import Workspace

NOW = dt.datetime(2025, 7, 4, 9, 12, 33, tzinfo=dt.UTC)


def test_copies_of_one_second_stand_side_by_side(tmp_path: Path) -> None:
    """Byte for byte, under the file's name with day and hour."""
    workspace = Workspace(tmp_path)
    path = tmp_path / "issues" / "2025-07.es.yaml"
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbfsubject: x\r\n")
    first = keep_copy(workspace, path, NOW)
    path.write_bytes(b"other")
    second = keep_copy(workspace, path, NOW)
    assert workspace.relative(first) == "records/copies/2025-07.es.2025-07-04.09-12-33.yaml"
    assert workspace.relative(second) == "records/copies/2025-07.es.2025-07-04.09-12-33.2.yaml"
    assert (first.read_bytes(), second.read_bytes()) == (b"\xef\xbb\xbfsubject: x\r\n", b"other")
