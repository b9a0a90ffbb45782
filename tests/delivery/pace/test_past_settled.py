"""Doubt that somebody settled to go again -> it may have left before, so it counts within the day (L2)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from newsletter.delivery.pace.past import past
from newsletter.ledger.settle import How, settle
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate, Outcome
from newsletter.store.database import open_database
from tests.any.plain_ledger import PlainLedger

JULY, NOW = IssueName(2025, 7), dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)


def test_what_goes_again_after_doubt_still_counts(tmp_path: Path) -> None:
    """The first copy may have arrived: the mailbox's own count holds it, and so does ours."""
    database = open_database(str(tmp_path / "newsletter.db"))
    ledger, ana = PlainLedger(database), "a" * 32
    ledger.plan(JULY, {"en": "1" * 64}, [(ana, "en")], {}, NOW)
    ledger.begin(JULY, ana, NOW, lambda *_: True)
    ledger.finish(JULY, ana, Outcome(Fate.IN_DOUBT), NOW)
    later = NOW + dt.timedelta(hours=1)
    before = past(database, later)
    assert sum(number for _, number in before.letters) == 1
    assert settle(database, JULY, How.RESEND, "Ines", later) == 1
    assert ledger.books(JULY).waiting == 1
    assert past(database, later) == before
    database.close()
