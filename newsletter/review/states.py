"""What was given to read -> ``outbox/ISSUE/reviews/``, by code; a code -> the state of the edition that it names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from newsletter.gate.leaving import Leaving, code_of
from newsletter.nouns.draft import IssueName
from newsletter.workspace import Workspace
from newsletter.write_file import write_file

FOLDER = "reviews"
_NAME = re.compile(r"(?P<language>[A-Za-z0-9-]+)\.[0-9A-Z]{10}\.yaml")


@dataclass(frozen=True, slots=True)
class State:
    """An edition as it once was: its parts with their digests, and its text as a reader would have had it."""

    language: str
    at: dt.datetime
    digest: str
    saw: tuple[str, ...]
    text: str

    @property
    def code(self) -> str:
        """The code that was given with it."""
        return code_of(self.digest)


def keep(workspace: Workspace, issue: IssueName, it: Leaving, text: str, at: dt.datetime) -> None:
    """Keep a state, so that later changes can be shown against it. Raises CannotWrite."""
    content = {
        "language": it.language,
        "at": at.isoformat(timespec="seconds"),
        "digest": it.digest,
        "saw": list(it.saw),
        "text": text,
    }
    name = f"{it.language}.{it.code.replace('-', '')}.yaml"
    written = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)
    write_file(_folder(workspace, issue) / name, written.encode())


def states(workspace: Workspace, issue: IssueName, language: str) -> list[State]:
    """The states of an edition that were kept, newest first; what cannot be read can be done without."""
    found = [one for one in _read(_folder(workspace, issue)) if one.language == language]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _folder(workspace: Workspace, issue: IssueName) -> Path:
    return workspace.outbox / str(issue) / FOLDER


def _read(folder: Path) -> Iterator[State]:
    for path in sorted(folder.glob("*.yaml")):
        if not _NAME.fullmatch(path.name):
            continue
        try:
            one = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - strings, lists, mappings
            at, saw = dt.datetime.fromisoformat(one["at"]).astimezone(dt.UTC), tuple(map(str, one["saw"]))
            code_of(one["digest"])
            yield State(str(one["language"]), at, str(one["digest"]), saw, str(one["text"]))
        except (yaml.YAMLError, OSError, UnicodeDecodeError, LookupError, TypeError, ValueError):
            continue
