"""Whether passwords and keys can be read by others on this computer, or travel with a copy of the newsletter's folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsletter.closed import is_open
from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.store.key import key_folder
from newsletter.store.tracked import TrackedByGit, refuse_tracked

NAME = "secrets"
STEP = Step.HERE


def look(facts: Facts) -> Iterator[Finding]:
    """An error for each file with a secret that others may read, or that git keeps (P6, A9, L5)."""
    env = facts.workspace.root / ".env"
    files = [one for one in (env, *_in_config()) if one.is_file()]
    open_ones = [one for one in files if is_open(one)]
    for one in open_ones:
        yield Finding(
            Grade.ERROR,
            NAME,
            f"{one} can be read by others on this computer.",
            "It holds a password or a key: whoever has it can write in your name, or read the list.",
            f'Close it with: chmod 600 "{one}"',
        )
    try:
        refuse_tracked(env)
    except TrackedByGit:
        yield Finding(
            Grade.ERROR,
            NAME,
            f"{env} is in the git repository: whoever gets a copy of it gets your passwords too, for good.",
            hint=f'Take it out with: git rm --cached "{env}", and then change the passwords that stand in it.',
        )
        return
    if files and not open_ones:
        yield Finding(Grade.OK, NAME, "Passwords and keys on this computer are for you alone to read.")


def _in_config() -> Iterator[Path]:
    folder = key_folder()
    if folder.is_dir():
        yield from (one for one in sorted(folder.rglob("*")) if one.suffix != ".lock")
