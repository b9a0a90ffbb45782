from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.delivery.pace.allowance import Allowance, DailyLimit
from newsletter.delivery.pace.limits import Limits, limits
from newsletter.delivery.pace.past import Past
from newsletter.delivery.pace.plan import Plan, plan
from newsletter.delivery.pace.told import told
from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings

NOW = dt.datetime(2025, 7, 4, 14, 23, 41, tzinfo=dt.timezone(dt.timedelta(hours=2)))
JULY = IssueName.parse("2025-07")


def of(profile: str, people: int, left: int = 0, new: int = 0, **more: int) -> Plan:
    known = limits(Settings(smtp_profile=profile, **more))  # type: ignore[arg-type]  # fields by name
    gone = ((int(NOW.timestamp()) - 3600, left),) if left else ()
    return plan(people, known, Past(gone, gone if new else ()), NOW, new=new)


def said(one: Plan, host: str = "", fitting: tuple[str, ...] = ()) -> str:
    return "\n".join(told(one, NOW, host, fitting))


def test_it_says_when_it_ends() -> None:
    """L7: in her own time, by the minute."""
    assert said(of("microsoft365", 1450)).startswith("1,450 people at 30 a minute: ends at 15:12.")
    assert "1 person at 30 a minute: ends at 14:24." in said(of("microsoft365", 1))
    late = said(of("microsoft365", 9000))
    assert "ends at 19:24" in late
    assert "ends at 00:34 on 2025-07-05" in said(of("yahoo", 6100, smtp_per_day=7000))


def test_2500_people_by_gmail_take_five_days_and_are_told_so_first() -> None:
    """L2, L7: at least five days, one command a day, and a relay is advised."""
    one = of("gmail", 2500)
    assert (one.today, one.days) == (500, 5)
    assert one.resumes == NOW + dt.timedelta(days=1)
    words = said(one)
    assert "so this takes 5 days, one command a day. (Gmail: 500 in 24 hours.)" in words
    assert "500 leave now at 20 a minute, and the last of them at 14:49." in words
    assert "Go on at 14:24 on 2025-07-05 or later; the last of all leave on about 2025-07-08." in words
    assert "not for lists.\nA list of this size is better sent through a relay for bulk mail." in words
    assert "relay" not in said(of("gmail", 500))


def test_what_left_of_late_counts() -> None:
    """L2, L7: from another issue or an earlier run; where nothing may leave now it says when."""
    one = of("gmail", 400, left=300)
    assert (one.today, one.days, one.left) == (200, 2, 300)
    assert one.resumes == NOW + dt.timedelta(hours=23)
    full = of("gmail", 400, left=500)
    assert (full.today, full.days) == (0, 1)
    assert "None may leave now.\nGo on at 13:24 on 2025-07-05 or later" in said(full)
    assert "Within the last 24 hours 500 letters have left already, and they count." in said(full)


def test_a_correction_may_not_fit() -> None:
    """L7: to the same people, on the same day."""
    assert of("gmail", 250).correction_today
    assert not of("gmail", 251).correction_today
    assert "A correction to the same people would not fit today" in said(of("gmail", 251))
    assert "correction" not in said(of("gmail", 250))
    assert "correction" not in said(of("own-relay", 100_000))


def test_no_limit_and_no_pace() -> None:
    """At one's own server nobody knows when it ends, and nothing is promised."""
    assert said(of("own-relay", 1_000_000)) == "1,000,000 people: they leave as fast as the server takes them."


def test_people_never_written_to_before() -> None:
    """L6: their limit may be the lower one, and Outlook.com is called unfit for lists."""
    one = of("outlook", 3000, new=3000)
    assert (one.today, one.days) == (1000, 3)
    assert (of("outlook", 3000, new=500).today, of("outlook", 3000, new=500).days) == (3000, 1)
    assert of("outlook", 3000, new=1500).today == 2000
    assert "unfit for lists" in said(one)
    assert "5,000 in 24 hours, 1,000 of them to people who never got one before" in said(one)


def test_the_colleagues_of_a_small_organisation_are_thought_of() -> None:
    """L3: what the whole organisation may send is told where we take more than half of it."""
    assert "10,000 people outside in 24 hours: 3,000 are then left" in said(of("microsoft365", 7000))
    assert "outside" not in said(of("microsoft365", 7000, smtp_licences=100))


@pytest.mark.parametrize(
    ("profile", "host", "fitting", "words"),
    [
        ("default", "smtp.gmail.com", ("gmail", "workspace"), "smtp.gmail.com is the server of: gmail, workspace"),
        (
            "gmail",
            "mail.example.org",
            (),
            "whose server is smtp.gmail.com, but NEWSLETTER_SMTP_HOST is mail.example.org",
        ),
        ("gmail", "smtp.gmail.com", ("gmail", "workspace"), ""),
        ("default", "mail.example.org", (), ""),
        ("gmail", "", (), ""),
    ],
)
def test_a_profile_that_does_not_fit_the_server_is_told(
    profile: str, host: str, fitting: tuple[str, ...], words: str
) -> None:
    """L2: both ways round."""
    lines = said(of(profile, 10), host, fitting)
    assert words in lines
    assert ("NEWSLETTER_SMTP_PROFILE is" in lines) is bool(words)


def simulated(people: int, known: Limits) -> tuple[int, dt.datetime, int]:
    """By asking letter by letter: commands given, when the last left, how many left in the first command."""
    gone: list[dt.datetime] = []
    now, commands, first, last = NOW, 1, 0, NOW
    ask = Allowance(JULY, known, lambda _: Past(), NOW)
    while len(gone) < people:
        try:
            while wait := ask.take(now):
                now += wait
        except DailyLimit as enough:
            first = first or len(gone)
            commands, now = commands + 1, enough.at
            continue
        gone.append(now)
        last = now
    return commands, last, first or people


@settings(deadline=None)
@given(st.integers(1, 400), st.integers(1, 90), st.sampled_from([1, 6, 60]))
def test_the_plan_is_what_happens(people: int, day: int, minute: int) -> None:
    """L2, L7: as many commands, as many in the first, and over to the minute a day, as letter by letter."""
    known = Limits("x", "x", day=day, minute=minute)
    one, (commands, last, first) = plan(people, known, Past(), NOW), simulated(people, known)
    assert (one.days, one.today) == (commands, first)
    assert one.last is not None
    assert abs((one.last - last).total_seconds()) <= 90 * commands


@settings(deadline=None)
@given(st.integers(1, 300), st.sampled_from([7, 20, 100]), st.sampled_from([None, 1, 30]))
def test_an_hours_limit_is_planned_too(people: int, hour: int, minute: int | None) -> None:
    """L2: within an hour of what happens letter by letter, where the hour is what holds it up."""
    known = Limits("x", "x", day=None, hour=hour, minute=minute)
    one, (_, last, _) = plan(people, known, Past(), NOW), simulated(people, known)
    ends = one.ends or NOW
    assert abs((ends - last).total_seconds()) <= 90 + 5 * (people // hour)
