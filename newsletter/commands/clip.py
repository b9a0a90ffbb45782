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
    from newsletter.drafting.clip.put_in import Keeping
    from newsletter.workspace import Workspace


class NothingThere(WrongUsage):
    """What was named is neither a file nor an address."""

    def __init__(self, named: str) -> None:
        web = f"If it is a page on the web, write https://{named}" if "." in named.strip(".") else ""
        super().__init__(f"There is no file {named}.", web or "Look whether the name is right.")


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
    from newsletter.drafting.clip.put_in import keeping, put_in, with_section
    from newsletter.write_file import write_file

    workspace = door.workspace
    target = _target(workspace, into) if into else None
    article = _article(door, source)
    where = keeping(workspace, article, door.now().date(), target)
    kept = workspace.relative(where.path)
    if where.before:
        door.say(_before(where))
    if target:
        whole = with_section(workspace, target, article, kept, _language(workspace))
        copy = put_in(workspace, target, whole, where, door.now())
    elif where.text:
        write_file(where.path, where.text.encode())
    if where.text:
        door.say(f"Kept as a source: {kept}")
    if target:
        door.say(f"The section stands at the end of {workspace.relative(target)}; rewrite it in your own words.")
        door.say(f"The file as it was: {workspace.relative(copy)}")
    if as_json:
        door.json(_plain(article, kept))
    elif not target:
        from newsletter.drafting.clip.draft import draft

        door.out(draft(article, kept, language=_language(workspace)).rstrip("\n"))
        door.say("\nTo put it at the end of an issue, say the same with  --into 2025-07  (your issue's name).")


def _before(where: Keeping) -> str:
    if not where.text:
        return f"Its source is kept already, as it is today: {where.before}"
    return f"It says something else than when it was kept before; {where.before} stays as it is."


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
