from __future__ import annotations

import pytest

from newsletter.audience.status import UnclearStatus, if_known, reason_in_row
from newsletter.audience.suppress import Reason


@pytest.mark.parametrize(
    ("status", "no", "yes", "left_at", "reason"),
    [
        ("", "", None, "", None),
        ("Subscribed", "", None, "", None),
        ("enabled", "", None, "", None),
        ("activo", "no", "true", "", None),
        ("", "", "2025-01-31", "", None),
        ("Unsubscribed", "", None, "", Reason.LEFT),
        ("un-subscribed", "", None, "", Reason.LEFT),
        ("enabled", "yes", None, "", Reason.LEFT),
        ("regular", "", None, "2025-01-31", Reason.LEFT),
        ("", "", "false", "", Reason.LEFT),
        ("cleaned", "", None, "", Reason.BOUNCED),
        ("blocklisted", "", None, "", Reason.IMPORTED),
        ("Marked as spam", "", None, "", Reason.COMPLAINT),
    ],
)
def test_who_has_left(status: str, no: str, yes: str | None, left_at: str, reason: Reason | None) -> None:
    """Statuses in words, flags either way round, dates of leaving."""
    assert reason_in_row(status, no, yes, left_at) == reason


@pytest.mark.parametrize(
    ("status", "yes"), [("unconfirmed", None), ("inactive", None), ("disabled", None), ("zzz", None), ("", "")]
)
def test_what_is_unclear_is_not_taken_for_a_yes(status: str, yes: str | None) -> None:
    """Who has not confirmed, or is called something unknown, does not come onto the list."""
    with pytest.raises(UnclearStatus):
        reason_in_row(status, "", yes, "")


def test_a_part_of_a_country_is_no_status() -> None:
    """A column named "state" may hold Cusco as well as unsubscribed: only the latter counts."""
    assert [if_known(cell) for cell in ("Cusco", "California", "")] == ["", "", ""]
    assert [if_known(cell) for cell in ("Unsubscribed", "pendiente", "active")] == [
        "Unsubscribed",
        "pendiente",
        "active",
    ]
