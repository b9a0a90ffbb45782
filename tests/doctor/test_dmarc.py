"""DMARC and alignment, by the walk up the tree of DNS (A4, A6, A7)."""

from __future__ import annotations

import pytest

from newsletter.doctor.finding import Finding, Grade
from newsletter.doctor.findings import alignment, dmarc
from newsletter.doctor.policy import aligned, walked
from tests.any.dns import Zones
from tests.any.set_up import Make
from tests.any.signed import Signing, signing

DOMAIN = "group.example"
GOOD = "v=DMARC1; p=reject; rua=mailto:dmarc@group.example"


def found(facts: Make, **given: object) -> list[Finding]:
    return list(dmarc.look(facts(**given)))


def test_a_good_record(zones: Zones, facts: Make) -> None:
    """A6: v first, p and rua."""
    zones.txt(f"_dmarc.{DOMAIN}", GOOD)
    (one,) = found(facts)
    assert one.grade is Grade.OK
    assert "p=reject" in one.message


def test_none(zones: Zones, facts: Make) -> None:
    """A6, A7: the record to paste begins with p=none and reports."""
    zones.txt(DOMAIN, "hello")
    (one,) = found(facts)
    assert one.grade is Grade.ERROR
    assert one.record
    assert (one.record.name, one.record.value) == (
        "_dmarc.group.example",
        "v=DMARC1; p=none; rua=mailto:dmarc@group.example",
    )
    assert "must exist" in one.hint


def test_entered_with_the_domain_twice(zones: Zones, facts: Make) -> None:
    """A6: a form adds the domain by itself."""
    zones.txt(f"_dmarc.{DOMAIN}.{DOMAIN}", GOOD)
    (one,) = found(facts)
    assert (one.grade, "enter only _dmarc as its name" in one.hint) == (Grade.ERROR, True)


@pytest.mark.parametrize(
    ("record", "grade", "said", "value"),
    [
        ("p=none; v=DMARC1; rua=mailto:d@group.example", Grade.ERROR, "does not begin", "v=DMARC1; p=none; rua=mailto:d@group.example"),
        ("v=dmarc1; p=none; rua=mailto:d@group.example", Grade.ERROR, "does not begin", "v=DMARC1; p=none; rua=mailto:d@group.example"),
        ("v=DMARC1; rua=mailto:d@group.example", Grade.WARNING, "does not say p", "v=DMARC1; p=none; rua=mailto:d@group.example"),
        ("v=DMARC1; p=refuse; rua=mailto:d@group.example", Grade.ERROR, "p=refuse, which is none of", "v=DMARC1; p=none; rua=mailto:d@group.example"),
        ("v=DMARC1; p=reject", Grade.WARNING, "names nobody who gets reports", "v=DMARC1; p=reject; rua=mailto:dmarc@group.example"),
        ("v=DMARC1;p=reject;pct=50;rf=afrf;ri=3600;rua=mailto:d@group.example", Grade.WARNING, "no longer exists (RFC 9989): pct, rf, ri", "v=DMARC1; p=reject; rua=mailto:d@group.example"),
    ],
)  # fmt: skip
def test_mistakes(zones: Zones, facts: Make, record: str, grade: Grade, said: str, value: str) -> None:
    """A6: each is told with the record as it should be."""
    zones.txt(f"_dmarc.{DOMAIN}", record)
    (one,) = [one for one in found(facts) if one.grade in (Grade.ERROR, Grade.WARNING)]
    assert one.grade is grade
    assert said in one.message
    assert one.record
    assert one.record.value == value


def test_several_records(zones: Zones, facts: Make) -> None:
    """A6: none counts, so the walk goes on above."""
    zones.txt(f"_dmarc.news.{DOMAIN}", GOOD, "v=DMARC1; p=none")
    zones.txt(f"_dmarc.{DOMAIN}", GOOD)
    crowded, holds = found(facts, sender=f"peru@news.{DOMAIN}")
    assert crowded.grade is Grade.WARNING
    assert "several" in crowded.message
    assert "by the record of group.example" in holds.message


def test_reports_elsewhere_need_consent(zones: Zones, facts: Make) -> None:
    """RFC 9990: the other domain says that it wants them; the record that does is written out."""
    zones.txt(f"_dmarc.{DOMAIN}", "v=DMARC1; p=reject; rua=mailto:a@reports.example!10m, mailto:b@group.example")
    (one,) = [one for one in found(facts) if one.grade is Grade.WARNING]
    assert one.record
    assert (one.record.name, one.record.value) == ("group.example._report._dmarc.reports.example", "v=DMARC1")
    zones.txt(one.record.name, one.record.value)
    assert all(one.grade is Grade.OK for one in found(facts))


def test_how_to_go_on(zones: Zones, facts: Make) -> None:
    """A7: p=none is the beginning; then reports, then quarantine and reject, best on a domain of the newsletter's own."""
    zones.txt(f"_dmarc.{DOMAIN}", "v=DMARC1; p=none; rua=mailto:d@group.example")
    well, advice = found(facts)
    assert (well.grade, advice.grade) == (Grade.OK, Grade.ADVICE)
    assert "quarantine" in advice.hint
    assert "news.group.example" in advice.hint
    assert advice.record
    assert advice.record.value == "v=DMARC1; p=quarantine; rua=mailto:d@group.example"


