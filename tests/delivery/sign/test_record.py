from __future__ import annotations

import re

from dkim import evaluate_pk

from newsletter.delivery.sign.record import record
from newsletter.delivery.sign.set_keys import set_keys
from tests.any.signed import Signing


def test_the_record_is_the_keys_public_half(keys: Signing) -> None:
    """A9: another reads the same key out of it, and nothing of the private half stands in it."""
    rsa, ed25519 = map(record, set_keys(keys.settings(second=True)))
    assert (rsa.name, ed25519.name) == ("july._domainkey.example.org", "second._domainkey.example.org")
    found, size, kind, _ = evaluate_pk(rsa.name.encode(), rsa.value.encode())
    private = set_keys(keys.settings())[0].private
    assert (size, kind) == (2048, b"rsa")
    assert found["modulus"] == private.public_key().public_numbers().n  # type: ignore[union-attr]  # RSA, as asked for
    assert evaluate_pk(ed25519.name.encode(), ed25519.value.encode())[1:3] == (256, b"ed25519")


def test_the_record_in_pieces(keys: Signing) -> None:
    """RFC 1035: strings of at most 255, to be joined without a blank; as a zone file writes it, on one line."""
    said = record(set_keys(keys.settings())[0])
    assert [len(piece) for piece in said.pieces] == [255, len(said.value) - 255]
    assert "".join(said.pieces) == said.value
    line = re.fullmatch(r'july\._domainkey\.example\.org\. 3600 IN TXT \( ("[^"]+" )+\)', said.zone_line)
    assert line
    assert "".join(re.findall('"([^"]+)"', said.zone_line)) == said.value
