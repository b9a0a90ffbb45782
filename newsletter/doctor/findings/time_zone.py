"""On whose clock an hour is meant that you give for a sending: the newsletter's own, else that of this computer."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step

NAME = "time-zone"
STEP = Step.HERE


def look(facts: Facts) -> Iterator[Finding]:
    """Advice where it is UTC by the computer alone, which few people live by."""
    offset = f"{facts.now:%z}"
    east = f"UTC{offset[:3]}:{offset[3:5]}"
    if zone := facts.profile.timezone:
        yield Finding(Grade.OK, NAME, f"Hours are meant on the clock of {zone}, as newsletter.yaml says.")
    elif facts.now.tzname() in ("UTC", "Etc/UTC", "Coordinated Universal Time"):
        yield Finding(
            Grade.ADVICE,
            NAME,
            f"This computer lives by UTC: here it is {facts.now:%H:%M} now.",
            "An hour that you give for a sending is understood so, and dates may change in your evening.",
            f"Where your watch shows another hour, say in {facts.profile.file} on whose clock, such as  timezone: Europe/London",
        )
    else:
        yield Finding(Grade.OK, NAME, f"By this computer it is {facts.now:%H:%M} now ({east}).")
