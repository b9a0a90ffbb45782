"""How many are still to get an issue, the books and the settings -> Plan: what ``plan`` needs, gathered for every door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace

from newsletter.delivery.pace.limits import limits
from newsletter.delivery.pace.past import past, written_to
from newsletter.delivery.pace.plan import Plan, plan
from newsletter.settings import Settings
from newsletter.store.database import Database
from newsletter.workspace import Workspace


def forecast(
    people: int,
    who: Callable[[], Iterable[str]],
    database: Database,
    settings: Settings,
    now: dt.datetime,
    *,
    workspace: Workspace | None = None,
    copies: int = 0,
) -> Plan:
    """How a sending to so many would go from now on. Raises NoSuchPace, BrokenPace, LimitOfAnother.

    ``copies`` are first copies to one's own addresses that leave before, and count within the day like any letter.
    ``who`` says their ids, and is asked only for a profile that limits how many may never have been written to before.
    """
    known = limits(settings, workspace)
    strangers = known.new_a_day is not None
    left = past(database, now, workspace, strangers=strangers)
    if copies:
        left = replace(left, letters=(*left.letters, (int(now.timestamp()), copies)))
    new = len(set(who()) - written_to(database)) if strangers else 0
    return plan(people, known, left, now, new=min(new, people))
