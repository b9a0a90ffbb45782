"""A day, an hour and a place are one moment; whatever else is typed is told with what was meant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from newsletter.drafting.moment import moment
from newsletter.drafting.values import Unfit
from newsletter.pipeline import prepare
from newsletter.settings import Settings
from tests.tour.slips import ISSUE, Slip, made, said_of, words_at

HEAD = "send_on: 2025-07-04\n"


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2025-07-10 00:01 Europe/London", "2025-07-09T23:01"),
        ("2025-12-10 00:01 Europe/London", "2025-12-10T00:01"),
        ("2025-07-10 0:01   America/Lima", "2025-07-10T05:01"),
        ("2025-07-10T00:01 UTC", "2025-07-10T00:01"),
        ("2025-10-26 01:30 Europe/London", "2025-10-26T01:30"),  # comes twice: an embargo is never cut short
    ],
)
def test_it_is_that_moment_everywhere(typed: str, utc: str) -> None:
    """Summer time is that of the day and the place."""
    assert moment(typed).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M") == utc


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("2025-07-10", "hour is missing", "Type instead: 2025-07-10 00:01 Europe/London"),
        ("2025-07-10 Europe/Madrid", "hour is missing", "Type instead: 2025-07-10 00:01 Europe/Madrid"),
        ("2025-07-10 00:01", "on whose clock", "Type instead: 2025-07-10 00:01 Europe/London"),
        ("2025-07-10 00:01 Europe/Londn", "“Europe/Londn” is not the name", "00:01 Europe/London"),
        ("2025-07-10 00:01 BST", "“BST” is not the name", "Type instead: 2025-07-10 00:01 Europe/London"),
        ("2025-07-10 9:30 Lima time", "“Lima time”", "Type instead: 2025-07-10 09:30 America/Lima"),
        ("2025-06-31 00:01 Europe/London", "31 June does not exist", "Mend the day."),
        ("10 July 2025 00:01 Europe/London", "not a date", "2025-07-10"),
        ("2025-07-10 24:10 Europe/London", "“24:10” is not a time", "18:30"),
        ("2025-03-30 01:30 Europe/London", "no 01:30 on 2025-03-30", "the hour after"),
        ("soon", "“soon” is not a date", "2025-07-04"),
        ("", "Nothing stands here", "2025-07-10 00:01 Europe/London"),
    ],
)
def test_what_is_none_is_told_with_what_was_meant(typed: str, message: str, hint: str) -> None:
    """No guess is made: an hour of another place would let a letter out too early."""
    with pytest.raises(Unfit) as told:
        moment(typed)
    assert message in told.value.message
    assert hint in told.value.hint


def test_it_is_told_at_its_place(tmp_path: Path) -> None:
    """In the issue's file, at the value."""
    workspace = made(Slip("x", "x", {HEAD: f"{HEAD}embargo: 2025-07-10 00:01\n"}), tmp_path / "made")
    (problem,) = [one for one in said_of(workspace) if one.severity == "error"]
    assert words_at(workspace, problem.place) == "2025-07-10 00:01"


def test_left_out_there_is_none(tmp_path: Path) -> None:
    """A name with nothing after it is no embargo."""
    workspace = made(Slip("x", "x", {HEAD: f"{HEAD}embargo:\n"}), tmp_path / "made")
    dossier = prepare(workspace, ISSUE, Settings()).dossier
    assert dossier
    assert [one.embargo for one in dossier.editions] == [None, None]
