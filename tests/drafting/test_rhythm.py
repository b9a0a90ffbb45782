"""The next issue's month and day, as the earlier ones had theirs."""

from __future__ import annotations

import datetime as dt

import pytest

from newsletter.drafting.pause import pause_after
from newsletter.drafting.rhythm import Beat, Rhythm, after, next_issue, past_pause, rhythm
from newsletter.nouns.draft import IssueName, PartialDate

TODAY = dt.date(2026, 3, 9)


def named(*names: str) -> tuple[IssueName, ...]:
    return tuple(IssueName.parse(name) for name in names)


def days(*given: str) -> dict[IssueName, dt.date]:
    """Issues that went out on these days, each named by its month, or by what stands before a colon."""
    found = {}
    for one in given:
        name, _, day = one.rpartition(":")
        found[IssueName.parse(name or day[:7])] = dt.date.fromisoformat(day)
    return found


@pytest.mark.parametrize(
    ("given", "issue", "day", "beat"),
    [
        (("2025-05-02", "2025-06-06", "2025-07-04"), "2025-08", "2025-08-01", Beat.NTH_WEEKDAY),
        (("2025-10-03", "2025-11-07", "2025-12-05"), "2026-01", "2026-01-02", Beat.NTH_WEEKDAY),
        (("2025-05-30", "2025-06-27", "2025-07-25"), "2025-08", "2025-08-29", Beat.LAST_WEEKDAY),
        (("2025-05-15", "2025-06-15", "2025-07-15"), "2025-08", "2025-08-15", Beat.SAME_DAY),
        (("2025-11-30", "2025-12-31", "2026-01-31"), "2026-02", "2026-02-28", Beat.LAST_DAY),
        (("2025-06-30",), "2025-07", "2025-07-31", Beat.LAST_DAY),
        (("2025-07-04",), "2025-08", "2025-08-04", Beat.SAME_DAY),
        (("2025-01-29", "2025-01:2025-01-29"), "2025-02", "2025-02-28", Beat.SAME_DAY),
        (("2025-05-03", "2025-06-11", "2025-07-22"), "2025-08", "2025-08-22", Beat.SAME_DAY),
        (("2025-05-02", "2025-06-06", "2025-07-10", "2025-08-01"), "2025-09", "2025-09-05", Beat.NTH_WEEKDAY),
        (("2025-05:2025-06-01", "2025-06:2025-07-01", "2025-07:2025-08-01"), "2025-12", "2026-01-01", Beat.SAME_DAY),
        (("2026-01:2025-12-31", "2026-02:2026-01-31"), "2026-03", "2026-02-28", Beat.LAST_DAY),
        (("2025-06-06", "2025-07-04", "2025-07-14-apci:2025-07-14"), "2025-08", "2025-08-01", Beat.NTH_WEEKDAY),
    ],
)
def test_the_day_follows_the_others(given: tuple[str, ...], issue: str, day: str, beat: Beat) -> None:
    """The first Friday, the last, the 15th, the last day, over the year's end; one that was late changes nothing."""
    found = rhythm(days(*given))
    assert found
    assert (found.beat, found.day(IssueName.parse(issue))) == (beat, dt.date.fromisoformat(day))


def test_what_is_long_ago_tells_nothing() -> None:
    """Only the last six: a group may change its day."""
    old = [f"2024-{month:02}-01" for month in range(1, 13)]
    recent = ["2025-01-20", "2025-02-20", "2025-03-20", "2025-04-20", "2025-05-20", "2025-06-20"]
    found = rhythm(days(*old, *recent))
    assert found == Rhythm(Beat.SAME_DAY, 20)


def test_without_an_issue_there_is_no_rhythm() -> None:
    """A special tells none either."""
    assert rhythm({}) is None
    assert rhythm(days("2025-07-14-apci:2025-07-14")) is None


@pytest.mark.parametrize(
    ("names", "following"),
    [
        ((), "2026-03"),
        (("2025-07",), "2025-08"),
        (("2025-12",), "2026-01"),
        (("2025-05", "2025-07"), "2025-08"),
        (("2025-07", "2025-07-14-apci"), "2025-08"),
        (("2025-07", "2025-08-20-apci"), "2025-09"),
        (("2025-07", "2025-10-02-apci"), "2025-10"),
        (("2025-07-14-apci",), "2025-08"),
        (("2025-12-14-apci",), "2026-01"),
    ],
)
def test_the_month_follows_the_newest(names: tuple[str, ...], following: str) -> None:
    """After a special it is the first month whose own day is still to come."""
    assert next_issue(named(*names), Rhythm(Beat.SAME_DAY, 4), TODAY) == IssueName.parse(following)


def test_a_month_before_or_after() -> None:
    """Over the year's end, both ways."""
    assert after(IssueName(2025, 12)) == IssueName(2026, 1)
    assert after(IssueName(2025, 1), -1) == IssueName(2024, 12)
    assert after(IssueName(2025, 7), 0) == IssueName(2025, 7)


def test_a_pause_is_passed_over() -> None:
    """Several months in a row, and none that stands alone later."""
    pause = (PartialDate(2025, 12), PartialDate(2026, 1), PartialDate(2026, 3))
    assert past_pause(IssueName(2025, 12), pause) == (IssueName(2026, 2), named("2025-12", "2026-01"))
    assert past_pause(IssueName(2026, 2), pause) == (IssueName(2026, 2), ())


def test_a_pause_lasts_from_day_to_day() -> None:
    """From the day on which an issue would have gone out to that of the next."""
    given = days("2025-05-02", "2025-06-06", "2025-07-04")
    found = pause_after(IssueName(2025, 7), given, (PartialDate(2025, 8),))
    assert found
    assert (found.months, found.begins, found.ends) == (named("2025-08"), dt.date(2025, 8, 1), dt.date(2025, 9, 5))
    assert pause_after(IssueName(2025, 7), given, ()) is None
    assert pause_after(IssueName(2025, 6), given, (PartialDate(2025, 8),)) is None
    assert pause_after(IssueName.parse("2025-07-14-apci"), given, (PartialDate(2025, 8),)) is None
