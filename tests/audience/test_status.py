from __future__ import annotations

import pytest

from newsletter.audience.status import UnclearStatus, if_known, reason_in_row
from newsletter.audience.suppress import Reason


@pytest.mark.parametrize(
    ("status", "no", "yes", "reason"),
    [
        ((), (), (), None),
        (("",), ("",), (), None),
        (("Subscribed",), (), (), None),
        (("enabled", ""), (), (), None),
        (("activo",), ("no",), ("true",), None),
        ((), (), ("2025-01-31",), None),
        (("Unsubscribed",), (), (), Reason.LEFT),
        (("active", "un-subscribed"), (), (), Reason.LEFT),
        (("enabled",), ("yes",), (), Reason.LEFT),
        (("enabled",), ("no", "", "1"), (), Reason.LEFT),
        (("regular",), ("", "2025-01-31"), (), Reason.LEFT),
        ((), (), ("true", "false"), Reason.LEFT),
        (("cleaned",), (), (), Reason.BOUNCED),
        (("unconfirmed", "blocklisted"), (), (), Reason.IMPORTED),
        (("Marked as spam",), (), (), Reason.COMPLAINT),
    ],
)
def test_who_has_left(
    status: tuple[str, ...], no: tuple[str, ...], yes: tuple[str, ...], reason: Reason | None
) -> None:
    """Statuses in words, flags either way round, dates of leaving; of several cells the one that says no counts."""
    assert reason_in_row(status, no, yes) == reason


@pytest.mark.parametrize(
    ("status", "yes"),
    [(("unconfirmed",), ()), (("inactive",), ()), (("active", "disabled"), ()), (("zzz",), ()), ((), ("", "yes"))],
)
def test_what_is_unclear_is_not_taken_for_a_yes(status: tuple[str, ...], yes: tuple[str, ...]) -> None:
    """Who has not confirmed, or is called something unknown, does not come onto the list."""
    with pytest.raises(UnclearStatus):
        reason_in_row(status, (), yes)


def test_a_part_of_a_country_is_no_status() -> None:
    """A column named "state" may hold Cusco as well as unsubscribed: only the latter counts."""
    assert [if_known(cell) for cell in ("Cusco", "California", "")] == ["", "", ""]
    assert [if_known(cell) for cell in ("Unsubscribed", "pendiente", "active")] == [
        "Unsubscribed",
        "pendiente",
        "active",
    ]
