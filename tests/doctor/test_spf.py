"""SPF: what a record costs, where it ends, whom it lets send (A6)."""

from __future__ import annotations

import pytest

from newsletter.doctor.finding import Finding, Grade
from newsletter.doctor.findings import spf as finding
from newsletter.doctor.spf import ended, merged, walk, with_term
from tests.any.dns import Zones
from tests.any.set_up import Make

DOMAIN = "group.example"


def found(facts: Make, **settings: object) -> list[Finding]:
    usual = {"smtp_host": "mail.group.example", "smtp_profile": "own-relay", **settings}
    return list(finding.look(facts(**usual)))


def test_a_good_record(zones: Zones, facts: Make) -> None:
    """A6: one record, few lookups, an end, and the server in it."""
    zones.put("mail.group.example", "A", "192.0.2.25")
    zones.txt(DOMAIN, "google-site-verification=x", "v=spf1 ip4:192.0.2.0/24 -all")
    (one,) = found(facts)
    assert one.grade is Grade.OK
    assert "costs 0 of 10" in one.message


def test_none(zones: Zones, facts: Make) -> None:
    """A6: the record to paste names the server that is set."""
    zones.txt(DOMAIN, "v=spf10 -all")
    (one,) = found(facts)
    assert one.grade is Grade.ERROR
    assert one.record
    assert (one.record.name, one.record.value) == (DOMAIN, "v=spf1 a:mail.group.example ~all")


@pytest.mark.parametrize(
    ("profile", "host", "value"),
    [
        ("workspace", "smtp.gmail.com", "v=spf1 include:_spf.google.com ~all"),
        ("microsoft365", "smtp.office365.com", "v=spf1 include:spf.protection.outlook.com ~all"),
        ("default", "smtp.provider.example", "v=spf1 include:PROVIDER ~all"),
    ],
)
def test_what_each_provider_needs(facts: Make, profile: str, host: str, value: str) -> None:
    """A6: as far as it is known; else it is said where to look."""
    (one,) = found(facts, smtp_host=host, smtp_profile=profile)
    assert one.record
    assert one.record.value == value
    assert ("PROVIDER is said in the help pages" in one.hint) == ("PROVIDER" in value)


def test_a_relay_that_takes_bounces_itself(facts: Make) -> None:
    """A4: there SPF is asked of the relay's domain; it is advice only."""
    (one,) = found(facts, smtp_host="smtp-relay.brevo.com", smtp_profile="brevo-relay")
    assert one.grade is Grade.ADVICE
    assert one.record is None


def test_two_records(zones: Zones, facts: Make) -> None:
    """A6: none counts; the record to paste holds what both said."""
    zones.txt(DOMAIN, "v=spf1 mx -all", "v=spf1 include:_spf.relay.example mx ~all")
    (one,) = found(facts)
    assert "2 SPF records" in one.message
    assert one.record
    assert one.record.value == "v=spf1 include:_spf.relay.example mx ~all"


def test_lookups_are_counted_through_includes(zones: Zones) -> None:
    """A6: include, a, mx, exists and redirect cost one each, wherever they stand; ip4, ip6 and all nothing."""
    zones.txt(DOMAIN, "v=spf1 include:one.example a mx ip4:192.0.2.1 redirect=end.example")
    zones.txt("one.example", "v=spf1 include:two.example a:host.example ~all")
    zones.txt("two.example", "v=spf1 ip6:2001:db8::/32 exists:host.example -all")
    zones.txt("end.example", "v=spf1 ip4:198.51.100.7 ~all")
    for name in (DOMAIN, "host.example", "mx.example"):
        zones.put(name, "A", "203.0.113.9")
    zones.put(DOMAIN, "MX", "10 mx.example.")
    spf = walk(DOMAIN, zones.held[DOMAIN, "TXT"][0].strip('"'), zones.names())
    assert spf.lookups == 7
    assert spf.costs == {"include:one.example": 4, "a": 1, "mx": 1}
    assert spf.ending == "~"
    assert not spf.voids
    assert all(map(spf.lets, ("203.0.113.9", "2001:db8::5", "198.51.100.7", "192.0.2.1")))
    assert not spf.lets("192.0.2.2")


def test_more_than_ten(zones: Zones, facts: Make) -> None:
    """A6: told with what is dearest."""
    zones.txt(DOMAIN, "v=spf1 include:many.example a:h0.example ip4:192.0.2.25 -all")
    zones.txt("many.example", "v=spf1 " + " ".join(f"a:h{number}.example" for number in range(10)) + " -all")
    for number in range(10):
        zones.put(f"h{number}.example", "A", "192.0.2.25")
    zones.put("mail.group.example", "A", "192.0.2.25")
    (one,) = found(facts)
    assert one.grade is Grade.ERROR
    assert "needs 12 lookups; at most 10" in one.message
    assert "include:many.example (11)" in one.hint


