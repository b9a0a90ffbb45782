from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from newsletter.delivery.sign.signer import NotAligned, Signer, signer
from newsletter.letters.compose import compose
from newsletter.letters.encode import Encoded
from newsletter.nouns.person import Recipient
from newsletter.settings import Settings
from tests.any.signed import Signing, tags

LEAVE = "https://news.example.org/u/T"


def _signer(keys: Signing, profile: str = "own-relay") -> Signer:
    made = signer(keys.settings(Settings(smtp_profile=profile)), "peru@example.org")
    assert made
    return made


def test_without_a_key_nothing_is_signed() -> None:
    """Where the relay signs for the domain, own signing is off, and off is the default."""
    assert signer(Settings(), "peru@example.org") is None


@pytest.mark.parametrize(
    ("domain", "sender", "aligned"),
    [
        ("example.org", "peru@example.org", True),
        ("EXAMPLE.org", "peru@Example.ORG", True),
        ("example.org", "peru@news.example.org", True),
        ("news.example.org", "peru@example.org", True),
        ("example.net", "peru@example.org", False),
        ("ample.org", "peru@example.org", False),
        ("org", "peru@example.org", False),
        ("mail.example.org", "peru@news.example.org", False),
        ("straße.example", "peru@xn--strae-oqa.example", True),
    ],
)
def test_only_the_senders_domain_signs(keys: Signing, domain: str, sender: str, *, aligned: bool) -> None:
    """A2, A4: d= is From's domain, or one above or below it; anything else would not count."""
    settings = replace(keys.settings(), dkim_domain=domain)
    if aligned:
        assert signer(settings, sender)
    else:
        with pytest.raises(NotAligned, match="NEWSLETTER_DKIM_DOMAIN"):
            signer(settings, sender)


@pytest.mark.parametrize(
    ("profile", "left_out"),
    [
        ("own-relay", set()),
        ("default", set()),
        ("ses", {"message-id", "feedback-id", "date"}),
        ("postmark", {"message-id", "feedback-id"}),
    ],
)
def test_what_a_relay_rewrites_is_left_out(
    keys: Signing, encoded: Encoded, ana: Recipient, now: dt.datetime, profile: str, left_out: set[str]
) -> None:
    """A1: by profile; the signature holds when the relay has put its own in their place."""
    sign = _signer(keys, profile)
    data = compose(encoded, ana, leave=LEAVE, message_id="<1@example.org>", now=now, sign=sign).data
    names = set(tags(data)["h"].split(":"))
    assert {"message-id", "feedback-id", "date"} - names == left_out
    theirs = data.replace(b"<1@example.org>", b"<theirs@relay.example>").replace(b"Feedback-ID: ", b"Feedback-ID: x")
    assert keys.verified(data) == [True]
    assert keys.verified(theirs) == [bool(left_out)]


def test_several_threads_sign_at_once(keys: Signing, encoded: Encoded, now: dt.datetime) -> None:
    """One signer serves all connections: what eight threads sign is what one signs."""
    sign = _signer(keys)

    def letter(number: int) -> bytes:
        reader = Recipient(f"{number:032x}", f"r{number}@example.net", f"Reader {number}", "en")
        return compose(encoded, reader, leave=LEAVE, message_id=f"<{number}@example.org>", now=now, sign=sign).data

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(letter, range(80)))
    assert together == [letter(number) for number in range(80)]
    assert all(keys.verified(data) == [True] for data in together[::20])


def test_no_key_shows(keys: Signing) -> None:
    """A9: a log that prints the signer prints no key."""
    sign = signer(keys.settings(second=True), "peru@example.org")
    assert "private" not in repr(sign).lower()
    assert "key.RSA" not in repr(sign)
