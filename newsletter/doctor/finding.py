"""What the doctor found, as data: how grave it is, what is so, why it matters, what to do, and the record to paste."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from newsletter.delivery.sign.record import Record


class Grade(StrEnum):
    """An error keeps letters from arriving, a warning may, advice can wait; unseen is what could not be looked at."""

    ERROR = "error"
    WARNING = "warning"
    UNSEEN = "unseen"
    ADVICE = "advice"
    OK = "ok"


class Step(IntEnum):
    """Where on the way of a letter: what comes first has to be mended first."""

    SENDER = 1
    SERVER = 2
    DOMAIN = 3
    HERE = 4
    LATER = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``record`` is a TXT record for DNS, where that is the cure."""

    grade: Grade
    check: str
    message: str
    why: str = ""
    hint: str = ""
    record: Record | None = None


def plain(finding: Finding) -> dict[str, object]:
    """A finding as --json tells it."""
    said: dict[str, object] = {
        "severity": finding.grade.value,
        "check": finding.check,
        "message": finding.message,
        "why": finding.why,
        "hint": finding.hint,
    }
    if finding.record:
        said["record"] = {"type": "TXT", "name": finding.record.name, "value": finding.record.value}
    return said
