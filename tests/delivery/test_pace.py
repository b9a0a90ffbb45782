from __future__ import annotations

import datetime as dt

from newsletter.delivery.pace import Pace

NOW = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
THREE = Pace("default", 3)


def test_a_rolling_day() -> None:
    """L2: the next may leave when the third last is a day old, counted back from now, not from midnight."""
    sent = [NOW - 23 * HOUR, NOW - 2 * HOUR, NOW - HOUR]
    assert THREE.free_at(sent[1:], NOW) is None
    assert THREE.free_at(sent, NOW) == NOW + HOUR
    assert THREE.free_at(sent, NOW + HOUR) is None
    assert Pace("own-relay", None).free_at(sent * 1000, NOW) is None


def test_a_clock_that_was_wrong_does_not_stop_the_newsletter() -> None:
    """What left "in 2035" holds nothing up once the clock is right; what left in an hour still counts."""
    assert THREE.free_at([NOW.replace(year=2035)] * 3, NOW) is None
    assert THREE.free_at([NOW + HOUR] * 3, NOW) == NOW + 25 * HOUR


def test_days() -> None:
    assert [THREE.days(letters) for letters in (0, 3, 4, 9, 10)] == [1, 1, 2, 3, 4]
