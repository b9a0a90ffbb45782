"""A key -> what the domain's DNS must hold, so that everybody can see that a signature is genuine (RFC 6376 §3.6.1)."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from newsletter.delivery.sign.signature import Key

_STRING = 255  # characters in one string of a TXT record (RFC 1035 §3.3)


@dataclass(frozen=True, slots=True)
class Record:
    """A TXT record: its name, and its value in one piece and in pieces of at most 255 characters."""

    name: str
    value: str

    @property
    def pieces(self) -> tuple[str, ...]:
        """The value as the strings of which the record is made, to be joined without a blank."""
        return tuple(self.value[at : at + _STRING] for at in range(0, len(self.value), _STRING))

    @property
    def zone_line(self) -> str:
        """The record as a zone file writes it."""
        strings = " ".join(f'"{piece}"' for piece in self.pieces)
        return f"{self.name}. 3600 IN TXT ( {strings} )"


def record(key: Key) -> Record:
    """The public half of a key, where mailboxes look for it."""
    public = key.private.public_key()
    if isinstance(key.private, Ed25519PrivateKey):  # RFC 8463 §4: the bare 32 bytes
        kind, data = "ed25519", public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    else:
        kind, data = "rsa", public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Record(f"{key.selector}._domainkey.{key.domain}", f"v=DKIM1; k={kind}; p={b64encode(data).decode('ascii')}")
