"""DKIM's key in DNS held against the one that signs (A6)."""

from __future__ import annotations

import pytest

from newsletter.doctor.finding import Finding, Grade
from newsletter.doctor.findings import dkim
from tests.any.dns import Zones
from tests.any.set_up import Make
from tests.any.signed import SECOND, SELECTOR, Signing, signing

DOMAIN = "group.example"
NAME = f"{SELECTOR}._domainkey.{DOMAIN}"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Signing:
    """A domain with keys of both kinds."""
    made = signing(tmp_path_factory.mktemp("keys"))
    return Signing(made.rsa, made.ed25519, DOMAIN)


def found(facts: Make, keys: Signing, *, second: bool = False) -> list[Finding]:
    settings = keys.settings(second=second)
    named = ("dkim_domain", "dkim_selector", "dkim_key_file", "dkim_ed25519_selector", "dkim_ed25519_key_file")
    return list(dkim.look(facts(**{name: getattr(settings, name) for name in named})))


def test_both_keys_are_there(zones: Zones, facts: Make, keys: Signing) -> None:
    """A6: as ``newsletter dkim new`` said it; also where the name leads elsewhere."""
    held = keys.zone()
    zones.put(NAME, "CNAME", "keys.relay.example")
    zones.txt("keys.relay.example", held[NAME])
    zones.txt(f"{SECOND}._domainkey.{DOMAIN}", held[f"{SECOND}._domainkey.{DOMAIN}"])
    first, second = found(facts, keys, second=True)
    assert (first.grade, second.grade) == (Grade.OK, Grade.OK)
    assert "by way of keys.relay.example" in first.message


def test_none(facts: Make, keys: Signing) -> None:
    """A6: the record to paste is the key's own."""
    (one,) = found(facts, keys)
    assert one.grade is Grade.ERROR
    assert one.record
    assert (one.record.name, one.record.value) == (NAME, keys.zone()[NAME])


@pytest.mark.parametrize(
    ("change", "grade", "said"),
    [
        (lambda value: value.partition("p=")[0] + "p=", Grade.ERROR, "revoked"),
        (lambda value: value[:-20] + "A" * 20, Grade.ERROR, "not the one that signs"),
        (lambda value: value.replace("k=rsa", "k=ed25519"), Grade.ERROR, "not the one that signs"),
        (lambda value: value.replace("v=DKIM1", "v=DKIM2"), Grade.ERROR, "no DKIM record"),
        (lambda _: "hello", Grade.ERROR, "no DKIM record"),
        (lambda value: "h=sha1; " + value.partition("; ")[2], Grade.ERROR, "does not allow sha256"),
        (lambda value: value + "; s=tlsrpt", Grade.ERROR, "not for mail"),
        (lambda value: value + "; t=y", Grade.WARNING, "only a test"),
        (lambda value: value + "; t=s; s=email; h=sha1:sha256; n=note", Grade.OK, "stands in DNS"),
        (lambda value: value.replace("k=rsa; ", ""), Grade.OK, "stands in DNS"),
        (lambda value: value.replace("p=", "p=\t ").replace("MII", "M I\tI"), Grade.OK, "stands in DNS"),
    ],
)
def test_what_may_be_wrong(zones: Zones, facts: Make, keys: Signing, change: object, grade: Grade, said: str) -> None:
    """A6: revoked, another key, a test, for something else; blanks and what may be left out are no mistake."""
    assert callable(change)
    zones.txt(NAME, change(keys.zone()[NAME]))
    (one,) = found(facts, keys)
    assert (one.grade, said in one.message) == (grade, True), one.message
    assert (one.record is None) == (grade is Grade.OK)


def test_entered_with_marks(zones: Zones, facts: Make, keys: Signing) -> None:
    """A6: a form takes what stands around the strings in a zone file for a part of the key."""
    value = keys.zone()[NAME]
    for there in (f'"{value[:255]}" "{value[255:]}"', value.replace(";", "\\;")):
        zones.txt(NAME, there)
        (one,) = found(facts, keys)
        assert one.grade is Grade.ERROR
        assert "quotation marks or backslashes" in one.message
        assert one.record


def test_entered_with_the_domain_twice(zones: Zones, facts: Make, keys: Signing) -> None:
    """A6: a form adds the domain by itself."""
    zones.txt(f"{NAME}.{DOMAIN}", keys.zone()[NAME])
    (one,) = found(facts, keys)
    assert f"enter only {SELECTOR}._domainkey as its name" in one.hint


def test_several_records(zones: Zones, facts: Make, keys: Signing) -> None:
    """A6: nobody knows which counts."""
    zones.txt(NAME, keys.zone()[NAME], "v=DKIM1; p=AAAA")
    (one,) = found(facts, keys)
    assert "2 records" in one.message


def test_the_providers_key(zones: Zones, facts: Make, keys: Signing) -> None:
    """A6: Google signs for a domain of one's own only once a key stands in its DNS."""
    given = {"smtp_host": "smtp.gmail.com", "smtp_profile": "workspace"}
    (one,) = dkim.look(facts(**given))
    assert (one.grade, "no key of it was found" in one.message) == (Grade.WARNING, True)
    zones.txt(f"google._domainkey.{DOMAIN}", keys.zone()[NAME])
    (one,) = dkim.look(facts(**given))
    assert one.grade is Grade.OK


def test_a_short_key_of_the_provider(zones: Zones, facts: Make) -> None:
    """A2: 1,024 bits are told."""
    from base64 import b64encode

    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = generate_private_key(65537, 1024).public_key()  # noqa: S505 - that is the point
    public = b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
    zones.txt(f"google._domainkey.{DOMAIN}", f"v=DKIM1; k=rsa; p={public}")
    (one,) = dkim.look(facts(smtp_host="smtp.gmail.com", smtp_profile="workspace"))
    assert (one.grade, "1,024 bits" in one.message) == (Grade.WARNING, True)


def test_nobody_signs(facts: Make) -> None:
    """A4, A12: a warning with both ways on; SPF alone is not relied on."""
    (one,) = dkim.look(facts(smtp_host="mail.group.example"))
    assert one.grade is Grade.WARNING
    assert "newsletter dkim new" in one.hint
    assert "SPF alone does not hold" in one.why


def test_a_provider_is_known_by_its_server(zones: Zones, facts: Make, keys: Signing) -> None:
    """Where no profile is chosen: what Google needs is told all the same."""
    zones.txt(f"google._domainkey.{DOMAIN}", keys.zone()[NAME])
    (one,) = dkim.look(facts(smtp_host="smtp.gmail.com"))
    assert one.grade is Grade.OK
