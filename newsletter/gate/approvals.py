"""``issues/2025-07.approval.yaml`` <-> approvals: who let which words of an edition go, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from newsletter.errors import ToMend
from newsletter.gate.leaving import Leaving, code_of
from newsletter.nouns.draft import IssueName
from newsletter.workspace import Workspace
from newsletter.write_file import write_file

HISTORY = "history"
HEAD = """\
# Who has read this issue and let it go: a record, not a proof. The program writes this file:
# newsletter approve {issue} --by NAME
"""


class BrokenApproval(ToMend):
    """The file of an issue's approvals is not as the program wrote it."""

    def __init__(self, file: str, issue: IssueName) -> None:
        super().__init__(
            f"{file} is not as it was written, so it is not known who has approved what.",
            f"Delete the file, read the issue once more, then: newsletter approve {issue} --by NAME",
        )


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody's word that an edition may go as it was: ``digest`` and ``saw`` are those of what would have left.

    ``how`` is "code" where it came with the code of what was read; "" where it was given at this keyboard.
    """

    language: str
    by: str
    at: str  # ISO 8601, to the minute, with the zone
    digest: str
    saw: tuple[str, ...] = ()
    how: str = ""

    @property
    def code(self) -> str:
        """The short code of what was approved."""
        return code_of(self.digest)


def approval_file(workspace: Workspace, issue: IssueName) -> Path:
    """Where an issue's approvals stand."""
    return workspace.issues / f"{issue}.approval.yaml"


def read_approvals(workspace: Workspace, issue: IssueName) -> dict[str, Approval]:
    """The approvals that hold now, by language; none where there is no file. Raises BrokenApproval."""
    return _read(workspace, issue)[0]


def approve(
    workspace: Workspace, issue: IssueName, it: Leaving, by: str, at: dt.datetime, *, how: str = ""
) -> Approval:
    """Write down that somebody lets it go as it is; an earlier approval moves to the file's history."""
    approval = Approval(it.language, by, at.isoformat(timespec="minutes"), it.digest, it.saw, how)
    approvals, history = _read(workspace, issue)
    before = approvals.get(it.language)
    if before:
        history.insert(0, {"language": before.language, **_line(before)})
    approvals[it.language] = approval
    _write(workspace, issue, approvals, history)
    return approval


def earlier_approvals(workspace: Workspace, issue: IssueName) -> list[Approval]:
    """Those that were given before others took their place, newest first. Raises BrokenApproval."""
    history = _read(workspace, issue)[1]
    try:
        return [_approval(one["language"], one) for one in history]
    except (KeyError, TypeError, ValueError):
        raise BrokenApproval(workspace.relative(approval_file(workspace, issue)), issue) from None


def _line(approval: Approval) -> dict[str, Any]:
    line = {"by": approval.by, "at": approval.at, "digest": approval.digest, "code": approval.code}
    return {**line, "how": approval.how} if approval.how else line


def _write(
    workspace: Workspace, issue: IssueName, approvals: Mapping[str, Approval], history: list[dict[str, str]]
) -> None:
    content: dict[str, Any] = {
        language: {**_line(one), "saw": list(one.saw)} for language, one in sorted(approvals.items())
    }
    if history:
        content[HISTORY] = history
    text = HEAD.format(issue=issue) + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)
    write_file(approval_file(workspace, issue), text.encode())


def _read(workspace: Workspace, issue: IssueName) -> tuple[dict[str, Approval], list[dict[str, str]]]:
    path = approval_file(workspace, issue)
    if not path.is_file():
        return {}, []
    try:
        content = yaml.load(path.read_text("utf-8-sig"), yaml.CBaseLoader) or {}  # noqa: S506 - strings, lists, mappings
        history = [dict(one) for one in content.pop(HISTORY, [])]
        found = {language: _approval(language, one) for language, one in content.items()}
    except (yaml.YAMLError, UnicodeDecodeError, AttributeError, KeyError, TypeError, ValueError):
        raise BrokenApproval(workspace.relative(path), issue) from None
    return found, history


def _approval(language: str, one: Mapping[str, Any]) -> Approval:
    by, at, digest = (str(one[name]) for name in ("by", "at", "digest"))
    dt.datetime.fromisoformat(at)
    code_of(digest)
    return Approval(language, by, at, digest, tuple(str(part) for part in one.get("saw", [])), str(one.get("how", "")))
