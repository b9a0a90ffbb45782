"""A domain that has all it should have, and a web that is this machine: what the doctor's tests share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from newsletter.doctor.facts import Facts
from newsletter.web.fetch import Probe, probe
from tests.any.dns import Zones
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
