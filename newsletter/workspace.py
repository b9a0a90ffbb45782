"""A folder -> Workspace: where everything is, the coordinator's own files before the shipped ones."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newsletter.conflicted import conflicted
from newsletter.errors import ToMend, WrongUsage
from newsletter.nouns.conflicted import ConflictedCopy
from newsletter.nouns.draft import IssueName

PROFILE = "newsletter.yaml"
_YAML = re.compile(r"\.ya?ml(\.txt)?", re.IGNORECASE)  # Notepad adds .txt and shows nothing of it
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_MONTH = re.compile(r"(\d{4})[-_. ]?(\d{1,2})(?:[-_. ]([A-Za-z]{2}))?")


class NoWorkspace(WrongUsage):
    """There is no newsletter folder here or above."""

    def __init__(self, start: Path) -> None:
        super().__init__(
            f"There is no newsletter in {start} or in a folder above it (looked for issues/{PROFILE}).",
            "Go to the folder of your newsletter, name it with --workspace DIR, or make one: newsletter init DIR",
        )


class NoIssue(WrongUsage):
    """The issue asked for is not there."""

    def __init__(self, asked: str, there: tuple[IssueName, ...], misnamed: str = "") -> None:
        newest = f"The newest is {there[-1]}." if there else "An issue is a file such as issues/2025-07.yaml."
        if misnamed:
            newest = f"{misnamed} is not named like one. {right_name(misnamed) or newest}"
        super().__init__(f"There is no issue {asked} in issues/.", newest)


class NotOurs(WrongUsage):
    """A file was named that belongs to another folder."""

    def __init__(self, asked: str, root: Path) -> None:
        super().__init__(
            f"{asked} is not in the issues folder of this newsletter, {root}.",
            "Put it there, or name the newsletter that it belongs to with --workspace DIR",
        )


class MisnamedProfile(WrongUsage):
    """There is a newsletter folder, but its profile has another name."""

    def __init__(self, found: Path) -> None:
        super().__init__(f"{found} is not named as it should be, and so it is not read.", f"Call it {PROFILE}")


class MissingTemplate(ToMend):
    """A template that is needed is in neither the workspace nor the program."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The template {name} is missing.", "Put it into templates/, or install the program again.")


@cache
def shipped() -> Path:
    """The folder that holds the shipped ``templates/`` and ``issues/`` (the sample)."""
    package = Path(__file__).resolve().parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent


