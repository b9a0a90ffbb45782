"""``newsletter clip``: an article or a press release -> a draft section, and its source kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsletter.door import Door
from newsletter.errors import WrongUsage

if TYPE_CHECKING:
    from newsletter.drafting.clip.article import Article
    from newsletter.workspace import Workspace


class NothingThere(WrongUsage):
    """What was named is neither a file nor an address."""

    def __init__(self, named: str) -> None:
        web = f"If it is a page on the web, write https://{named}" if "." in named.strip(".") else ""
        super().__init__(f"There is no file {named}.", web or "Look whether the name is right.")


class AlreadyThere(WrongUsage):
    """The article stands in the issue already."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__(
            f"This article stands in {file} already, in line {line}. Nothing was put in.",
            "To see the section once more, say the same without --into.",
        )


@click.command()
@click.argument("source", metavar="FILE|URL")
@click.option(
    "--into", metavar="ISSUE", help="Put the section at the end of this issue: a name such as 2025-07, or its file."
)
@click.option("--json", "as_json", is_flag=True, help="What was found, as one JSON document on stdout, for programs.")
@click.pass_obj
def clip(door: Door, source: str, into: str | None, as_json: bool) -> None:  # noqa: FBT001 - click gives flags by name
    """Make a draft section of an article, and keep the article as its source.

    FILE is a saved web page, a plain text or an e-mail (.eml); URL an address on the web. The article is kept in
    issues/clippings/, so that what you write can be compared with it. Its first sentences stand in the section, marked
    TO REWRITE: they are another's. Without --into the section is only shown.
    """
    from newsletter.write_file import write_file

    workspace = door.workspace
    target = _target(workspace, into) if into else None
    article = _article(door, source)
    path, text = _to_keep(door, article, target)
    kept = workspace.relative(path)
    whole = _appended(workspace, target, article, kept) if target else b""
    if text:
        write_file(path, text.encode())
        door.say(f"Kept as a source: {kept}")
    if target:
        _put(door, target, whole)
    if as_json:
        door.json(_plain(article, kept))
    elif not target:
        from newsletter.drafting.clip.draft import draft

        door.out(draft(article, kept, language=_language(workspace)).rstrip("\n"))
        door.say("\nTo put it at the end of an issue, say the same with  --into 2025-07  (your issue's name).")


def _target(workspace: Workspace, into: str) -> Path:
    """The file that the section is to be put into. Raises NoIssue."""
    path = Path(into)
    if path.is_file() and path.resolve().parent == workspace.issues.resolve():
        workspace.issue(into)
        return path.resolve()
    name = workspace.issue(into)
    return next(iter(workspace.edition_files(name, _language(workspace)).values()))


def _article(door: Door, source: str) -> Article:
    """What stands in a file, or at an address. Raises NotFetched, BadAddress, NothingThere, ToMend."""
    from newsletter.drafting.clip.article import TooLargeFile
    from newsletter.drafting.clip.understand import LARGEST, understand

    if "://" in source:
        with _waiting(door, source):
            page = door.fetch(source)
            return understand(page.data, page.url, content_type=page.content_type, address=page.url)
    path = door.start / source
    if not path.is_file():
        raise NothingThere(source)
    if path.stat().st_size > LARGEST:
        raise TooLargeFile(path.name, LARGEST)
    return understand(path.read_bytes(), path.name)


@contextmanager
def _waiting(door: Door, source: str) -> Iterator[None]:
    """Say on stderr what is waited for, as long as it takes."""
    from rich.console import Console
    from rich.markup import escape

    if not door.interactive:
        yield
        return
    with Console(stderr=True).status(f"Fetching {escape(source)}"):
        yield


def _to_keep(door: Door, article: Article, target: Path | None) -> tuple[Path, str]:
    """Where the source is kept, and what is to be written there: "" where it is kept already."""
    from newsletter.drafting.clip.keep import free_name, keep, kept_before
    from newsletter.drafting.clippings import digest, read_clippings
    from newsletter.nouns.draft import IssueName

    workspace, today = door.workspace, door.now().date()
    before = kept_before(article, read_clippings(workspace)[0])
    if before and digest(before.text) == digest(article.text):
        door.say(f"Its source is kept already, as it is today: {before.file}")
        return workspace.root / before.file, ""
    if before:
        door.say(f"It says something else than when it was kept before; {before.file} stays as it is.")
    issues = (IssueName.parse(target.name.split(".")[0]),) if target and not article.address else ()
    return free_name(workspace, article, today), keep(article, today, issues)


def _appended(workspace: Workspace, target: Path, article: Article, kept: str) -> bytes:
    """The issue's file with the section at its end. Raises AlreadyThere, CannotAppend."""
    from newsletter.drafting.clip.append import append
    from newsletter.drafting.clip.draft import draft

    data, file = target.read_bytes(), workspace.relative(target)
    for sign in filter(None, (article.address, kept)):  # a draft says in a note where its source is kept
        if (at := data.find(sign.encode())) >= 0:
            raise AlreadyThere(file, data.count(b"\n", 0, at) + 1)
    language = target.name.removesuffix(".yaml").partition(".")[2] or _language(workspace)
    return append(data, lambda indent: draft(article, kept, indent=indent, language=language), file)


def _put(door: Door, target: Path, whole: bytes) -> None:
    """Write the issue's file, after keeping a copy of it as it was."""
    from newsletter.snapshots import keep_copy
    from newsletter.write_file import write_file

    copy = keep_copy(door.workspace, target, door.now())
    write_file(target, whole)
    door.say(f"The section stands at the end of {door.workspace.relative(target)}; rewrite it in your own words.")
    door.say(f"The file as it was: {door.workspace.relative(copy)}")


def _language(workspace: Workspace) -> str:
    """The language of the first edition; English while the profile that names it cannot be read."""
    from newsletter.drafting.profile import read_profile

    profile, _ = read_profile(workspace.profile, workspace.root)
    return profile.languages[0] if profile else "en"


def _plain(article: Article, kept: str) -> dict[str, Any]:
    from newsletter.drafting.clip.findings import figures, named
    from newsletter.drafting.clip.voices import voices

    return {
        "title": article.title,
        "publisher": article.publisher,
        "date": str(article.date or ""),
        "place": article.place,
        "paragraphs": list(article.paragraphs),
        "quotes": [{"text": one.text, "speaker": one.speaker} for one in voices(article.paragraphs)],
        "figures": list(figures(article)),
        "names": list(named(article)),
        "address": article.address,
        "language": article.language,
        "kept": kept,
    }
