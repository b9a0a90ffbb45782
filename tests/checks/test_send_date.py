"""Another day than the one the issue was written for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


def test_another_day_asks(desk: Desk, finds: Finds) -> None:
    """DESIGN: dates are judged by send_on; a real send on another day asks again."""
    dossier = desk.dossier()
    assert finds(dossier, dt.date(2025, 7, 4)) == []
    assert [one[:2] for one in finds(dossier, dt.date(2025, 7, 5))] == [("issues/2025-07.yaml:3:10", "warning")]
