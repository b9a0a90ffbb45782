from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from newsletter.delivery.pace.allowance import RECOVERY, Allowance, DailyLimit, allowance
from newsletter.delivery.pace.limits import Limits
from newsletter.delivery.pace.past import Past, past, written_to
from newsletter.journal import What, note
from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings
from newsletter.store.ledger_tables import copy
from newsletter.store.open import Store
from newsletter.workspace import Workspace

NOW = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
HOUR, DAY, SECOND = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(seconds=1)
JULY, SPECIAL = IssueName.parse("2025-07"), IssueName.parse("2025-07-14-apci")
Left = Callable[..., None]


def ask(known: Limits, left: Past = Past()) -> Allowance:  # noqa: B008 - frozen
    return Allowance(JULY, known, lambda _: left, NOW)


@pytest.fixture
def left(store: Store) -> Left:
    """Writes into real books that so many copies left, or were tried, at a time."""

    def write(number: int, at: dt.datetime, *, issue: str = "2025-07", state: str = "accepted", name: str = "") -> None:
        moment = int(at.timestamp())
        row = {"issue": issue, "language": "en", "state": state, "first_try": moment, "last_try": moment, "reply": ""}
        more = {"next_try": moment} if state == "deferred" else {}
        rows = [{**row, **more, "subscriber": f"{name}{state}{moment}{one}"[:32]} for one in range(number)]
        with store.database.write() as connection:
            connection.execute(insert(copy), rows)

    return write


def test_an_even_pace() -> None:
    """L2: at 30 a minute one every two seconds; who asks too early is told how long to wait, and asks again."""
    one = ask(Limits("x", "x", day=None, minute=30))
    assert one.take(NOW) is None
    assert one.take(NOW) == 2 * SECOND
    assert one.take(NOW + 1.5 * SECOND) == 0.5 * SECOND
    assert one.take(NOW + 2 * SECOND) is None
    assert ask(Limits("x", "x", day=None, second=4)).interval(NOW) == 0.25
    assert ask(Limits("x", "x", day=None)).interval(NOW) == 0


def test_thirds_of_a_second_do_not_fall_short() -> None:
    """L2: at three a second the fourth leaves a whole second after the first, and not a millionth before."""
    one, now = ask(Limits("x", "x", day=None, second=3)), NOW
    for _ in range(4):
        while wait := one.take(now):
            now += wait
    assert now - NOW >= SECOND


def test_the_day_is_full(store: Store, left: Left, workspace: Workspace) -> None:
    """L2: all issues count, in doubt too, and test copies; what was refused or put off did not leave."""
    left(300, NOW - 3 * HOUR)
    left(150, NOW - 2 * HOUR, issue="2025-07-14-apci")
    left(40, NOW - HOUR, state="in_doubt")
    left(5, NOW - HOUR, state="intent")
    left(70, NOW - HOUR, state="refused")
    left(70, NOW - HOUR, state="deferred")
    left(400, NOW - 25 * HOUR)
    for issue in (JULY, SPECIAL):
        note(workspace, issue, What.TEST_COPY, NOW - HOUR)
    note(workspace, JULY, What.EXPORT, NOW - HOUR)
    note(workspace, JULY, What.TEST_COPY, NOW - 25 * HOUR)
    assert sum(number for _, number in past(store.database, NOW, workspace).letters) == 497
    now, one = NOW, allowance(JULY, Settings(smtp_profile="gmail"), store.database, NOW, workspace)
    for _ in range(3):
        while wait := one.take(now):
            now += wait
    with pytest.raises(DailyLimit) as error:
        one.take(now + HOUR)
    assert error.value.at == NOW - 3 * HOUR + DAY + SECOND
    assert error.value.exit_code == 3
    assert "go on at 2025-07-05 06:00 or later" in error.value.message


def test_who_comes_a_little_too_early_waits_and_goes_on() -> None:
    """L2: a limit that lets another through within minutes is waited for; the run does not end again and again."""
    one = ask(Limits("x", "x", day=2), Past(((int(NOW.timestamp()) - 86_400 + 120, 2),)))
    assert one.take(NOW) == dt.timedelta(seconds=120)
    assert one.take(NOW + dt.timedelta(seconds=120)) is None
    assert one.take(NOW + dt.timedelta(seconds=120)) is None
    with pytest.raises(DailyLimit):
        one.take(NOW + dt.timedelta(seconds=120))


def test_people_never_written_to_have_a_limit_of_their_own(store: Store, left: Left) -> None:
    """L6: 1,000 a day at Outlook.com; who has had a letter before may still get one."""
    left(998, NOW - HOUR, name="n")
    left(600, NOW - 90 * DAY, issue="2025-04", name="k")
    with store.database.write() as connection:  # the same 600 again, today: they are known
        known = [name for name in written_to(store.database) if name.startswith("k")]
        at = int((NOW - HOUR).timestamp())
        row = {"issue": "2025-07", "language": "en", "state": "accepted", "first_try": at, "last_try": at}
        connection.execute(insert(copy), [{**row, "subscriber": name} for name in known])
    now, one = NOW, allowance(JULY, Settings(smtp_profile="outlook"), store.database, NOW)
    for _ in range(2):
        while wait := one.take(now, new=True):
            now += wait
    with pytest.raises(DailyLimit):
        one.take(now + HOUR / 2, new=True)
    assert one.take(now + HOUR / 2, new=False) is None


