"""An embargo and the day of sending agree, in every edition."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsletter.checks.embargo import check
from newsletter.drafting.moment import moment
from tests.tour.slips import Slip, made

if TYPE_CHECKING:
    from newsletter.nouns.letter import Dossier

EARLY = moment("2025-07-10 00:01 Europe/London")
LATE = moment("2025-07-10 00:01 America/Lima")


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    """The tour's July issue, in two languages, to leave on 4 July."""
    from newsletter.pipeline import prepare
    from newsletter.settings import Settings
    from tests.tour.slips import ISSUE

    found = prepare(made(Slip("none", "none"), tmp_path / "base"), ISSUE, Settings()).dossier
    assert found
    return found


def under(dossier: Dossier, *embargos: dt.datetime | None, day: int = 4) -> list[str]:
    """What is said where the editions bear these embargos and are to leave on a day of July 2025."""
    changed = tuple(
        replace(edition, embargo=one, send_on=edition.send_on.replace(day=day))
        for edition, one in zip(dossier.editions, embargos, strict=True)
    )
    return [
        f"{one.place}: {one.message} {one.hint}"
        for one in check(replace(dossier, editions=changed), changed[0].send_on)
    ]


def test_without_an_embargo_there_is_nothing_to_say(dossier: Dossier) -> None:
    """Most issues have none."""
    assert under(dossier, None, None) == []


def test_a_day_before_it_is_told_in_each_edition(dossier: Dossier) -> None:
    """At send_on, with the day to type; from the embargo's own day on all is well."""
    told = under(dossier, EARLY, EARLY)
    assert [one.split(": ")[0] for one in told] == ["issues/2025-07.yaml:3:10", "issues/2025-07.es.yaml:3:10"]
    assert all("send_on: 2025-07-10" in one and "2025-07-10 00:01 Europe/London" in one for one in told)
    assert under(dossier, EARLY, EARLY, day=10) == []


def test_editions_that_do_not_agree(dossier: Dossier) -> None:
    """The later moment holds for all; the edition that lacks it, or has another one, is told."""
    (lacking,) = under(dossier, EARLY, None, day=10)
    assert lacking.startswith("issues/2025-07.es.yaml:")
    (earlier,) = under(dossier, EARLY, LATE, day=10)
    assert earlier.startswith("issues/2025-07.yaml:")
    assert "embargo: 2025-07-10 00:01 America/Lima" in earlier
