"""What left of an issue besides the letters in the books -> ``records/journal/ISSUE.jsonl``, and back; never an address."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

from newsletter.nouns.draft import IssueName
from newsletter.workspace import Workspace
from newsletter.write_file import CannotWrite

FOLDER = "journal"


class What(StrEnum):
    """What was done."""

    TEST_COPY = "test copy"
    EXPORT = "export"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that left: ``detail`` is the fate of a test copy, or the platform of an export."""

    what: What
    at: str  # ISO 8601, to the second, with the zone
    language: str = ""
    detail: str = ""
    digest: str = ""  # of what left, where that is one edition

    @property
    def when(self) -> dt.datetime:
        """When, with its zone."""
        return dt.datetime.fromisoformat(self.at)


def note(
    workspace: Workspace,
    issue: IssueName,
    what: What,
    at: dt.datetime,
    *,
    language: str = "",
    detail: str = "",
    digest: str = "",
) -> None:
    """Add a line to an issue's journal. Raises CannotWrite."""
    entry = Entry(what, at.isoformat(timespec="seconds"), language, detail, digest)
    folder = workspace.records / FOLDER
    path = folder / f"{issue}.jsonl"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            workspace.records.chmod(0o700)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
    except OSError as error:
        raise CannotWrite(path, (error.strerror or "the disk refused").lower()) from None


def read_journal(workspace: Workspace, issue: IssueName) -> tuple[Entry, ...]:
    """An issue's journal, oldest first; a line that cannot be read is left out."""
    path = workspace.records / FOLDER / f"{issue}.jsonl"
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ()
    return tuple(_entries(lines))


def _entries(lines: list[str]) -> Iterator[Entry]:
    for line in lines:
        try:
            found = json.loads(line)
            entry = Entry(What(found.pop("what")), **{name: str(value) for name, value in found.items()})
            if entry.when.tzinfo:
                yield entry
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
