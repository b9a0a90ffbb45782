"""What the doctor found, as data: how grave it is, what is so, why it matters, what to do, and the record to paste."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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


def together(some: list[Finding]) -> Iterator[Finding]:
    """What one record cures is one finding: as grave as the gravest, each sentence said once."""
    for first in some:
        same = [one for one in some if one.record == first.record]
        if first.record is None:
            yield first
        elif first is same[0]:
            yield replace(
                min(same, key=lambda one: list(Grade).index(one.grade)),
                message=_once(one.message for one in same),
                why=_once(one.why for one in same),
                hint=_once(one.hint for one in same),
            )


def _once(sentences: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, sentences)))


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
