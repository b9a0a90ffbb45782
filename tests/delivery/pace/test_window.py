from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsletter.delivery.pace.window import SLICES, Window

DAY, HOUR = 86_400, 3600


def test_a_rolling_day() -> None:
    """L2: the next may leave when the third last is a day old, counted back from now, not from midnight."""
    three = Window(DAY, 3)
    three.fill([(-23 * HOUR, 1), (-2 * HOUR, 1), (-HOUR, 1)], 0)
    assert three.free_in(0) == HOUR
    assert three.room(0) == 0
    assert three.free_in(HOUR) == 0
    assert three.room(HOUR) == 1


def test_a_clock_that_was_wrong_does_not_stop_the_newsletter() -> None:
    """What left "in ten years" holds nothing up once the clock is right; what left in an hour still counts."""
    three = Window(DAY, 3)
    three.fill([(10 * 365 * DAY, 3)], 0)
    assert three.free_in(0) == 0
    three.fill([(HOUR, 3)], 0)
    assert three.free_in(0) == 25 * HOUR


def test_a_million_letters_take_no_more_room_than_a_day_has_minutes() -> None:
    """L2: the memory of a window is bounded, however many letters leave."""
    many = Window(DAY, 1_000_000)
    for number in range(300_000):
        many.add(number * 3 // 10, 4)
        many.free_in(number * 3 // 10)
    assert len(many._left) <= SLICES + 1
    assert many.free_in(90_000) > 0


@given(
    st.integers(1, 8),
    st.lists(st.tuples(st.sampled_from([0, 1, 2, 59, 60, 3600, 40_000]), st.integers(1, 4)), max_size=60),
)
def test_no_stretch_of_time_holds_more_than_the_limit(limit: int, waits: list[tuple[int, int]]) -> None:
    """L2: whoever asks, at whatever times, any 24 hours hold at most the limit; and nobody waits a minute too long."""
    window, now = Window(DAY, limit), 0
    left: list[int] = []
    for wait, letters in waits:
        now += wait
        for _ in range(letters):
            free = window.free_in(now)
            exact = 0 if len(left) < limit else max(0, left[-limit] + DAY - now)
            assert exact <= free <= exact + DAY / SLICES
            if not free:
                window.add(now)
                left.append(now)
    for first in left:
        assert sum(first <= at < first + DAY for at in left) <= limit
