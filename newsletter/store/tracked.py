"""The list's path -> whether git keeps it: then names and addresses go to everyone who has the repository, for good."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from newsletter.errors import StoppedForSafety

_HEADER = 12  # "DIRC", version, number of entries (gitformat-index)
_LENGTH = 0x0FFF  # the lowest twelve bits of an entry's flags: how long its path is
_COMPRESSED = 4  # the version of the index whose paths are cut short


class TrackedByGit(StoppedForSafety):
    """The list is in a git repository."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is in the git repository: whoever gets a copy of it gets the list too, for good.",
            f'Take it out with: git rm --cached "{path}". If it was ever pushed, tell your data protection'
            " officer today.",
        )


def refuse_tracked(path: Path) -> None:
    """Raise TrackedByGit where the file stands in the index of a repository around it (UK GDPR art. 32)."""
    for one in {path, path.resolve()}:  # records/ may be a link into another repository
        for folder in one.parents:
            git = folder / ".git"
            if git.exists() and _in_index(_index(git), one, folder):
                raise TrackedByGit(path)


def _index(git: Path) -> Path:
    if git.is_file():  # a worktree or a submodule: "gitdir: /where/it/is"
        target = git.read_text("utf-8", "replace").partition("gitdir:")[2].strip()
        git = git.parent / target
    return git / "index"


def _in_index(index: Path, path: Path, folder: Path) -> bool:
    try:
        data = index.read_bytes()
    except OSError:
        return False
    name = path.relative_to(folder).as_posix().encode("utf-8")
    if data[:4] == b"DIRC" and data[4:8] == _COMPRESSED.to_bytes(4, "big"):
        return _git_says(path, folder)
    return any(_ends_a_head(data, at, len(name)) for at in _finds(data, name + b"\0"))


def _finds(data: bytes, wanted: bytes) -> list[int]:
    found, at = [], data.find(wanted, _HEADER)
    while at >= 0:
        found.append(at)
        at = data.find(wanted, at + 1)
    return found


def _ends_a_head(data: bytes, at: int, length: int) -> bool:
    """Whether an entry's path begins here and is this long: its flags stand before it, or two bytes further on."""
    return any(int.from_bytes(data[at - back : at - back + 2], "big") & _LENGTH == length for back in (2, 4))


def _git_says(path: Path, folder: Path) -> bool:
    git = shutil.which("git")
    if not git:
        return False
    asked = [git, "-C", str(folder), "ls-files", "--error-unmatch", "--", str(path)]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0  # noqa: S603 - our own arguments