def test_a_circle_ends(zones: Zones) -> None:
    """Records that include each other are followed only so far."""
    zones.txt(DOMAIN, "v=spf1 include:two.example include:two.example -all")
    zones.txt("two.example", "v=spf1 include:group.example include:group.example -all")
    assert walk(DOMAIN, "v=spf1 include:two.example -all", zones.names()).lookups > 10


def test_places_that_hold_nothing(zones: Zones, facts: Make) -> None:
    """A6: three void lookups are one too many."""
    zones.txt(DOMAIN, "v=spf1 a:gone.example mx a:away.example ip4:192.0.2.25 -all")
    zones.put("mail.group.example", "A", "192.0.2.25")
    (one,) = found(facts)
    assert "names 3 places that hold nothing: gone.example, group.example, away.example" in one.message


@pytest.mark.parametrize(
    ("record", "grade", "said"),
    [
        ("v=spf1 ip4:192.0.2.25 +all", Grade.ERROR, "lets everybody in the world"),
        ("v=spf1 ip4:192.0.2.25 all", Grade.ERROR, "lets everybody in the world"),
        ("v=spf1 ip4:192.0.2.25 ?all", Grade.WARNING, "ends with ?all"),
        ("v=spf1 ip4:192.0.2.25", Grade.WARNING, "ends without all"),
        ("v=spf1 ip4:192.0.2.25 ~all", Grade.OK, "one SPF record"),
        ("V=SPF1 IP4:192.0.2.25 -ALL", Grade.OK, "one SPF record"),
    ],
)
def test_how_it_ends(zones: Zones, facts: Make, record: str, grade: Grade, said: str) -> None:
    """A6: with ~all or -all; the record to paste ends so."""
    zones.put("mail.group.example", "A", "192.0.2.25")
    zones.txt(DOMAIN, record)
    (one,) = found(facts)
    assert one.grade is grade
    assert said in one.message
    assert grade is Grade.OK or (one.record and one.record.value == "v=spf1 ip4:192.0.2.25 ~all")


def test_a_server_that_is_not_in_it(zones: Zones, facts: Make) -> None:
    """A6: the record to paste is the old one with the server in it, before its end."""
    zones.put("mail.group.example", "A", "192.0.2.25")
    zones.txt(DOMAIN, "v=spf1 ip4:192.0.2.1 -all")
    (one,) = found(facts)
    assert one.grade is Grade.ERROR
    assert one.record
    assert one.record.value == "v=spf1 ip4:192.0.2.1 a:mail.group.example -all"


def test_a_providers_include(zones: Zones, facts: Make) -> None:
    """A6: it may stand in a record that is included."""
    zones.txt(DOMAIN, "v=spf1 include:own.example -all")
    zones.txt("own.example", "v=spf1 include:_spf.google.com -all")
    zones.txt("_spf.google.com", "v=spf1 ip4:192.0.2.0/24 ~all")
    (one,) = found(facts, smtp_host="smtp.gmail.com", smtp_profile="workspace")
    assert one.grade is Grade.OK


@pytest.mark.parametrize(
    ("record", "wrong"),
    [
        ("v=spf1 ipv4:192.0.2.1 -all", "ipv4:192.0.2.1"),
        ("v=spf1 ip4:192.0.2.300 -all", "192.0.2.300"),
        ("v=spf1 include:nowhere.example -all", "include:nowhere.example"),
    ],
)
def test_mistakes(zones: Zones, facts: Make, record: str, wrong: str) -> None:
    """A6: what nobody can follow is named."""
    zones.txt(DOMAIN, record)
    assert any(one.grade is Grade.ERROR and wrong in one.message for one in found(facts))


def test_one_record_cures_all_of_it(zones: Zones, facts: Make) -> None:
    """A6: what is broken is out, the server is in, and it ends rightly."""
    zones.put("mail.group.example", "A", "192.0.2.25")
    zones.txt(DOMAIN, "v=spf1 include:_spf.old.example ip4:192.0.2.1 ?all")
    (one,) = found(facts)
    assert one.grade is Grade.ERROR
    assert "include:_spf.old.example" in one.message
    assert "does not let mail.group.example send" in one.message
    assert one.record
    assert one.record.value == "v=spf1 ip4:192.0.2.1 a:mail.group.example ~all"


def test_a_mailbox_providers_domain_is_left_alone(zones: Zones, facts: Make) -> None:
    """Nothing there is hers to set, and nothing is asked."""
    assert found(facts, sender="peru@gmail.com") == []
    assert zones.asked == []


def test_records_are_mended() -> None:
    """The pure parts."""
    assert with_term("v=spf1 mx redirect=x.example", "a:y.example") == "v=spf1 mx a:y.example redirect=x.example"
    assert with_term("v=spf1 mx", "a:y.example") == "v=spf1 mx a:y.example ~all"
    assert ended("v=spf1 mx +all", "~") == "v=spf1 mx ~all"
    assert merged(("v=spf1 mx -all", "v=spf1 a -all")) == "v=spf1 mx a -all"
