"""An article -> where its source is kept, and an issue's file with a draft section of it at the end, beside a copy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from newsletter.drafting.clip.append import append
from newsletter.drafting.clip.article import Article
from newsletter.drafting.clip.draft import draft
from newsletter.drafting.clip.keep import free_name, keep, kept_before
from newsletter.drafting.clippings import digest, read_clippings
from newsletter.errors import WrongUsage
from newsletter.nouns.draft import IssueName
from newsletter.snapshots import mended
from newsletter.workspace import Workspace
from newsletter.write_file import write_file


class AlreadyThere(WrongUsage):
    """The article stands in the issue already."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__(
            f"This article stands in {file} already, in line {line}. Nothing was put in.",
            "To see the section once more, say the same without --into.",
        )


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where a source is kept. ``text`` is what is to be written there, "" where it is kept already as it is today.

    ``before`` is the file of the same source as it was once, where it says something else now.
    """

    path: Path
    text: str
    before: str = ""


def keeping(workspace: Workspace, article: Article, today: dt.date, target: Path | None = None) -> Keeping:
    """Where the source of an article that goes into this issue's file is to be kept."""
    before = kept_before(article, read_clippings(workspace)[0])
    if before and digest(before.text) == digest(article.text):
        return Keeping(workspace.root / before.file, "", before.file)
    issues = (IssueName.parse(target.name.split(".")[0]),) if target and not article.address else ()
    text = keep(article, today, issues)
    return Keeping(free_name(workspace, article, today), text, before.file if before else "")


def with_section(workspace: Workspace, target: Path, article: Article, kept: str, first: str) -> tuple[bytes, bytes]:
    """The issue's file as it is, and with the section at its end; ``first`` is the language of one without it in its name.

    Raises AlreadyThere, CannotAppend.
    """
    data, file = target.read_bytes(), workspace.relative(target)
    for sign in filter(None, (article.address, kept)):  # a draft says in a note where its source is kept
        if (at := data.find(sign.encode())) >= 0:
            raise AlreadyThere(file, data.count(b"\n", 0, at) + 1)
    language = target.name.removesuffix(".yaml").partition(".")[2] or first
    return data, append(data, lambda indent: draft(article, kept, indent=indent, language=language), file)


def put_in(workspace: Workspace, target: Path, put: tuple[bytes, bytes], source: Keeping, now: dt.datetime) -> Path:
    """Write the source, and the issue's file by what ``with_section`` gave; the copy of the latter as it was.

    Raises what ``snapshots.save`` raises.
    """
    if source.text:
        write_file(source.path, source.text.encode())
    return mended(workspace, target, *put, now)