def walks(zones: Zones, records: dict[str, str], domain: str) -> tuple[str, str]:
    for name, record in records.items():
        zones.txt(f"_dmarc.{name}", record)
    walk = walked(domain, zones.names())
    return walk.organisation, walk.policy.domain if walk.policy else ""


@pytest.mark.parametrize(
    ("records", "domain", "organisation", "policy"),
    [
        ({}, "a.group.example", "a.group.example", ""),
        ({"group.example": GOOD}, "a.b.group.example", "group.example", "group.example"),
        ({"group.example": GOOD, "a.group.example": GOOD}, "a.group.example", "group.example", "a.group.example"),
        ({"group.example": GOOD, "b.group.example": GOOD + "; psd=n"}, "a.b.group.example", "b.group.example", "b.group.example"),
        ({"example": "v=DMARC1; p=reject; psd=y"}, "a.group.example", "group.example", "example"),
        ({"example": "v=DMARC1; p=reject; psd=y", "a.group.example": GOOD}, "a.group.example", "group.example", "a.group.example"),
    ],
)  # fmt: skip
def test_the_walk(zones: Zones, records: dict[str, str], domain: str, organisation: str, policy: str) -> None:
    """A4, A6: RFC 9989 §4.10 finds the policy and the organisation's domain."""
    assert walks(zones, records, domain) == (organisation, policy)


def test_a_long_name_is_not_asked_at_every_step(zones: Zones) -> None:
    """RFC 9989 §4.10: after the name itself at most seven more."""
    walked("a.b.c.d.e.f.g.h.i.j.group.example", zones.names())
    asked = [name for name, _ in zones.asked]
    assert asked[:2] == ["_dmarc.a.b.c.d.e.f.g.h.i.j.group.example", "_dmarc.f.g.h.i.j.group.example"]
    assert len(asked) == 8


@pytest.mark.parametrize(
    ("one", "other", "strict", "same"),
    [
        ("group.example", "group.example", True, True),
        ("news.group.example", "group.example", False, True),
        ("news.group.example", "mail.group.example", False, True),
        ("news.group.example", "group.example", True, False),
        ("group.example", "relay.example", False, False),
    ],
)
def test_alignment(zones: Zones, one: str, other: str, strict: bool, same: bool) -> None:
    """A4: domains of one organisation, or equal ones where that is asked for."""
    zones.txt("_dmarc.group.example", GOOD)
    zones.txt("_dmarc.relay.example", GOOD)
    assert aligned(one, other, zones.names(), strict=strict) is same


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Signing:
    """Keys of a domain of its own."""
    made = signing(tmp_path_factory.mktemp("keys"))
    return Signing(made.rsa, made.ed25519, DOMAIN)


def test_signed_by_the_organisation(zones: Zones, facts: Make, keys: Signing) -> None:
    """A4: From at a domain below the signer's, of one organisation; strict alignment wants more."""
    zones.txt(f"_dmarc.{DOMAIN}", GOOD)
    given = {"dkim_domain": DOMAIN, "dkim_selector": "july", "dkim_key_file": str(keys.rsa)}
    (one,) = alignment.look(facts(sender=f"peru@news.{DOMAIN}", **given))
    assert one.grade is Grade.OK
    zones.txt(f"_dmarc.{DOMAIN}", f"{GOOD}; adkim=s")
    (one,) = alignment.look(facts(sender=f"peru@news.{DOMAIN}", **given))
    assert one.grade is Grade.ERROR
    assert "adkim=s" in one.message


def test_signed_by_somebody_else(zones: Zones, facts: Make, keys: Signing) -> None:
    """A4: then the signature does not count."""
    zones.txt(f"_dmarc.{DOMAIN}", GOOD)
    given = {"dkim_domain": "relay.example", "dkim_selector": "july", "dkim_key_file": str(keys.rsa)}
    (one,) = alignment.look(facts(**given))
    assert one.grade is Grade.ERROR
    assert "signed by relay.example" in one.message


def test_the_relay_may_sign(facts: Make) -> None:
    """A4: of a relay with bounces of its own only the signature counts; one that does not sign is told by ``dkim``."""
    (one,) = alignment.look(facts(smtp_host="smtp-relay.brevo.com", smtp_profile="brevo-relay"))
    assert (one.grade, "an address of its own" in one.message) == (Grade.ADVICE, True)
    (one,) = alignment.look(facts(smtp_host="smtp.gmail.com", smtp_profile="workspace"))
    assert (one.grade, "--seed" in one.message) == (Grade.OK, True)
    assert list(alignment.look(facts(smtp_host="mail.group.example", smtp_profile="own-relay"))) == []


def test_one_record_cures_all_of_it(zones: Zones, facts: Make) -> None:
    """Several mistakes of one record are one finding, as grave as the gravest, with the record as it should be."""
    zones.txt(f"_dmarc.{DOMAIN}", "v=DMARC1; p=refuse; pct=50")
    (one,) = found(facts)
    assert one.grade is Grade.ERROR
    assert all(said in one.message for said in ("p=refuse", "names nobody", "no longer exists (RFC 9989): pct."))
    assert one.record
    assert one.record.value == "v=DMARC1; p=none; rua=mailto:dmarc@group.example"
