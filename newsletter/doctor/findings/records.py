"""Whether the list and the books are for their owner alone, and in no repository."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.closed import is_open
from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.store.open import database_path
from newsletter.store.tracked import refuse_tracked

NAME = "records"
STEP = Step.HERE


def look(facts: Facts) -> Iterator[Finding]:
    """An error where others may read them, or git keeps them (P6)."""
    path = database_path(facts.workspace, facts.settings)
    refuse_tracked(path)
    if not path.exists():
        yield Finding(Grade.OK, NAME, "There is no list of readers yet; it will be for you alone to read.")
        return
    beside = [one for one in (path, *path.parent.glob(f"{path.name}-*")) if one.is_file()]
    open_ones = [one for one in beside if is_open(one)]
    for one in open_ones:
        yield Finding(
            Grade.ERROR,
            NAME,
            f"{one} can be read by others on this computer.",
            "It holds who reads your newsletter, and what each of them got. Names in it are encrypted, but not all else.",
            f'Close it with: chmod 600 "{one}"',
        )
    if not open_ones:
        yield Finding(Grade.OK, NAME, "The list and the books are for you alone to read.")
