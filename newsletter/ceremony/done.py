"""What a sending did, as it goes along -> one JSON document at its end, however it ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from newsletter.ledger.book import Books
    from newsletter.nouns.draft import IssueName


@dataclass(slots=True)
class Done:
    """Filled in step by step; nothing in it says who."""

    issue: IssueName
    planned: dict[str, int] = field(default_factory=dict)  # by edition: the letters that were to leave now
    first_copies: int = 0
    held_until: dt.datetime | None = None
    began: dt.datetime | None = None
    ended: dt.datetime | None = None
    newcomers: int = 0
    next_due: dt.datetime | None = None
    report: Path | None = None

    def as_dict(self, books: Books) -> dict[str, object]:
        """The seven figures of the books, as ``status --json`` has them, and what was done besides."""
        return {
            **books.as_dict(),
            "issue": str(self.issue),
            "rehearsal": False,
            "to_send": self.planned,
            "first_copies": self.first_copies,
            "held_until": _said(self.held_until),
            "began": _said(self.began),
            "ended": _said(self.ended),
            "newcomers": self.newcomers,
            "go_on_at": _said(self.next_due),
            "report": str(self.report) if self.report else None,
        }


def _said(at: dt.datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