@dataclass(frozen=True, slots=True)
class Workspace:
    """A newsletter's folder. ``root`` is absolute."""

    root: Path

    @property
    def issues(self) -> Path:
        """What the coordinators write."""
        return self.root / "issues"

    @property
    def images(self) -> Path:
        """The pictures of the issues."""
        return self.issues / "images"

    @property
    def schemas(self) -> Path:
        """What editors are told of the fields; hidden, and beside the issues, so that it travels with them."""
        return self.issues / ".schema"

    @property
    def outbox(self) -> Path:
        """What can be made again."""
        return self.root / "outbox"

    @property
    def records(self) -> Path:
        """What cannot be made again: the list and the ledger."""
        return self.root / "records"

    @property
    def profile(self) -> Path:
        """The standing facts."""
        return self.issues / PROFILE

    def relative(self, path: Path) -> str:
        """How a place names a file: from the workspace, with ``/``; a shipped file from the program's folder."""
        for root in (self.root, shipped()):
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return path.as_posix()

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Where templates are looked for, in this order."""
        own, ours = self.root / "templates", shipped() / "templates"
        return (ours,) if own == ours else (own, ours)

    def template(self, name: str) -> Path:
        """The file of a template: ``frame.mjml``, ``words/en.yaml``, ``sections/news/email.mjml``."""
        for folder in self.template_folders:
            if (folder / name).is_file():
                return folder / name
        raise MissingTemplate(f"templates/{name}")

    def template_members(self, folder: str, suffix: str = "") -> dict[str, Path]:
        """What stands in a folder of the templates, by stem, the workspace's own first: section types, words (.yaml)."""
        found: dict[str, Path] = {}
        for templates in reversed(self.template_folders):
            for path in sorted((templates / folder).glob(f"*{suffix}")):
                if not path.name.startswith((".", "_")):
                    found[path.stem] = path
        return dict(sorted(found.items()))

    def picture(self, name: str) -> Path | None:
        """A picture in ``issues/images/``, None where it is not there. A name never leads out of that folder."""
        path = self.images / name
        if not Path(os.path.normpath(path)).is_relative_to(self.images) or "\0" in name:
            return None
        return path if path.is_file() else _spelt_alike(path)

    def issue_names(self) -> tuple[IssueName, ...]:
        """The issues there are, oldest first."""
        found: set[IssueName] = set()
        copies = {one.name for one in self.conflicted()}
        for path in self.issues.glob("*.yaml"):
            if unicodedata.normalize("NFC", path.name) in copies:
                continue
            name, *language = path.name.removesuffix(".yaml").split(".")
            if len(language) > 1 or language == ["approval"] or not path.is_file():
                continue
            try:
                found.add(IssueName.parse(name))
            except ValueError:
                continue
        return tuple(sorted(found))

    def edition_files(self, issue: IssueName, default_language: str) -> dict[str, Path]:
        """An issue's editions by language, the default first: ``2025-07.yaml``, ``2025-07.es.yaml``."""
        first = self.issues / f"{issue}.yaml"
        found = {default_language: first} if first.is_file() else {}
        beside = sorted(self.issues.glob(f"{issue}.*.yaml"))
        copies = {one.name for one in conflicted(path.name for path in beside)}
        for path in beside:
            language = path.name.removeprefix(f"{issue}.").removesuffix(".yaml")
            taken = _LANGUAGE.fullmatch(language) and language != "approval" and path.name not in copies
            if taken and path.is_file():
                found.setdefault(language, path)
        return found

    def conflicted(self) -> tuple[ConflictedCopy, ...]:
        """The copies of editions, approvals and the profile that a synced folder left in ``issues/``."""
        return conflicted(path.name for path in self.issues.glob("*.yaml"))

    def misnamed(self, default_language: str) -> tuple[Path, ...]:
        """What in ``issues/`` is meant for an issue, it seems, and is not read: ``2025-7.yaml``, ``2025-07-es.yaml``.

        What is a copy of one is told by itself.
        """
        read = {self.profile}
        copies = {one.name for one in self.conflicted()}
        for name in self.issue_names():
            read.update(self.edition_files(name, default_language).values(), {self.issues / f"{name}.approval.yaml"})
        seen = (path for path in self.issues.glob("[!.]*") if _YAML.search(path.name))
        return tuple(
            sorted(path for path in seen if path not in read and unicodedata.normalize("NFC", path.name) not in copies)
        )

    def issue(self, asked: str | None) -> IssueName:
        """The issue meant on the command line: a name, a path, or None for the newest."""
        there = self.issue_names()
        if asked is None:
            if not there:
                raise NoIssue("yet", there, next((path.name for path in self.misnamed("")), ""))
            return there[-1]
        if Path(asked).is_file() and Path(asked).resolve().parent != self.issues.resolve():
            raise NotOurs(asked, self.root)
        try:
            name = IssueName.parse(Path(asked).name.split(".")[0])
        except ValueError:
            raise NoIssue(asked, there, Path(asked).name) from None
        if name not in there:
            raise NoIssue(asked, there)
        return name


def _spelt_alike(path: Path) -> Path | None:
    """The file of the same name in other code points: a Mac writes ñ as two, which a keyboard writes as one."""
    try:
        beside = sorted(path.parent.iterdir())
    except OSError:
        return None
    meant = unicodedata.normalize("NFC", path.name)
    return next((one for one in beside if unicodedata.normalize("NFC", one.name) == meant and one.is_file()), None)


def stamp(path: Path | str) -> Hashable:
    """What changes whenever a file is saved, so that what was made of it may be kept; None where there is no file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - three times as fast, and asked for each template of each rendering
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size


def stamps(*folders: Path) -> frozenset[tuple[str, Hashable]]:
    """Every file in these folders and below with its stamp: what changes whenever one is saved, added or removed."""
    found: set[tuple[str, Hashable]] = set()
    for folder in folders:
        for here, _, names in os.walk(folder):
            found.update((path, stamp(path)) for path in (f"{here}{os.sep}{name}" for name in names))
    return frozenset(found)


def right_name(name: str) -> str:
    """What a file that was meant for an issue should be called, as advice; "" where nobody can know."""
    found = _MONTH.fullmatch(_YAML.split(name)[0])
    if not found or not 1 <= int(found[2]) <= 12:  # noqa: PLR2004 - months of a year
        return ""
    language = f".{found[3].lower()}" if found[3] else ""
    return f"Call it {found[1]}-{int(found[2]):02}{language}.yaml."


def find_workspace(start: Path) -> Workspace:
    """The workspace one stands in: this folder or the nearest above it with ``issues/newsletter.yaml``."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "issues" / PROFILE).is_file():
            return Workspace(folder)
    for folder in (start, *start.parents):
        for path in (folder / "issues").glob("newsletter.*"):
            if _YAML.search(path.name):
                raise MisnamedProfile(path)
    raise NoWorkspace(start)
