"""Adoption -> files: new issues and their pictures, mended ones beside a copy; nothing is written over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from newsletter.drafting.adopt.adoption import AdoptedIssue, Adoption, State
from newsletter.snapshots import mended
from newsletter.workspace import Workspace
from newsletter.write_file import CannotWrite


def keep(adoption: Adoption, workspace: Workspace, now: dt.datetime) -> tuple[Path, ...]:
    """Write what is new and what was mended; the copies of the latter as they were.

    Raises what ``snapshots.save`` raises.
    """
    copies = []
    for issue in adoption.issues:
        path = workspace.root / issue.file
        if issue.state is State.NEW:
            _pictures(issue, workspace)
            _new(path, issue.text.encode())
        elif issue.state is State.MENDED:
            copies.append(mended(workspace, path, issue.before, _as_it_was(issue.text, issue.before), now))
    return tuple(copies)


def _pictures(issue: AdoptedIssue, workspace: Workspace) -> None:
    for picture in issue.pictures:
        shown = picture.pictured.picture
        if shown and shown.data and not (workspace.images / picture.name).exists():
            _new(workspace.images / picture.name, shown.data)


def _new(path: Path, data: bytes) -> None:
    """Write a file that is not there. Raises CannotWrite, also where it has come to be there meanwhile."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except OSError as error:
        raise CannotWrite(path, (error.strerror or "the disk refused").lower()) from None


def _as_it_was(text: str, before: bytes) -> bytes:
    """The text with the mark and the line ends that the file had."""
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    ends = "\r\n" if b"\r\n" in before else "\n"
    return mark + text.replace("\n", ends).encode()