def test_an_hour_has_its_limit() -> None:
    """L2: it is waited for in the run."""
    one = ask(Limits("x", "x", day=None, hour=2), Past(((int(NOW.timestamp()) - 3000, 1),)))
    assert one.take(NOW) is None
    assert one.take(NOW) == dt.timedelta(seconds=600)


def test_it_slows_down_and_recovers_in_steps() -> None:
    """L8: half the pace after each complaint, a quarter after the second; back by doubling, without being asked."""
    one = ask(Limits("x", "x", day=None, minute=60))
    one.slow_down(NOW)
    one.slow_down(NOW + SECOND)  # about a letter that was on its way already
    assert one.interval(NOW) == 2
    one.slow_down(NOW + 60 * SECOND)
    assert one.interval(NOW + 61 * SECOND) == 4
    assert one.interval(NOW + (60 + RECOVERY) * SECOND) == 2
    assert one.interval(NOW + (60 + 2 * RECOVERY) * SECOND) == 1
    one.slow_down(NOW + (61 + 2 * RECOVERY) * SECOND)
    assert one.interval(NOW + (62 + 2 * RECOVERY) * SECOND) == 2
    for minute in range(100):
        one.slow_down(NOW + HOUR + minute * 60 * SECOND)
    assert one.interval(NOW + HOUR + 100 * 60 * SECOND) == 64


def test_also_without_a_limit_of_its_own_it_slows_down() -> None:
    """L8: a relay that says 421 is not stormed on at full speed."""
    one = ask(Limits("x", "x", day=None))
    assert [one.take(NOW), one.take(NOW)] == [None, None]
    one.slow_down(NOW)
    assert one.take(NOW) == SECOND
    assert one.take(NOW + SECOND) is None
    assert one.interval(NOW + RECOVERY * SECOND) == 0


def test_a_clock_that_is_wrong(store: Store, left: Left) -> None:
    """A clock years ahead keeps nothing back once it is right; set back by hours, what left still counts."""
    left(500, NOW.replace(year=2035))
    settings = Settings(smtp_profile="gmail")
    one = allowance(JULY, settings, store.database, NOW)
    assert one.take(NOW) is None
    ahead = NOW.replace(year=2035) + 2 * DAY
    assert one.take(ahead) is None
    left(499, NOW - HOUR)
    assert one.take(NOW + HOUR) is None  # back again: the books were asked anew, and there are 499
    with pytest.raises(DailyLimit):
        one.take(NOW + HOUR + 3 * SECOND)
    left(1, NOW + HOUR)
    with pytest.raises(DailyLimit) as error:
        allowance(JULY, settings, store.database, NOW - 5 * HOUR).take(NOW - 5 * HOUR)
    assert error.value.at < NOW + DAY


def test_a_restart_reads_a_line_a_minute(store: Store, left: Left) -> None:
    """L2: however many left in a day, what is read back and kept of it is bounded by the minutes of the day."""
    for second in range(0, 600, 10):
        left(200, NOW - HOUR + second * SECOND)
    found = past(store.database, NOW)
    assert len(found.letters) == 10
    assert sum(number for _, number in found.letters) == 12_000
    one = Allowance(JULY, Limits("x", "x", day=20_000), lambda _: found, NOW)
    with contextlib.suppress(DailyLimit):
        for number in range(20_000):
            assert one.take(NOW + number * SECOND) is None
    assert number == 8000


def some(limit: int) -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), st.integers(1, limit))


@given(
    st.builds(
        Limits,
        profile=st.just("x"),
        name=st.just("x"),
        day=some(40),
        second=some(5),
        minute=some(20),
        hour=some(30),
        new_a_day=some(20),
    ),
    st.lists(
        st.tuples(
            st.sampled_from([0.0, 0.01, 0.3, 1.0, 7.0, 59.9, 3600.0, 50_000.0]),  # seconds that go by
            st.booleans(),  # a person never written to before
            st.sampled_from([*"aaaaaa", "begun anew", "slow down"]),
        ),
        max_size=80,
    ),
)
def test_no_window_of_any_limits_is_ever_too_full(known: Limits, asked: list[tuple[float, bool, str]]) -> None:
    """L2, L6, L10: whatever the limits, whenever one asks, stops and begins anew from whole seconds in the books."""
    gone: list[tuple[float, bool]] = []

    def books(_now: dt.datetime) -> Past:
        rounded = [(int(at) + 1, new) for at, new in gone]
        return Past(tuple((at, 1) for at, _ in rounded), tuple((at, 1) for at, new in rounded if new))

    one, now = Allowance(JULY, known, books, NOW), NOW
    for seconds, new, then in asked:
        now += seconds * SECOND
        if then == "begun anew":
            one = Allowance(JULY, known, books, now)
        if then == "slow down":
            one.slow_down(now)
        with contextlib.suppress(DailyLimit):
            while wait := one.take(now, new=new):
                now += wait
            gone.append((now.timestamp(), new))
    windows = [(known.second, 1), (known.minute, 60), (known.hour, 3600), (known.per_day, 86_400)]
    for limit, span in windows:
        for first, _ in gone if limit else ():
            assert sum(first <= at < first + span for at, _ in gone) <= (limit or 0)
    strangers = [at for at, new in gone if new]
    for first in strangers if known.new_a_day else ():
        assert sum(first <= at < first + 86_400 for at in strangers) <= (known.new_a_day or 0)
