"""An edition's file -> Written: what stands in it now, read as far as it can be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from newsletter.drafting.source import UnreadableFile, read_bytes
from newsletter.nouns.problem import Problem, Severity
from newsletter.studio.states import digest_of
from newsletter.workspace import Workspace
from newsletter.yaml_tree.tree import Data, Tree


@dataclass(frozen=True, slots=True)
class Written:
    """An edition's file. ``data`` is None where it is not there, ``tree`` where nothing can be made out in it."""

    path: Path
    file: str  # as places name it
    language: str
    data: bytes | None
    tree: Tree | None
    problems: tuple[Problem, ...]  # of the reading alone
    changed: dt.datetime | None

    @property
    def digest(self) -> str:
        """Names this state."""
        return digest_of(self.data)

    @property
    def text(self) -> str:
        """What stands in it, its mark at the start and its line ends as they are."""
        return (self.data or b"").decode("utf-8", "replace")

    @property
    def readable(self) -> bool:
        """Whether it can be read as it is, so that it can be changed from here."""
        return self.tree is not None and not any(one.severity is Severity.ERROR for one in self.problems)

    @property
    def sections(self) -> list[Data]:
        """Its sections, as they stand there."""
        data = self.tree.data if self.tree else None
        found = data.get("sections") if isinstance(data, dict) else None
        return found if isinstance(found, list) else []


def written(workspace: Workspace, path: Path, language: str, data: bytes | None = None) -> Written:
    """Read an edition's file, or what stood in it at another time. Raises UnreadableFile."""
    file, changed = workspace.relative(path), None
    if data is None:
        try:
            data = path.read_bytes()
            changed = dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone()  # the wall's clock
        except FileNotFoundError:
            return Written(path, file, language, None, None, (), None)
        except OSError as error:
            raise UnreadableFile(file, error) from error
    tree, problems = read_bytes(data, file)
    return Written(path, file, language, data, tree, tuple(problems), changed)
