"""A workspace and its section types -> every edition there is, oldest first, with its file's own lines at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from newsletter.drafting.once import read_once
from newsletter.drafting.source import UnreadableFile, read_source
from newsletter.nouns.draft import Edition, IssueName, SectionType
from newsletter.workspace import Workspace
from newsletter.yaml_tree.tree import Tree


@dataclass(frozen=True, slots=True)
class Past:
    """The editions that can be read, oldest first, and the files of the others."""

    workspace: Workspace
    languages: tuple[str, ...]  # of the newsletter, its first edition's first
    editions: tuple[Edition, ...]
    unreadable: tuple[tuple[IssueName, str], ...]
    trees: dict[str, Tree] = field(default_factory=dict, repr=False)

    def before(self, issue: IssueName, day: dt.date) -> list[Edition]:
        """The editions before an issue of this day; a special may bear the issue's month, and go out before it."""
        earlier = [
            one
            for one in self.editions
            if one.issue < issue
            or (one.issue.slug and not issue.slug and _same_month(one.issue, issue) and one.send_on < day)
        ]
        return [one for one in earlier if one.issue != issue]

    def days(self, issue: IssueName) -> Mapping[IssueName, dt.date]:
        """On which day each issue before this one went out, or was to."""
        return {name: day for name, day in self.every_day().items() if name < issue}

    def every_day(self) -> Mapping[IssueName, dt.date]:
        """On which day each issue went out, or is to; of several editions the first one's."""
        return {one.issue: one.send_on for one in reversed(self.editions)}

    def tree(self, edition: Edition) -> Tree:
        """What stands in an edition's file, line by line. Raises UnreadableFile."""
        if edition.file not in self.trees:
            tree, _ = read_source(self.workspace.root / edition.file, edition.file)
            if tree is None:
                raise UnreadableFile(edition.file, OSError("it has changed meanwhile"))
            self.trees[edition.file] = tree
        return self.trees[edition.file]


def read_past(
    workspace: Workspace,
    types: Mapping[str, SectionType],
    languages: tuple[str, ...],
    *,
    before: IssueName | None = None,
) -> Past:
    """Read every edition of every issue in the newsletter's languages, or only of those before one."""
    editions: list[Edition] = []
    unreadable: list[tuple[IssueName, str]] = []
    for name in workspace.issue_names():
        if before and name >= before:
            break
        for language, path in workspace.edition_files(name, languages[0]).items():
            if language not in languages:
                continue
            try:
                edition, _ = read_once(path, types, root=workspace.root, language=language)
            except UnreadableFile:
                edition = None
            if edition:
                editions.append(edition)
            else:
                unreadable.append((name, workspace.relative(path)))
    return Past(workspace, languages, tuple(editions), tuple(unreadable))


def _same_month(one: IssueName, other: IssueName) -> bool:
    return (one.year, one.month) == (other.year, other.month)
