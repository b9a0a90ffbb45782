"""Whether there is room on the disk for the books of a sending."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.store.open import database_path

NAME = "disk-space"
STEP = Step.HERE
LITTLE, TOO_LITTLE = 500_000_000, 50_000_000


def look(facts: Facts) -> Iterator[Finding]:
    """A warning below 500 MB, an error below 50: a sending stops where its books can no longer be written."""
    path = database_path(facts.workspace, facts.settings)
    folder = next(one for one in path.parents if one.exists())
    free = shutil.disk_usage(folder).free
    if free >= LITTLE:
        yield Finding(Grade.OK, NAME, f"There is room on the disk ({free / 1_000_000_000:,.1f} GB).")
        return
    yield Finding(
        Grade.ERROR if free < TOO_LITTLE else Grade.WARNING,
        NAME,
        f"The disk with {folder} has only {free / 1_000_000:,.0f} MB left.",
        "Where the books cannot be written, a sending stops in the middle (nothing is lost by it).",
        "Empty the bin, or delete what you no longer need. All in outbox/ can be made again.",
    )
