"""Sender, mailbox, public suffix, one click, the server's name, and what can wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from newsletter.delivery.sign.record import Record
from newsletter.doctor.examine import examine
from newsletter.doctor.finding import Grade
from newsletter.doctor.findings import (
    arc,
    bimi,
    mailbox,
    mta_sts,
    one_click,
    public_suffix,
    reverse_name,
    sender_address,
    tls_reports,
)
from tests.any.dns import Zones
from tests.any.set_up import DOMAIN, Make, well
from tests.any.web import Site, closed_port, serving


@pytest.mark.parametrize("sender", ["", "peru", "peru@", "@group.example"])
def test_no_sender(facts: Make, sender: str) -> None:
    """F15: it is said where to write one."""
    (one,) = sender_address.look(facts(sender=sender))
    assert one.grade is Grade.ERROR
    assert "issues/newsletter.yaml" in one.hint


def test_the_samples_sender(zones: Zones, facts: Make) -> None:
    """The sample's own address is told as such, and nobody is asked about its domain."""
    found = list(examine(facts(sender="peru@example.org", smtp_host="localhost", smtp_port=closed_port())))
    (one,) = [one for one in found if one.check == "sender-address"]
    assert "the address of an example" in one.message
    assert not any("example.org" in name for name, _ in zones.asked)


@pytest.mark.parametrize(
    ("sender", "host"),
    [
        ("peru@gmail.com", "smtp-relay.brevo.com"),
        ("peru@outlook.com", "smtp.gmail.com"),
        ("peru@hotmail.es", "mail.group.example"),
        ("peru@yahoo.com", "smtp.gmail.com"),
        ("peru@icloud.com", "mail.group.example"),
    ],
)
def test_a_providers_address_through_another_server(facts: Make, sender: str, host: str) -> None:
    """A5: an error, with what to do."""
    found = [one for one in examine(facts(sender=sender, smtp_host=host)) if one.check == "sender-address"]
    assert [one.grade for one in found] == [Grade.ERROR]
    assert "may be sent only through the server of" in found[0].message
    assert "your own domain" in found[0].hint


def test_a_providers_address_through_its_own(facts: Make) -> None:
    """A5: allowed, with advice."""
    (one,) = sender_address.look(facts(sender="peru@gmail.com", smtp_host="smtp.gmail.com"))
    assert one.grade is Grade.ADVICE


@pytest.mark.parametrize(
    ("host", "grade"),
    [("mail.gmx.net", Grade.ADVICE), ("mail.group.example", Grade.WARNING), ("gmx.net.evil.example", Grade.WARNING)],
)
def test_other_providers_of_mailboxes(facts: Make, host: str, grade: Grade) -> None:
    """A5: those whose servers are not all known are a warning; nothing is asked of their DNS, nor to be set there."""
    found = [
        one
        for one in examine(facts(sender="peru@gmx.net", smtp_host=host, smtp_port=1))
        if one.check in ("sender-address", "spf", "dmarc")
    ]
    assert [(one.check, one.grade) for one in found] == [("sender-address", grade)]


def test_mail_comes_back(zones: Zones, facts: Make) -> None:
    """F15: MX records that lead to a server, or the domain's own address where it has none (RFC 5321)."""
    well(zones)
    (one,) = mailbox.look(facts())
    assert (one.grade, one.message) == (
        Grade.OK,
        "group.example takes mail for peru@group.example (mx.group.example).",
    )
    zones.held.clear()
    zones.put(DOMAIN, "AAAA", "2001:db8::1")
    assert next(mailbox.look(facts())).grade is Grade.OK


@pytest.mark.parametrize(
    ("records", "said"),
    [((), "has no mail server"), (("0 .",), "takes no mail"), (("10 gone.example.",), "have no address: gone.example")],
)
def test_mail_is_lost(zones: Zones, facts: Make, records: tuple[str, ...], said: str) -> None:
    """F15: what that means for answers and for people who leave."""
    zones.put(DOMAIN, "MX", *records)
    (one,) = mailbox.look(facts())
    assert (one.grade, said in one.message) == (Grade.ERROR, True)
    assert "want to leave" in one.why


def test_where_people_leave_is_looked_at_too(zones: Zones, facts: Make) -> None:
    """Each domain once, with the addresses that are there."""
    well(zones)
    made = facts()
    profile = replace(made.profile, leave_by_mail="leave@gone.example")
    first, second = mailbox.look(replace(made, profile=profile))
    assert (first.grade, second.grade) == (Grade.OK, Grade.ERROR)
    assert "leave@gone.example" in second.why


