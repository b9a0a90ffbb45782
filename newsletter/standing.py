"""Door -> where things stand and the one next step, said without making anything."""

from __future__ import annotations

from newsletter.door import Door


def standing(door: Door) -> None:
    """Say where things stand."""
    door.out(f"Your newsletter is in {door.workspace.root}")
