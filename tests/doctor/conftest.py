from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from newsletter.doctor.facts import Facts
from newsletter.drafting.profile import standing_facts
from newsletter.nouns.draft import Sender
from newsletter.settings import Settings
from newsletter.web.fetch import Probe, probe
from newsletter.workspace import Workspace
from tests.any.dns import Zones, name_server
from tests.any.web import LOOPBACK

NOW = dt.datetime(2025, 7, 1, 10, 42, tzinfo=dt.timezone(dt.timedelta(hours=1), "CET"))
DOMAIN = "group.example"
Make = Callable[..., Facts]


def on_this_machine(url: str) -> Probe:
    """What a site answers, whatever its name; it is on this machine."""
    return probe(url, reach=LOOPBACK)


def well(zones: Zones, domain: str = DOMAIN) -> None:
    """All that a domain should have: mail, SPF, DMARC."""
    zones.put(domain, "MX", f"10 mx.{domain}.")
    zones.put(f"mx.{domain}", "A", "192.0.2.10")
    zones.txt(domain, "some-site-verification=abc", "v=spf1 ip4:192.0.2.0/24 -all")
    zones.txt(f"_dmarc.{domain}", f"v=DMARC1; p=reject; rua=mailto:dmarc@{domain}")


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
