"""Whether the list and the books lie in a folder that Dropbox, OneDrive or the like copies to other computers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.store.open import database_path

NAME = "synced-folder"
STEP = Step.HERE
_BY_NAME: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (whose, re.compile(pattern, re.IGNORECASE))
    for whose, pattern in (
        ("Dropbox", r"dropbox( \(.+\)|-.+)?"),
        ("OneDrive", r"onedrive( ?- ?.+)?|sharepoint"),
        ("iCloud", r"mobile documents|com~apple~clouddocs|icloud ?drive"),
        ("Google Drive", r"google ?drive(-.+)?|my drive|googledrive"),
        ("Nextcloud", r"nextcloud\d*"),
        ("ownCloud", r"owncloud"),
        ("Box", r"box( sync)?|box-box"),
        ("pCloud", r"pcloud ?drive"),
        ("MEGA", r"mega(sync)?"),
        ("Proton Drive", r"proton ?drive(-.+)?"),
    )
)
_BY_MARK = (
    *((".stfolder", "Syncthing"), (".dropbox", "Dropbox"), (".nextcloudsync.log", "Nextcloud")),
    *((".owncloudsync.log", "ownCloud"), (".sync", "Resilio Sync")),
)


def look(facts: Facts) -> Iterator[Finding]:
    """A warning: two computers that write at once damage the books, and the list goes to one company more."""
    path = database_path(facts.workspace, facts.settings)
    whose = synced(path)
    if whose:
        yield Finding(
            Grade.WARNING,
            NAME,
            f"The list and the books lie in a folder of {whose}: {path}",
            "It copies them while they are being written, which can damage them; and it takes the list to one company"
            " more. The issues may stay there: for texts and pictures such a folder is well.",
            f"Move the folder {path.parent.name} to a place that is not copied, and say so in the file .env:"
            f" NEWSLETTER_DATABASE=~/newsletter-records/{path.name}",
        )
    else:
        yield Finding(Grade.OK, NAME, "The list and the books lie in a folder that is not copied elsewhere, it seems.")


def synced(path: Path) -> str:
    """Whose folder it lies in, by the names of the folders above it and the marks that such programs leave; "" for none."""
    for folder in path.resolve().parents:
        for whose, name in _BY_NAME:
            if name.fullmatch(folder.name):
                return whose
        for mark, whose in _BY_MARK:
            if (folder / mark).exists():
                return whose
    return ""