@pytest.mark.parametrize(
    ("domain", "public"),
    [("org.uk", True), ("github.io", True), ("com.pe", True), ("org", True), ("group.org.uk", False), (DOMAIN, False)],
)
def test_public_suffixes(domain: str, public: bool) -> None:
    """A4: nobody can sign for a domain that belongs to many."""
    assert public_suffix.is_public(domain) is public


def test_a_public_suffix_is_told(facts: Make) -> None:
    """A4: in From and in the signature."""
    from_, signer = public_suffix.look(facts(sender="peru@org.uk", dkim_domain="co.uk"))
    assert (from_.grade, signer.grade) == (Grade.ERROR, Grade.ERROR)
    assert "the sender's address" in from_.message
    assert "NEWSLETTER_DKIM_DOMAIN" in signer.message


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on loopback."""
    with serving() as found:
        yield found


def test_one_click(site: Site, facts: Make) -> None:
    """A12, U1: advice without a public address; with one it has to answer."""
    (one,) = one_click.look(facts())
    assert one.grade is Grade.ADVICE
    site.put("/", "hello")
    (one,) = one_click.look(facts(public_url=site.url()))
    assert one.grade is Grade.OK
    site.put("/", "broken", status=503)
    (one,) = one_click.look(facts(public_url=site.url()))
    assert (one.grade, "(503)" in one.message) == (Grade.ERROR, True)


def test_one_click_where_nobody_listens(zones: Zones, facts: Make) -> None:
    """A12: readers could not leave; when one is offline oneself, it could only not be looked at."""
    url = f"http://news.group.example:{closed_port()}"
    zones.put("group.example", "A", "192.0.2.1")
    assert next(one_click.look(facts(public_url=url))).grade is Grade.ERROR
    zones.mute.add("*")
    made = facts(public_url=url)
    made.names.patience = 0.2
    assert next(one_click.look(made)).grade is Grade.UNSEEN


def own(facts: Make, host: str = "mail.group.example") -> list[tuple[Grade, str]]:
    return [(one.grade, one.message) for one in reverse_name.look(facts(smtp_host=host, smtp_profile="own-relay"))]


def test_the_name_of_ones_own_server(zones: Zones, facts: Make) -> None:
    """A12: address and name lead to each other."""
    zones.put("mail.group.example", "A", "192.0.2.25")
    zones.put("mail.group.example", "AAAA", "2001:db8::25")
    zones.put("25.2.0.192.in-addr.arpa", "PTR", "mail.group.example.")
    four, six = own(facts)
    assert four[0] is Grade.OK
    assert (six[0], "has no name" in six[1]) == (Grade.ERROR, True)
    zones.put("25.2.0.192.in-addr.arpa", "PTR", "host-25.provider.example.")
    four, _ = own(facts)
    assert (four[0], "does not lead back" in four[1]) == (Grade.ERROR, True)


def test_others_servers_are_theirs(zones: Zones, facts: Make) -> None:
    """A12: a provider's names are not looked at; of this machine nothing can be told from inside."""
    assert list(reverse_name.look(facts(smtp_host="smtp.gmail.com", smtp_profile="workspace"))) == []
    assert zones.asked == []
    assert [grade for grade, _ in own(facts, "localhost")] == [Grade.ADVICE]


def test_what_can_wait(zones: Zones, facts: Make) -> None:
    """A11: advice only, whatever is missing."""
    members = (mta_sts, tls_reports, bimi, arc)
    assert {one.grade for member in members for one in member.look(facts())} == {Grade.ADVICE}
    records = [one.record for member in members for one in member.look(facts()) if one.record]
    assert records == [Record(f"_smtp._tls.{DOMAIN}", f"v=TLSRPTv1; rua=mailto:tls@{DOMAIN}")]
    well(zones)
    zones.txt(f"_mta-sts.{DOMAIN}", "v=STSv1; id=1")
    zones.txt(f"_smtp._tls.{DOMAIN}", "v=TLSRPTv1; rua=mailto:tls@group.example")
    zones.txt(f"default._bimi.{DOMAIN}", "v=BIMI1; l=https://group.example/logo.svg")
    assert {one.grade for member in members[:3] for one in member.look(facts())} == {Grade.OK}
    zones.txt(f"_dmarc.{DOMAIN}", "v=DMARC1; p=none")
    (one,) = bimi.look(facts())
    assert (one.grade, "show it only where" in one.message) == (Grade.ADVICE, True)
