"""On whose clock this computer lives: an hour that you give for a sending is meant so."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step

NAME = "time-zone"
STEP = Step.HERE


def look(facts: Facts) -> Iterator[Finding]:
    """Advice where it is UTC, which few people live by."""
    offset = f"{facts.now:%z}"
    east = f"UTC{offset[:3]}:{offset[3:5]}"
    if facts.now.tzname() in ("UTC", "Etc/UTC", "Coordinated Universal Time"):
        yield Finding(
            Grade.ADVICE,
            NAME,
            f"This computer lives by UTC: here it is {facts.now:%H:%M} now.",
            "An hour that you give for a sending is understood so, and dates may change in your evening.",
            "Where your watch shows another hour, set the time zone in the settings of the computer.",
        )
    else:
        yield Finding(Grade.OK, NAME, f"By this computer it is {facts.now:%H:%M} now ({east}).")
