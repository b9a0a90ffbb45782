"""What was shown, and the files as they are at the moment of leaving -> Cleared anew, or why it no longer is (S18)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsletter.errors import StoppedForSafety
from newsletter.gate.clear import Cleared, clear
from newsletter.gate.leaving import leaving
from newsletter.pipeline import prepare

if TYPE_CHECKING:
    from newsletter.ceremony.shown import Leaves
    from newsletter.door import Door
    from newsletter.nouns.draft import IssueName


class ChangedMeanwhile(StoppedForSafety):
    """The issue is not the one that was shown, even if somebody has approved it as it is now."""

    def __init__(self, issue: IssueName, language: str, parts: Iterable[str]) -> None:
        super().__init__(
            f"The issue {issue} in {language} has changed since it was shown here: {', '.join(parts)}. Nothing was sent"
            " to readers.",
            f"Look at it as it is now: newsletter send {issue} --for-real",
        )


def look_again(door: Door, it: Leaves) -> Cleared:
    """Pass the gate once more, now. Raises ChangedMeanwhile, and what the gate raises: embargo, approval, errors."""
    now = door.now()
    prepared = prepare(door.workspace, it.issue, door.settings)
    cleared = clear(door.workspace, prepared, now.date(), now=now, accept_warnings=True)
    there = cleared.dossier.renderings
    for shown in it.states:
        if shown.language not in there:
            raise ChangedMeanwhile(it.issue, shown.language, ("its file is gone",))
        now_leaves = leaving(door.workspace, cleared.dossier, shown.language)
        if now_leaves.digest != shown.digest:
            raise ChangedMeanwhile(it.issue, shown.language, now_leaves.changed(shown.saw))
    if added := there.keys() - {one.language for one in it.states}:
        raise ChangedMeanwhile(it.issue, min(added), ("it is new",))
    return cleared
