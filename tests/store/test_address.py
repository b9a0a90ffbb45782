from __future__ import annotations

import unicodedata

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.store.address import canonical, domain_to_ascii

LOCAL = st.text(st.characters(exclude_characters="@", exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=20)
DOMAIN = st.sampled_from(
    ["example.org", "bücher.example", "xn--bcher-kva.example", "ñandú.example", "例え.example", "mail.example.com"]
)


@given(LOCAL, DOMAIN)
def test_canonical_is_settled(local: str, domain: str) -> None:
    """The canonical form of a canonical form is itself."""
    once = canonical(f"{local}@{domain}")
    assert canonical(once) == once


@given(LOCAL, DOMAIN, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_unicode_form_does_not_matter(local: str, domain: str, form: str) -> None:
    """B12: composed or decomposed, an address is the same address."""
    address = f"{local}@{domain}"
    assert canonical(unicodedata.normalize(form, address)) == canonical(address)  # type: ignore[arg-type]  # a form by name


@given(st.text(st.characters(codec="ascii", categories=("Ll", "Nd"), include_characters="+._-"), min_size=1), DOMAIN)
def test_case_blanks_and_a_labels_do_not_matter(local: str, domain: str) -> None:
    """B12: capitals, blanks round it, the A-label or the U-label of its domain."""
    address = f"{local}@{domain}"
    a_label = idna.encode(domain, uts46=True).decode()
    variants = (address.upper(), f"\t {address}\n", f"{local}@{a_label}", f"{local.title()}@{a_label.upper()}")
    assert {canonical(one) for one in variants} == {canonical(address)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana@example.org.", "ana@example.org"),
        ("ana\u200b@example.org", "ana@example.org"),
        ("\ufeffana@example.org", "ana@example.org"),
        ("ａｎａ＠example．org", "ana@example.org"),
        ("STRASSE@example.org", "straße@example.org"),
        ("ana@BÜCHER.example", "ana@xn--bcher-kva.example"),
        ("ana@bu\u0308cher.example", "ana@XN--BCHER-KVA.EXAMPLE"),
        ("ana@例え。example", "ana@例え.example"),
        ("ana@faß.example", "ana@xn--fa-hia.example"),
        ("ana@\u200bexample.org", "ana@example.org"),
        ("ana@\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.example", "ana@xn--mgba3gch31f060k.example"),
    ],
)
def test_spellings_of_one_mailbox(one: str, other: str) -> None:
    """B12: what copying from a web page or another keyboard does to an address does not make it another."""
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana+news@example.org", "ana@example.org"),
        ("a.na@example.org", "ana@example.org"),
        ("ana@example.org", "ana@example.com"),
        ("ana@faß.example", "ana@fass.example"),
    ],
)
def test_different_mailboxes(one: str, other: str) -> None:
    """A plus-tag stays as given, dots count, and so does the domain."""
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("odd", ["", "@", "ana", "ana@", "@example.org", "a@b@c", "ana@-.example", "ana@ex_ample.org"])
def test_what_is_no_address_still_has_a_form(odd: str) -> None:
    """Suppressing rubbish harms nobody; it never raises."""
    assert canonical(canonical(odd)) == canonical(odd)
    assert domain_to_ascii("ex_ample.ORG.") == "ex_ample.org"
