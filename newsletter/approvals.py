"""``issues/2025-07.approval.yaml`` <-> approvals: who let which words of an edition go, and when."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from newsletter.errors import ToMend
from newsletter.nouns.draft import Edition, IssueName
from newsletter.nouns.letter import Rendered
from newsletter.workspace import Workspace
from newsletter.write_file import write_file

HISTORY = "history"
ORDER = "the order of the sections"
PICTURES = "the pictures"
HEAD = "# Who has read this issue and let it go. The program writes this file: newsletter approve {issue} --by NAME\n"


class BrokenApproval(ToMend):
    """The file of an issue's approvals is not as the program wrote it."""

    def __init__(self, file: str, issue: IssueName) -> None:
        super().__init__(
            f"{file} is not as it was written, so it is not known who has approved what.",
            f"Delete the file, read the issue once more, then: newsletter approve {issue} --by NAME",
        )


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody's word that an edition may go as it was: ``digest`` is the rendering's, ``saw`` its parts with theirs."""

    language: str
    by: str
    at: str  # ISO 8601, to the minute, with the zone
    digest: str
    saw: tuple[str, ...] = ()

    def changed(self, edition: Edition, rendered: Rendered) -> list[str]:
        """Which parts of the edition are other than they were; empty where the change came from elsewhere."""
        parts = parts_of(edition, rendered)
        saw, now = (dict(part.rpartition(" ")[::2] for part in some) for some in (self.saw, parts))
        other = [name for name in now if saw.get(name) != now[name] and name != ORDER]
        gone = [f"{name} (gone)" for name in saw if name not in now]
        return [*other, *gone] or ([ORDER] if saw.get(ORDER) != now[ORDER] else [])


def parts_of(edition: Edition, rendered: Rendered) -> tuple[str, ...]:
    """The parts of an edition by name, each with a short digest: enough to say later which of them changed."""
    pictures = " ".join(hashlib.sha256(picture.data).hexdigest() for picture in rendered.pictures)
    whole = [("subject", edition.subject), ("preheader", edition.preheader), ("send_on", edition.send_on.isoformat())]
    for number, section in enumerate(edition.sections, start=1):
        named = f"{section.type.name} “{section.title}”" if section.title else f"{section.type.name}, section {number}"
        whole.append((named, repr(sorted(section.values.items()))))
    whole.append((PICTURES, pictures))
    order = " | ".join(name for name, _ in whole)
    return tuple(f"{name} {_short(content)}" for name, content in [*whole, (ORDER, order)])


def _short(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def approval_file(workspace: Workspace, issue: IssueName) -> Path:
    """Where an issue's approvals stand."""
    return workspace.issues / f"{issue}.approval.yaml"


def read_approvals(workspace: Workspace, issue: IssueName) -> dict[str, Approval]:
    """The approvals that hold now, by language; none where there is no file. Raises BrokenApproval."""
    return _read(workspace, issue)[0]


def approve(workspace: Workspace, edition: Edition, rendered: Rendered, by: str, at: dt.datetime) -> Approval:
    """Write down that somebody lets this rendering go; an earlier approval moves to the file's history."""
    approval = Approval(
        edition.language, by, at.isoformat(timespec="minutes"), rendered.digest, parts_of(edition, rendered)
    )
    approvals, history = _read(workspace, edition.issue)
    before = approvals.get(edition.language)
    if before:
        history.insert(0, {"language": before.language, **_line(before)})
    approvals[edition.language] = approval
    _write(workspace, edition.issue, approvals, history)
    return approval


def _line(approval: Approval) -> dict[str, Any]:
    return {"by": approval.by, "at": approval.at, "digest": approval.digest}


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
    return Approval(language, by, at, digest, tuple(str(part) for part in one.get("saw", [])))
