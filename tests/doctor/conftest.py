from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from newsletter.doctor.facts import Facts
from newsletter.drafting.profile import standing_facts
from newsletter.nouns.draft import Sender
from newsletter.settings import Settings
from newsletter.workspace import Workspace
from tests.any.dns import Zones, name_server
from tests.any.set_up import DOMAIN, NOW, Make, on_this_machine


@pytest.fixture
def zones() -> Iterator[Zones]:
    """A name server on loopback that knows no name yet."""
    with name_server() as found:
        yield found


@pytest.fixture
def facts(sample: Workspace, zones: Zones) -> Make:
    """Makes what the doctor looks at: the sample with a sender of its own domain, asking the name server of the test."""

    def make(*, sender: str = f"peru@{DOMAIN}", now: dt.datetime = NOW, context: Any = None, **given: Any) -> Facts:
        profile = replace(standing_facts(sample), sender=Sender("Peru coordination", sender), leave_by_mail="")
        return Facts(sample, Settings(**given), profile, zones.names(), on_this_machine, now, context)

    return make
