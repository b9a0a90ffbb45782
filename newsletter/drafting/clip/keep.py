"""An article -> the file in which it is kept: a name that nothing bears yet, and its text with what is known of it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from newsletter.drafting.clip.article import Article
from newsletter.drafting.clippings import FOLDER, RULE, digest
from newsletter.nouns.clipping import Clipping
from newsletter.nouns.draft import IssueName
from newsletter.workspace import Workspace
from newsletter.yaml_tree.write import in_double_quotes

LONGEST_NAME = 48


def keep(article: Article, today: dt.date, issues: tuple[IssueName, ...] = ()) -> str:
    """What the file of a kept source holds."""
    said: dict[str, str] = {
        "title": _quoted(article.title),
        "publisher": _quoted(article.publisher),
        "address": _quoted(article.address),
        "date": str(article.date or ""),
        "place": _quoted(article.place),
        "language": article.language,
        "kept": str(today),
        "sha256": digest(article.text),
        "issues": f"[{', '.join(map(str, issues))}]" if issues else "",
    }
    head = "".join(f"{name}: {value}\n" for name, value in said.items() if value)
    return f"{RULE}\n{head}{RULE}\n{article.text}\n"


def free_name(workspace: Workspace, article: Article, today: dt.date) -> Path:
    """A path in ``issues/clippings/`` that nothing bears: day and title, with a number where they are taken."""
    folder = workspace.issues / FOLDER
    stem = f"{article.date or today}-{_slug(article.title)}"
    number, path = 1, folder / f"{stem}.txt"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.txt"
    return path


def kept_before(article: Article, kept: Iterable[Clipping]) -> Clipping | None:
    """The newest source that was kept from the same address, or, without one, with the same text."""
    same = [
        one
        for one in kept
        if (article.address and one.address == article.address) or digest(one.text) == digest(article.text)
    ]
    return max(same, key=lambda one: (one.kept or dt.date.min, one.file), default=None)


def _slug(title: str) -> str:
    """A title as a file's name: in ASCII, in small letters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    while len("-".join(words)) > LONGEST_NAME:
        words.pop()
    return "-".join(words) or "source"


def _quoted(text: str) -> str:
    return in_double_quotes(text) if text else ""
