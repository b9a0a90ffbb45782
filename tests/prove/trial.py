"""The bytes of a file -> nothing, where it comes out as an edition or as problems; else an exception that says what is wrong."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from newsletter.drafting.read import read
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Edition, IssueName
from newsletter.nouns.problem import Problem, Severity
from newsletter.workspace import Workspace

NAME = "2025-07.yaml"
LONGEST_TIME = 2.0
EVERY = 100


class NotSound(Exception):
    """A file came out as neither an edition nor problems, or took too long."""


class Trial:
    """Reads one file after the other in a workspace of its own, and keeps count."""

    def __init__(self, report: Path, files: int) -> None:
        self.report, self.files = report, files
        self.root = Path(tempfile.mkdtemp()).resolve()
        self.path = self.root / "issues" / NAME
        self.path.parent.mkdir()
        sample = Path(__file__).resolve().parents[2] / "issues" / "newsletter.yaml"
        (self.root / "issues" / "newsletter.yaml").write_bytes(sample.read_bytes())
        self.workspace = Workspace(self.root)
        self.types, _ = read_types(self.workspace)
        self.count = {"files": 0, "editions": 0, "refused": 0, "checked": 0}
        self.slowest = 0.0

    def one(self, data: bytes) -> None:
        """Try one file. Raises NotSound, or whatever the program lets out."""
        start = time.process_time()
        edition, problems = read(self.path, self.types, root=self.root, language="en", data=data)
        look_at(edition, problems, data)
        if edition and self.count["editions"] % EVERY == 0:
            self.path.write_bytes(data)
            self._to_the_end()
        took = time.process_time() - start
        self.slowest = max(self.slowest, took)
        if took > LONGEST_TIME:
            raise NotSound(f"{took:.1f} s")
        self.count["files"] += 1
        self.count["editions" if edition else "refused"] += 1
        if self.count["files"] % 1000 == 0 or self.count["files"] >= self.files:
            self.report.write_text(json.dumps({**self.count, "slowest": self.slowest}))

    def _to_the_end(self) -> None:
        from newsletter.pipeline import everything, prepare
        from newsletter.problems_told import problems_told
        from newsletter.settings import Settings

        problems = everything(prepare(self.workspace, IssueName(2025, 7), Settings()))
        "\n".join(problems_told("2025-07", problems, everything=True)).encode("utf-8")
        self.count["checked"] += 1


def look_at(edition: Edition | None, problems: list[Problem], data: bytes) -> None:
    """Whether it is an edition without errors, or errors with places inside the file. Raises NotSound."""
    errors = [one for one in problems if one.severity is Severity.ERROR]
    if (edition is None) != bool(errors):
        raise NotSound(f"edition: {edition is not None}, errors: {[str(one) for one in errors]}")
    lines = data.count(b"\n") + data.count(b"\r") + 2
    for one in problems:
        if not (1 <= one.place.line <= lines and one.place.column >= 1 and one.message):
            raise NotSound(f"no such place: {one}")
        str(one).encode("utf-8")
