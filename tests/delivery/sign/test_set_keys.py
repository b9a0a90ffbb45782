from __future__ import annotations

from dataclasses import replace

import pytest

from newsletter.delivery.sign.set_keys import HalfSet, only_ed25519, set_keys
from newsletter.settings import BadSetting, Settings
from tests.any.signed import Signing


def test_nothing_set_signs_nothing() -> None:
    """Where a relay signs for the domain, nothing is set here."""
    assert set_keys(Settings()) == ()
    assert not only_ed25519(())


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("dkim_domain", "NEWSLETTER_DKIM_DOMAIN"),
        ("dkim_selector", "NEWSLETTER_DKIM_SELECTOR"),
        ("dkim_ed25519_selector", "NEWSLETTER_DKIM_ED25519_SELECTOR"),
    ],
)
def test_half_of_it_is_named(keys: Signing, missing: str, said: str) -> None:
    """Whoever wants letters signed never sends them unsigned because a line of .env is missing."""
    with pytest.raises(HalfSet, match=said):
        set_keys(replace(keys.settings(second=True), **{missing: ""}))  # type: ignore[arg-type]  # a field of text
    with pytest.raises(HalfSet, match="KEY_FILE"):
        set_keys(Settings(dkim_domain="example.org"))


@pytest.mark.parametrize("name", ["a b", "x;", "é\n", "-", "a..b"])
def test_a_name_that_dns_has_not_is_refused(keys: Signing, name: str) -> None:
    """F11: nothing in a setting can write another tag or field into the signature."""
    with pytest.raises(BadSetting):
        set_keys(replace(keys.settings(), dkim_selector=name))
    with pytest.raises(BadSetting):
        set_keys(replace(keys.settings(), dkim_domain=name))


def test_an_ed25519_key_alone_is_noticed(keys: Signing) -> None:
    """A3: it signs, and whoever asks is told that many mailboxes cannot read it."""
    alone = replace(keys.settings(second=True), dkim_key_file="", dkim_selector="")
    assert only_ed25519(set_keys(alone))
    assert not only_ed25519(set_keys(keys.settings(second=True)))
    assert [key.algorithm for key in set_keys(keys.settings(second=True))] == ["rsa-sha256", "ed25519-sha256"]
